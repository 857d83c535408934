"""How ready the data are for the Staff record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.disclosure import STEWARD, Policy, internal
from desaga.organisations.doors import WorkspaceMixin, WorkspaceView

from .. import populating, queries, readying
from ..operations import readiness
from ..readiness.fields import EXPECTED_FROM, OPTIONAL_SINCE, year_words
from ..releasing.whom import whom_of
from ..taking import FORMATS_OFFERED, tables_as_file


class ReadinessMixin:
    permission = "workforce.see_readiness"
    section = "workforce"

    @cached_property
    def is_steward(self) -> bool:
        return self.request.user.has_perm("workforce.load_extract", self.organisation)  # type: ignore[attr-defined]

    @cached_property
    def measured(self) -> Any:
        return populating.last_readiness()

    @cached_property
    def policy(self) -> Policy:
        return internal(populating.statement().threshold)

    @cached_property
    def lines(self) -> list[readying.Line]:
        codes = populating.codes_of(self.measured.snapshot.year)
        return readying.lines_of(self.measured, codes, STEWARD if self.is_steward else self.policy)


class ShowReadinessView(ReadinessMixin, WorkspaceView):
    """How ready the newest snapshot that was looked at is; the steward has the newest of all looked at."""

    template_name = "workforce/show_readiness.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = queries.snapshots_in_force().first()
        measured = self.measured
        return super().get_context_data(
            measured=measured,
            lines=self.lines if measured else [],
            year=year_words(measured.snapshot.year) if measured else "",
            latest=latest,
            is_newer=latest is not None and (measured is None or measured.snapshot_id != latest.pk),
            is_steward=self.is_steward,
            policy=self.policy.sentence,
            formats=FORMATS_OFFERED,
            optional_since=year_words(OPTIONAL_SINCE),
            expected_from=year_words(EXPECTED_FROM),
            **kwargs,
        )


class MeasureReadinessView(WorkspaceMixin, View):
    """Looks at the newest snapshot."""

    permission = "workforce.load_extract"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        snapshot = queries.snapshots_in_force().first()
        if snapshot is None:
            raise Http404("There is no snapshot yet.")
        readiness.measure_readiness(actor=request.user, snapshot=snapshot, classify=whom_of(snapshot).classify)
        messages.success(request, f"The snapshot of {snapshot} was looked at.")
        return redirect(self.address("workforce:show_readiness"))


class TakeReadinessOutView(ReadinessMixin, WorkspaceMixin, View):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.measured is None:
            raise Http404("Nothing was looked at yet.")
        snapshot = self.measured.snapshot
        table = readying.readiness_as_table(self.lines, snapshot.as_at, snapshot.year)
        return tables_as_file([table], "Readiness for the Staff record", kwargs["format"], self.organisation)
