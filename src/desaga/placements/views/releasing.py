"""The outcomes of a panel are told: every letter is looked at, then all are told in one press."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceView
from desaga.organisations.refusals import Refused

from ..models import AgendaItem
from ..operations import outcome_letters, releasing
from ..operations.meeting import next_after
from ..queries import meeting as reads
from ..queries.applications import applications_for
from ..sitting import AWARDS, HEARD_AGAIN, OutcomeKind
from ..states import RoundState
from .meeting import MeetingMixin


class ReleaseOutcomesView(MeetingMixin, WorkspaceView):
    """The very letters, then one press."""

    template_name = "placements/release_outcomes.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who run the scheme; its chair and its administrator look at what they lead, and tell nothing."""
        if request.user.has_perm(self.permission, request.organisation) and not self.may_look:  # type: ignore[union-attr, attr-defined]
            raise PermissionDenied(
                "Those who run the scheme tell outcomes; who leads the panel looks at letters, once names are shown."
            )
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_look(self) -> bool:
        try:
            return self.runs or releasing.may_look_at_letters(self.request.user, self.organisation, self.round)
        except Http404:
            return False

    @cached_property
    def to_tell(self) -> list[AgendaItem]:
        """What is told, of that whose letters whoever looks may see."""
        if self.round.state != RoundState.SITTING:
            return []
        items = reads.items_to_look_at(self.request.user, self.organisation, self.round)
        for item in items:
            item.round = self.round
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, decided = timezone.now(), [one for one in self.to_tell if reads.outcome_of(one)]
        later = next_after(self.round, now)
        counts = Counter(reads.outcome_of(one).kind for one in decided)
        return super().get_context_data(
            letters=[(one, self.letter(one, now, later)) for one in decided],
            counts=[(label, counts[kind]) for kind, label in OutcomeKind.choices if counts[kind]],
            undecided=[one for one in self.to_tell if not reads.outcome_of(one)],
            trouble=self.trouble(),
            hears_all=self.hears_all,
            has_looked=reads.has_looked(self.request.user, self.to_tell),
            late=reads.late_ones(self.round)
            .filter(pk__in=applications_for(self.request.user, self.organisation))
            .count(),
            later=later,
            digest=releasing.digest_of(self.to_tell, timezone.localdate(now), later),
            **kwargs,
        )

    def letter(self, item: AgendaItem, now: Any, later: Any) -> Any:
        kind = reads.outcome_of(item).kind
        return outcome_letters.letter_about(
            item,
            accept_by=releasing.accept_by(item, now) if kind in AWARDS else None,
            goes_to=later if kind in HEARD_AGAIN else None,
        )

    def trouble(self) -> str:
        """Why it cannot be released now, in words."""
        if self.round.state != RoundState.SITTING:
            return (
                "The outcomes of this panel are told already."
                if self.round.released_at
                else "This panel does not meet now."
            )
        try:
            if not self.runs:
                return "You look at these letters. Those who run the scheme tell the outcomes."
            whole = self.to_tell if self.hears_all else reads.items_to_tell(self.round)
            releasing.refuse_unready(self.request.user, self.organisation, self.round, whole)
        except Refused as refusal:
            return str(refusal)
        return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told = {"actor": request.user, "organisation": self.organisation, "round_": self.round}
        seen = request.POST.get("seen", "")
        try:
            if "looked" in request.POST or not self.runs:
                releasing.look_at_letters(**told, seen=seen)
                messages.success(request, "It is written down that you looked at these letters.")
                return redirect(request.path)
            knows_all = self.hears_all
            number = releasing.release(**told, seen=seen)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        count = f"{number} outcome{'s are' if number != 1 else ' is'}" if knows_all else "The outcomes are"
        messages.success(request, f"{count} told. The letters leave now.")
        return redirect(self.back())
