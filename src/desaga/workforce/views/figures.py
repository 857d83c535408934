"""Reading what is released: the few questions, each figure with all its tables, files, and what the public reads. No page here touches a row of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.generic import View

from desaga.documents.out import FORMATS, Imprint
from desaga.organisations.doors import PressView, WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from ..defined_whom import version_kept
from ..figuring import BY_KEY
from ..models import Release
from ..operations import releases
from ..releasing import kept_lines, papers, queries
from ..releasing.over_time import CUTS
from ..releasing.pages import OVER_TIME, figures_in, headlines, section_of, sections_of
from ..releasing.sections import key_of
from ..releasing.sight import Sight, sight_of, sight_of_a_unit
from ..releasing.tables import Shown
from ..states import Audience, ReleaseState

ENDINGS = ("pdf", "xlsx", "csv")
#: Beside the CSV, which is rows alone: what its words mean.
ABOUT = "about"
OFFERED = [*((one, FORMATS[one].label) for one in ENDINGS), (ABOUT, "what the CSV says (CSV)")]


class FiguresMixin(WorkspaceMixin):
    permission = "workforce.read_figures"
    section = "workforce"
    kwargs: dict[str, Any]

    @cached_property
    def sight(self) -> Sight:
        return sight_of(self.request.user, self.organisation)

    def tables(
        self, release: Release, audience: str = Audience.INTERNAL, figures: Sequence[str] | None = None
    ) -> dict[tuple[str, str], Shown]:
        """The tables of a release as this reader sees them."""
        return {key: self.sight.of(table) for key, table in queries.tables_of(release, audience, figures).items()}

    def over_time(self, figure: str, cuts: Iterable[str], release: Release) -> dict[str, Any]:
        """A figure over the released periods, as this reader sees it, and as it stands on the page of a release."""
        asked = kept_lines.wanted(self.organisation.pk, figure, Audience.INTERNAL, cuts, self.sight, self.periods)
        sentence = release.policies[Audience.INTERNAL]["sentence"]
        drawn = kept_lines.drawn(asked, sentence, self.numbers_url(release))
        return {"trends": kept_lines.lines(asked), "trends_drawn": drawn}

    def numbers_url(self, release: Release) -> str:
        """Where the numbers of a section are to be had."""
        return self.address("workforce:take_release_out", pk=release.pk, audience=Audience.INTERNAL.value, format="csv")

    @cached_property
    def periods(self) -> tuple[queries.Period, ...]:
        return queries.periods_in_force()

    @cached_property
    def asked(self) -> Release | None:
        """The release that is asked for, else the newest."""
        told = self.request.GET.get("release", "")
        return queries.released_or_404(int(told)) if told.isascii() and told.isdecimal() else queries.latest()


class ShowFiguresView(FiguresMixin, WorkspaceView):
    """Few charts that answer named questions."""

    template_name = "workforce/show_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.asked
        if release is not None:
            kwargs |= self.of(release)
        prepares = self.request.user.has_perm("workforce.preview_release", self.organisation)
        return super().get_context_data(release=release, sight=self.sight, prepares=prepares, **kwargs)

    def of(self, release: Release) -> dict[str, Any]:
        tables, on = self.tables(release), release.snapshot.as_at
        before = release.compared_with
        tabs = [
            {"label": one.name, "url": f"?release={one.pk}", "is_current": one.pk == release.pk} for one in self.periods
        ]
        return {
            "tabs": tabs if len(tabs) > 1 else [],
            "headlines": headlines(tables),
            "sections": sections_of(tables, on, before=before and before.as_at),
            "figures": figures_in(tables.values()),
            "policy": release.policies[Audience.INTERNAL],
            "numbers_url": self.numbers_url(release),
            "version": version_kept(release.definition),
            "formats": OFFERED,
            **self.over_time(key_of("headcount"), OVER_TIME, release),
        }


class ShowFigureView(FiguresMixin, WorkspaceView):
    """One figure in all its cuts, and over time."""

    template_name = "workforce/show_figure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure = BY_KEY.get(key_of(self.kwargs["figure"]))
        release = self.asked
        if figure is None or release is None:
            raise Http404
        found = self.tables(release, figures=[figure.key]).values()
        before = release.compared_with.as_at if release.compared_with else None
        return super().get_context_data(
            figure=figure,
            release=release,
            sections=[section_of(one, release.snapshot.as_at, before) for one in found],
            policy=release.policies[Audience.INTERNAL],
            numbers_url=self.numbers_url(release),
            version=version_kept(release.definition),
            sight=self.sight,
            **self.over_time(figure.key, CUTS, release),
        )


def sees_tables(user: Any, organisation: Any, release: Release) -> bool:
    """Whether a look may be had at the tables: of figures that would disclose somebody only by who sees the exact ones."""
    return release.state != ReleaseState.REFUSED or user.has_perm("workforce.release_figures", organisation)


class TakeReleaseOutView(FiguresMixin, View):
    """A release as a file, as its reader sees it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        release, ending, audience = self.release(), self.kwargs["format"], self.kwargs["audience"]
        if ending not in (*ENDINGS, ABOUT) or audience not in Audience.values:
            raise Http404
        if ending == "csv" and "over-time" in request.GET and release.state == ReleaseState.RELEASED:
            told = [self.told(one, audience) for one in queries.released()[: queries.MOST_PERIODS]]
            return answered(told[0], papers.periods(told), "csv", self.organisation.name, "-over-time")
        return file_of(self.told(release, audience), ending, self.organisation.name)

    def told(self, release: Release, audience: str) -> papers.Told:
        return papers.told_of(release, audience, list(self.seen(release, audience).values()))

    def seen(self, release: Release, audience: str) -> dict[tuple[str, str], Shown]:
        """The tables that are asked for: of some figures alone, or, for whoever previews, as a unit lead has them."""
        slugs = [slug for slug in self.request.GET.get("figures", "").split(",") if slug]
        tables = self.tables(release, audience, [key_of(slug) for slug in slugs] or None)
        of_unit = sight_of_a_unit(self.request.GET.get("unit", ""), tables) if self.may_preview else None
        return {key: of_unit.of(table) for key, table in tables.items()} if of_unit else tables

    @cached_property
    def may_preview(self) -> bool:
        return self.request.user.has_perm("workforce.preview_release", self.organisation)

    def release(self) -> Release:
        """Released, or still to be for whoever previews."""
        if self.may_preview:
            found = queries.release_or_404(self.kwargs["pk"])
            if not sees_tables(self.request.user, self.organisation, found):
                raise Http404
            return found
        return queries.released_or_404(self.kwargs["pk"])


