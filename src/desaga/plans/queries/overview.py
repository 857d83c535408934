"""How a plan stands, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from ..models import Action, ActionOwner, Doubt, Plan, still_to_do
from ..states import Status
from .actions import SOON, due_within


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan's actions without business as usual: how many there are, done, late, due within three months, without a date."""

    actions: int
    complete: int
    late: int
    soon: int
    undated: int
    usual: int

    @property
    def sentence(self) -> str:
        """The same in words."""
        if not self.actions:
            return "The plan has no actions yet."
        late = f"{self.late} {'is' if self.late == 1 else 'are'} late" if self.late else "none is late"
        return f"{self.complete} of {self.actions} actions are complete, {late}, and {self.soon or 'none'} more {'is' if self.soon <= 1 else 'are'} due within three months."


def standing_of(plan: Plan, today: date) -> Standing:
    """Counted in one query."""
    chased = Q(business_as_usual=False)
    counts = Action.objects.filter(plan=plan).aggregate(
        actions=Count("pk", filter=chased),
        complete=Count("pk", filter=chased & Q(status=Status.COMPLETE)),
        late=Count("pk", filter=due_within("overdue", today)),
        soon=Count("pk", filter=due_within("soon", today)),
        undated=Count("pk", filter=chased & Q(last_day=None, continuous=False)),
        usual=Count("pk", filter=~chased),
    )
    return Standing(**counts)


def due_next(plan: Plan, today: date) -> QuerySet[Action]:
    """What is late or due within three months and not settled, the longest waiting first."""
    wanted = Action.objects.filter(still_to_do(), plan=plan, last_day__lte=today + SOON)
    return wanted.order_by("last_day", "order").only(
        "pk", "plan_id", "code", "title", "last_day", "starts", "ends", "precision", "continuous", "when_text", "status"
    )


def doubts_by_kind(plan: Plan) -> list[tuple[str, int]]:
    """The open doubts of a plan by their kind, the commonest first."""
    rows = Doubt.objects.filter(plan=plan, settled_at=None).order_by().values("kind").annotate(n=Count("pk"))
    return sorted(((row["kind"], row["n"]) for row in rows), key=lambda pair: (-pair[1], pair[0]))


def words_to_resolve(plan: Plan) -> list[tuple[str, int]]:
    """Whom actions name in words that no party stands for yet, with how many actions name them, the most first."""
    rows = (
        ActionOwner.objects.filter(plan=plan, party=None)
        .order_by()
        .values_list("code", "text")
        .annotate(n=Count("action", distinct=True))
    )
    told: dict[str, int] = {}
    for code, text, number in rows:
        told[code or " ".join(text.split())] = told.get(code or " ".join(text.split()), 0) + number
    return sorted(told.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
