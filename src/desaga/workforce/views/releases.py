"""Releases: preparing, looking as each audience will see it, releasing, restating, withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.privacy.queries import objections_not_heeded

from ..defined_whom import version_kept
from ..forms.releases import PrepareReleaseForm, RestateForm, WithdrawForm
from ..models import Release, Snapshot
from ..operations import releases
from ..queries import has_its_people
from ..releasing import queries
from ..releasing.pages import headlines, section_of, sections_of
from ..releasing.sections import day_words
from ..releasing.sight import EVERYTHING, Sight, sight_of_a_unit, units_in
from ..releasing.tables import Shown
from ..states import Audience, ReleaseState
from .figures import OFFERED, sees_tables

ROWS_A_PAGE = 50
#: What the address calls a look as a unit lead has it.
AS_UNIT = "unit"


class PermissionsMixin:
    """What the reader may do here, for templates to show."""

    request: HttpRequest
    organisation: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm("workforce.release_figures", self.organisation)
        return super().get_context_data(perms_here={"release": may}, **kwargs)  # type: ignore[misc]


class ReleaseMixin:
    """A page of one release."""

    permission = "workforce.release_figures"
    section = "workforce"
    kwargs: dict[str, Any]
    organisation: Any

    @cached_property
    def release(self) -> Release:
        release = queries.release_or_404(self.kwargs["pk"])
        release.organisation = self.organisation
        return release

    def thing(self) -> Release:
        return self.release

    def back(self) -> str:
        return self.release.get_absolute_url()


class ListReleasesView(PermissionsMixin, WorkspaceView):
    """All releases for whoever prepares or previews them; for readers those that were ever released."""

    template_name = "workforce/list_releases.html"
    permission = "workforce.read_figures"
    section = "workforce"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        prepares = self.request.user.has_perm("workforce.preview_release", self.organisation)
        found = queries.releases() if prepares else queries.releases_open_to_readers()
        page = Paginator(found, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, prepares=prepares, **kwargs)


class PrepareReleaseView(WorkspaceFormView):
    template_name = "workforce/prepare_release.html"
    permission = "workforce.release_figures"
    section = "workforce"
    form_class = PrepareReleaseForm
    title = "Prepare a release"
    button = "Count and check"
    goes_to = "workforce:list_releases"

    def snapshots(self) -> Any:
        return queries.snapshots_to_release()

    def get_form_kwargs(self) -> dict[str, Any]:
        found = self.snapshots()
        first: Snapshot | None = found.first()
        initial = {"name": f"{first.as_at:%B %Y}", "snapshot": first.pk} if first else {}
        return {**super().get_form_kwargs(), "snapshots": found, "initial": initial}

    def perform(self, form: Any) -> Release:
        self.made = releases.prepare(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
        return self.made

    def get_success_url(self) -> str:
        return self.address("workforce:show_release", pk=self.made.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_snapshots=self.snapshots().exists(), **kwargs)


class RestateReleaseView(ReleaseMixin, PrepareReleaseView):
    form_class = RestateForm
    title = "Restate"

    def snapshots(self) -> Any:
        return queries.snapshots_of_day(self.release.snapshot.as_at)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "initial": {"name": self.release.name}}

    def perform(self, form: Any) -> Release:
        told = form.cleaned_data
        self.made = releases.prepare(actor=self.request.user, organisation=self.organisation, restates=self.release, **told)  # fmt: skip
        return self.made


class ShowReleaseView(ReleaseMixin, PermissionsMixin, WorkspaceView):
    """What the check found, and the tables as each audience will see them."""

    template_name = "workforce/show_release.html"
    permission = "workforce.preview_release"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.htmx and self.release.state != ReleaseState.PREPARED:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": self.back()})
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#progress' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def audience(self) -> Audience:
        told = self.request.GET.get("as", "")
        return Audience(told) if told in Audience.values else Audience.INTERNAL

    @cached_property
    def may_look(self) -> bool:
        return sees_tables(self.request.user, self.organisation, self.release)

    @cached_property
    def may_open_exact(self) -> bool:
        """Whether there are people left to count, and this is whoever may see the exact figures."""
        held = (self.release.snapshot, self.release.compared_with)
        may = self.request.user.has_perm("workforce.release_figures", self.organisation)
        return may and all(has_its_people(one) for one in held if one is not None)

    @cached_property
    def tables(self) -> dict[tuple[str, str], Shown]:
        """All that the audience reads."""
        return {} if not self.may_look else queries.tables_of(self.release, self.audience())

    @cached_property
    def sight(self) -> Sight:
        """Through whose eyes one looks: those of whoever answers for the unit that is asked for, else all that the audience reads."""
        if self.request.GET.get("as") != AS_UNIT:
            return EVERYTHING
        units = units_in(self.tables)
        key = self.request.GET.get("unit") or (units[0].key if units else "")
        return sight_of_a_unit(key, self.tables) or EVERYTHING

    def tabs(self) -> list[dict[str, Any]]:
        """Each audience, and those inside who see a unit alone."""
        of_unit = self.sight is not EVERYTHING
        told = [
            {"label": one.label, "url": f"?as={one.value}", "is_current": one == self.audience() and not of_unit}
            for one in Audience
        ]
        unit = {"label": "A unit lead", "url": f"?as={AS_UNIT}", "is_current": of_unit}
        return [told[0], unit, *told[1:]] if units_in(self.tables) else told

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        audience, sight, before = self.audience(), self.sight, self.release.compared_with
        tables = {key: sight.of(table) for key, table in self.tables.items()}
        units = units_in(self.tables) if sight is not EVERYTHING else []
        return super().get_context_data(
            release=self.release,
            audience=audience,
            tabs=self.tabs(),
            units=units,
            sight=sight,
            version=version_kept(self.release.definition),
            of_unit=next(iter(sight.units or ()), ""),
            found=self.release.found.get(audience) if self.may_look else None,
            formats=OFFERED,
            policy=self.release.policies.get(audience, {}),
            has_exact=self.may_open_exact,
            is_silent=queries.is_silent(self.release),
            objects_unheeded=self.release.state == ReleaseState.CHECKED and objections_not_heeded().exists(),
            may_be_restated=self.release.was_released and queries.may_be_restated(self.release),
            headlines=headlines(tables),
            sections=sections_of(tables, self.release.snapshot.as_at, before=before and before.as_at),
            numbers_url=self.address(
                "workforce:take_release_out", pk=self.release.pk, audience=audience.value, format="csv"
            ),
            **kwargs,
        )


class ShowExactView(ReleaseMixin, WorkspaceView):
    """The exact figures, counted for this one look and written down: asked for by a press, kept by nothing on the way."""

    template_name = "workforce/show_exact.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        equality = request.user.has_perm("workforce.keep_equality", self.organisation)
        try:
            tables = releases.open_exact(actor=request.user, release=self.release, with_equality=equality)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back())
        response = self.render_to_response(self.get_context_data(release=self.release, groups=self.grouped(tables)))
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def grouped(self, tables: list[Shown]) -> list[tuple[str, list[Any]]]:
        on, then = self.release.snapshot.as_at, self.release.compared_with
        before = then.as_at if then else None
        names = dict.fromkeys(one.name for one in tables if one.is_collected)
        return [
            (
                name,
                [section_of(one, on, before) for one in tables if one.name == name and one.is_collected],
            )
            for name in names
        ]


class ReleaseView(ReleaseMixin, ConfirmView):
    template_name = "workforce/release.html"
    title = "Release these figures"
    button = "Release them"
    said = "{0} is released. Leads, unit leads and the steering group read it from now on."

    def perform(self) -> Release:
        return releases.release(actor=self.request.user, release=self.release)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            release=self.release,
            is_public=queries.public_figures() is not None,
            day=day_words(self.release.snapshot.as_at),
            **kwargs,
        )


class DropReleaseView(ReleaseMixin, ConfirmView):
    title = "Drop these figures"
    sentence = "They were not released: nobody has read them. Their tables are thrown away; the snapshot stays."
    button = "Drop them"
    said = "The figures are dropped."

    def perform(self) -> Release:
        return releases.drop(actor=self.request.user, release=self.release)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        super().post(request, *args, **kwargs)
        return redirect(self.address("workforce:list_releases"))


class CountAgainView(ReleaseMixin, PressView):
    """`hide_more` is pressed where figures were refused for what is out already, `leave_out` where hiding does not do."""

    def perform(self) -> str:
        more, fewer = "hide_more" in self.request.POST, "leave_out" in self.request.POST
        releases.count_again(actor=self.request.user, release=self.release, hide_more=more, leave_out=fewer)
        if fewer:
            return "They are being counted again, and the tables that would tell of few people are left out."
        return "They are being counted again, and more is hidden." if more else "They are being counted again."


class TakeUpAgainView(ReleaseMixin, PressView):
    def perform(self) -> str:
        releases.take_up_again(actor=self.request.user, release=self.release)
        return "Another worker counts them, from the beginning."


class WithdrawReleaseView(ReleaseMixin, WorkspaceFormView):
    form_class = WithdrawForm
    title = "Withdraw released figures"
    button = "Withdraw them"
    said = "The figures are withdrawn."

    def perform(self, form: Any) -> Release:
        return releases.withdraw(actor=self.request.user, release=self.release, **form.cleaned_data)