def file_of(told: papers.Told, ending: str, owner: str) -> HttpResponse:
    """A release as a file of this ending."""
    if ending == "pdf":
        return answered(told, papers.paper(told), ending, owner)
    if ending == ABOUT:
        return answered(told, papers.explanation(told), "csv", owner, "-about")
    return answered(told, papers.sheets(told, ending), ending, owner)


def answered(told: papers.Told, content: list[Any], ending: str, owner: str, suffix: str = "") -> HttpResponse:
    """What is to be written, as a file that a browser keeps. Blocks are a paper, tables a sheet."""
    format, imprint = FORMATS[ending], Imprint(told.title, owner, localdate(), font_files())
    written = format.write_paper(content, imprint) if ending == "pdf" else format.write(content, imprint)
    name = f"{slugify(f'{owner} {told.title}')[:80]}{suffix}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(written, content_type=format.media_type, headers=headers)


class ShowPublicChoiceView(WorkspaceView):
    """What the public would read, and whether it does."""

    template_name = "workforce/show_public_choice.html"
    permission = "workforce.show_figures"
    section = "workforce"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            shown=queries.public_figures(),
            release=queries.latest(),
            public_url=f"/figures/{self.organisation.slug}/",
            **kwargs,
        )


class ShowToPublicView(PressView):
    permission = "workforce.show_figures"
    goes_to = "workforce:show_public_choice"

    def perform(self) -> str:
        releases.show_to_public(actor=self.request.user, organisation=self.organisation)
        return "The public reads these figures from now on, and each release after them."


class HideFromPublicView(PressView):
    permission = "workforce.show_figures"
    goes_to = "workforce:show_public_choice"

    def perform(self) -> str:
        releases.hide_from_public(actor=self.request.user, organisation=self.organisation)
        return "The public reads no figures any more. Whoever fetched them has them; caches keep them five minutes."
