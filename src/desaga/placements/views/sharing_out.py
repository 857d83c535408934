"""The reading of a round is shared out: proposed, looked at, accepted."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpResponse

from desaga.organisations.doors import PressView, WorkspaceFormView
from desaga.organisations.refusals import Refused

from ..forms import ShareOutForm
from ..operations import assigning, conflicts
from ..queries import panel as reads
from ..queries import sharing_out as sharing_reads
from ..queries.schemes import version_in_force
from ..sharing import SPREAD, Proposal, propose
from .rounds import LeadMixin

SALT = "placements.proposal"


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
        each = self.round.readers_each or (version.definition.reviewers_each if version else None)
        return {"each": each or 3, "everyone": each is None, "spread": int(SPREAD)}

    def perform(self, form: ShareOutForm) -> Proposal:
        applications = sharing_reads.to_share_out(self.round, self.request.user, self.organisation)
        found = list(reads.members_in_term(self.scheme))
        conflicts.note_conflicts(
            actor=self.request.user, applications=applications, people={one.person_id for one in found}
        )
        wanted = form.cleaned_data
        each = None if wanted["everyone"] else wanted["each"]
        return propose(sharing_reads.question_of(applications, found, self.organisation.name), each, wanted["spread"])

    def form_valid(self, form: ShareOutForm) -> HttpResponse:
        try:
            proposal = self.perform(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        each = None if form.cleaned_data["everyone"] else form.cleaned_data["each"]
        sealed = signing.dumps([self.round.pk, proposal.new, each], salt=SALT, compress=True)
        return self.render_to_response(self.get_context_data(form=form, proposal=proposal, sealed=sealed))


class AcceptShareOutView(LeadMixin, PressView):
    """Give out what was proposed."""

    permission = "placements.run_schemes"

    def perform(self) -> str:
        pairs, each = self.proposed()
        number = assigning.accept(actor=self.request.user, pairs=pairs, round_=self.round, each=each)
        if not number:
            return "Nothing was new."
        given = "1 reading is" if number == 1 else f"{number} readings are"
        by = self.round.scores_by
        return f"{given} given out. In a few minutes each reader gets one e-mail that asks for scores by {by:%-d %B %Y}; each declares before they see more."

    def proposed(self) -> tuple[list[Any], int | None]:
        """The pairs that are still possible, and how many readers each was to have."""
        try:
            round_pk, told, each = signing.loads(self.request.POST.get("proposal", ""), salt=SALT, max_age=24 * 3600)
        except signing.BadSignature:
            raise assigning.ProposalGone from None
        if round_pk != self.round.pk:
            raise assigning.ProposalGone
        applications = {
            row.pk: row for row in sharing_reads.to_share_out(self.round, self.request.user, self.organisation)
        }
        seats = {one.pk: one for one in reads.members_in_term(self.scheme)}
        return [
            (applications[pk], seats[seat], why) for pk, seat, why in told if pk in applications and seat in seats
        ], each
