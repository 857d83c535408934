"""How ready the data are for the Staff record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.privacy.operations.accesses import record_access

from .. import populating, queries, readying
from ..figuring import declared
from ..operations import readiness
from ..readiness.fields import EXPECTED_FROM, OPTIONAL_SINCE, year_words
from ..releasing import queries as releasing
from ..releasing.whom import whom_of
from ..states import Audience
from ..taking import FORMATS_OFFERED, tables_as_file

READINESS = (declared.FILLED.key, declared.VALID.key)


class ReadinessMixin:
    """The HR data steward has exact shares of the newest snapshot that was looked at; whoever else may look, those of the newest release."""

    permission = "workforce.see_readiness"
    section = "workforce"

    @cached_property
    def is_steward(self) -> bool:
        return self.request.user.has_perm("workforce.load_extract", self.organisation)  # type: ignore[attr-defined]

    @cached_property
    def measured(self) -> Any:
        return populating.last_readiness() if self.is_steward else None

    @cached_property
    def release(self) -> Any:
        return None if self.is_steward else releasing.latest()

    @cached_property
    def snapshot(self) -> Any:
        """Of which snapshot the lines tell; None where there are none yet."""
        told = self.measured or self.release
        return told and told.snapshot

    def lines(self) -> list[readying.Line]:
        """The lines, for whoever is shown them: exact ones are written down."""
        codes = populating.codes_of(self.snapshot.year)
        if self.release:
            return readying.lines_released(releasing.tables_of(self.release, Audience.INTERNAL, READINESS), codes)
        self._note_shares_seen()
        return readying.lines_of(self.measured, codes)

    def _note_shares_seen(self) -> None:
        user, people = self.request.user, self.measured.people  # type: ignore[attr-defined]
        told = {"page": "Exact readiness", "why": "Looking at how ready the data are", "snapshot": self.snapshot}
        if people:
            record_access(actor=user, rows=people, **told)


class ShowReadinessView(ReadinessMixin, WorkspaceView):
    """How full and valid the data are, field by field."""

    template_name = "workforce/show_readiness.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = queries.snapshots_in_force().first() if self.is_steward else None
        snapshot, release = self.snapshot, self.release
        return super().get_context_data(
            measured=self.measured,
            release=release,
            lines=self.lines() if snapshot else [],
            year=year_words(snapshot.year) if snapshot else "",
            latest=latest,
            is_newer=latest is not None and (snapshot is None or snapshot.pk != latest.pk),
            is_steward=self.is_steward,
            rows_are_gone=latest is not None and not queries.has_its_people(latest),
            policy=release.policies[Audience.INTERNAL]["sentence"] if release else "",
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
        try:
            readiness.measure_readiness(actor=request.user, snapshot=snapshot, classify=whom_of(snapshot).classify)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The snapshot of {snapshot} was looked at.")
        return redirect(self.address("workforce:show_readiness"))


class TakeReadinessOutView(ReadinessMixin, WorkspaceMixin, View):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        snapshot = self.snapshot
        if snapshot is None:
            raise Http404("There is nothing to take out yet.")
        table = readying.readiness_as_table(self.lines(), snapshot.as_at, snapshot.year)
        return tables_as_file([table], "Readiness for the Staff record", kwargs["format"], self.organisation)
