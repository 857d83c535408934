"""One round of a panel, for those who run the scheme and for whoever leads it: what was scored, and who reads what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from ..conflicting import KINDS
from ..forms import ShareOutForm
from ..models import Round
from ..operations import assigning, conflicts, members
from ..overview import rows_told
from ..queries import overview as overview_reads
from ..queries import panel as reads
from ..queries import reading
from ..queries import rounds as round_reads
from ..queries.applications import applications_to_declare
from ..queries.schemes import version_in_force
from ..sharing import SPREAD, Proposal, propose
from ..staff_words import sentence_of_round
from .schemes import SchemeMixin

ROWS_A_PAGE = 100
SALT = "placements.proposal"


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
        page.object_list = rows_told(page.object_list, self.round, organisation, self.scheme, as_staff=runs)
        return super().get_context_data(
            page_obj=page,
            sorts=overview_reads.OVERVIEW_SORTS,
            sort=sort,
            to_declare=0 if runs else applications_to_declare(user, organisation).filter(round=self.round).count(),
            hides_names=round_reads.round_hides_names(self.round) if runs else None,
            told=sentence_of_round(len(standings), overview_reads.sums_of(standings)),
            **kwargs,
        )


class ShareOutView(LeadMixin, WorkspaceFormView):
    """Who would read what: proposed, looked at, accepted."""

    permission = "placements.run_schemes"
    form_class = ShareOutForm
    template_name = "placements/share_out.html"
    title = "Share out the reading"
    button = "Propose"
    proposal: Proposal | None = None

    def get_initial(self) -> dict[str, Any]:
        version = version_in_force(self.scheme)
        each = version.definition.reviewers_each if version else None
        return {"each": each or 3, "everyone": each is None, "spread": int(SPREAD)}

    def perform(self, form: ShareOutForm) -> Proposal:
        applications = round_reads.to_share_out(self.round, self.request.user, self.organisation)
        found = list(reads.members_in_term(self.scheme))
        conflicts.note_conflicts(
            actor=self.request.user, applications=applications, people={one.person_id for one in found}
        )
        wanted = form.cleaned_data
        each = None if wanted["everyone"] else wanted["each"]
        return propose(round_reads.question_of(applications, found), each, wanted["spread"])

    def form_valid(self, form: ShareOutForm) -> HttpResponse:
        try:
            proposal = self.perform(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        sealed = signing.dumps([self.round.pk, proposal.new], salt=SALT, compress=True)
        return self.render_to_response(self.get_context_data(form=form, proposal=proposal, sealed=sealed))


class AcceptShareOutView(LeadMixin, PressView):
    """Give out what was proposed."""

    permission = "placements.run_schemes"

    def perform(self) -> str:
        pairs = self.proposed()
        number = assigning.accept(actor=self.request.user, pairs=pairs)
        return (
            f"{number} readings are given out. Each reader declares before they see more."
            if number
            else "Nothing was new."
        )

    def proposed(self) -> list[Any]:
        try:
            round_pk, told = signing.loads(self.request.POST.get("proposal", ""), salt=SALT, max_age=24 * 3600)
        except signing.BadSignature:
            raise assigning.ProposalGone from None
        if round_pk != self.round.pk:
            raise assigning.ProposalGone
        applications = {
            row.pk: row for row in round_reads.to_share_out(self.round, self.request.user, self.organisation)
        }
        seats = {one.pk: one for one in reads.members_in_term(self.scheme)}
        return [(applications[pk], seats[seat], why) for pk, seat, why in told if pk in applications and seat in seats]


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
        return reading.told_before_declaring(rows[:ROWS_A_PAGE])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"rows": self.rows(), "kinds": KINDS, "trouble": "", **kwargs})

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
