"""One round of a panel, for those who run the scheme and for whoever leads it: what was scored, and who reads what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from ..forms import ScoreByForm
from ..models import PanelMember, Round
from ..operations import conflicts, members, reading_mails
from ..overview import rows_told
from ..queries import overview as overview_reads
from ..queries import panel as reads
from ..queries import readers, reading
from ..queries.applications import applications_to_declare
from ..queries.leaving import without_chair
from ..queries.schemes import conflict_kinds_of, version_in_force
from ..staff_words import sentence_of_round
from ..states import RoundState
from .schemes import SchemeMixin

ROWS_A_PAGE = 100
#: So many applications that lack readers are named.
MOST_SHOWN = 30


class LeadMixin(SchemeMixin):
    """A page about one round for whoever leads it."""

    permission = "placements.lead_round"
    tab = "placements:list_members"

    @cached_property
    def round(self) -> Round:
        round_ = reads.round_or_404(self.scheme, self.kwargs["round_pk"])
        round_.organisation = self.request.organisation
        return round_

    def asked_about(self) -> Any:
        return self.round

    def back(self) -> str:
        return self.address("placements:show_panel", scheme_slug=self.scheme.slug, round_pk=self.round.pk)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(round=self.round, **kwargs)


class ShowPanelView(LeadMixin, WorkspaceView):
    """All applications of a round that whoever looks may read: who has scored, mean and spread, and what stands in whose way."""

    template_name = "placements/show_panel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation, asked = self.request.user, self.organisation, self.request.GET
        sort = asked.get("sort", "")
        standings = overview_reads.standings_in(self.round, user, organisation, sort)
        page = Paginator(standings, ROWS_A_PAGE).get_page(asked.get("page"))
        runs = user.has_perm("placements.run_schemes", organisation)
        said = overview_reads.said_by_versions(self.round, standings)
        page.object_list = rows_told(
            page.object_list, self.round, organisation, self.scheme, as_staff=runs, labels=said.labels
        )
        return super().get_context_data(
            page_obj=page,
            without_chair=without_chair(user, organisation, self.round),
            goes_on=self.round.state in (RoundState.PLANNED, RoundState.SITTING),
            sorts=overview_reads.OVERVIEW_SORTS,
            sort=sort,
            to_declare=0 if runs else applications_to_declare(user, organisation).filter(round=self.round).count(),
            hides_names=said.hides_names if runs else None,
            told=sentence_of_round(len(standings), overview_reads.sums_of(standings)),
            **kwargs,
        )


class ShowReadersView(LeadMixin, WorkspaceView):
    """By when a round is scored, how far each reader is, and what lacks readers."""

    template_name = "placements/show_readers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.organisation
        version = version_in_force(self.scheme)
        wanted = readers.wanted_in(self.round, version.definition if version else None)
        lost = readers.lost_readings(self.round, user, organisation)
        lacking = readers.lacking_in(overview_reads.standings_in(self.round, user, organisation), lost, wanted)
        return super().get_context_data(
            readers=readers.readers_in(self.round, user, organisation, timezone.localdate()),
            lacking=lacking,
            lacking_shown=lacking[:MOST_SHOWN],
            wanted=wanted,
            goes_on=self.round.state in (RoundState.PLANNED, RoundState.SITTING),
            **kwargs,
        )


class ScoreByView(LeadMixin, WorkspaceFormView):
    """By when the readers of a round score."""

    permission = "placements.run_schemes"
    form_class = ScoreByForm
    template_name = "placements/round_form.html"
    title, button, said = "By when readers score", "Keep", "It is kept."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "round_": self.round}

    def get_initial(self) -> dict[str, Any]:
        return {"score_by": self.round.score_by}

    def back(self) -> str:
        return self.address("placements:show_readers", scheme_slug=self.scheme.slug, round_pk=self.round.pk)

    def perform(self, form: ScoreByForm) -> None:
        reading_mails.set_score_by(actor=self.request.user, round_=self.round, **form.cleaned_data)


class WriteToReaderView(LeadMixin, PressView):
    """Remind one reader by hand."""

    permission = "placements.run_schemes"

    def perform(self) -> str:
        member: PanelMember = reads.member_or_404(self.scheme, self.kwargs["pk"])
        reading_mails.write_to_reader(actor=self.request.user, round_=self.round, member=member)
        return f"{member} gets an e-mail."

    def back(self) -> str:
        return self.address("placements:show_readers", scheme_slug=self.scheme.slug, round_pk=self.round.pk)


class ShowNamesView(LeadMixin, PressView):
    """Show the names that the scheme hides while the panel scores; or hide them again."""

    permission = "placements.run_schemes"

    def perform(self) -> str:
        shown = self.request.POST.get("shown") == "yes"
        members.show_names(actor=self.request.user, round_=self.round, shown=shown)
        return "The panel reads names now." if shown else "Names are hidden from the panel."


class DeclareManyView(SchemeMixin, WorkspaceView):
    """Whether anything stands in the way, line by line: for whoever leads a round, or has many to read."""

    permission = "placements.sit_on_panels"
    tab = "placements:list_reading"
    template_name = "placements/declare_many.html"

    def rows(self) -> list[dict[str, Any]]:
        rows = applications_to_declare(self.request.user, self.organisation).filter(scheme=self.scheme)
        told = reading.told_before_declaring(rows[:ROWS_A_PAGE])
        kinds = conflict_kinds_of({row["version_id"] for row in told})
        return [{**row, "kinds": kinds[row["version_id"]]} for row in told]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"rows": self.rows(), "trouble": "", **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.rows()
        for row in rows:
            row["kind"] = request.POST.get(f"kind-{row['reference']}", "")
            row["words"] = request.POST.get(f"words-{row['reference']}", "")[:2000]
        try:
            number = conflicts.declare_many(
                actor=request.user, told=[(row["pk"], row["kind"], row["words"]) for row in rows if row["kind"]]
            )
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(rows=rows, trouble=str(refusal)), status=422)
        messages.success(request, f"You have declared on {number}.")
        return redirect(self.address("placements:list_reading", scheme_slug=self.scheme.slug))
