"""What plans can follow of frameworks' new editions, and what has come of it. All answer within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from desaga.frameworks.moving import Succession
from desaga.frameworks.queries import FrameworkKnown, frameworks_known, successions

from ..following import Held, Onward, dropped, onward
from ..models import Action, Alignment, Followed, Following, Plan
from ..states import Basis, PlanState, Verdict
from .finding import found
from .plans import plans

Key = tuple[int, str]


@dataclass
class Pending:
    """What following would do to a plan: each action with what it comes to answer, and the actions of each principle that ends."""

    plan: Plan
    succession: Succession
    onward: list[tuple[int, Onward]] = field(default_factory=list)
    dropped: dict[str, list[int]] = field(default_factory=dict)

    @property
    def carried(self) -> int:
        return sum(1 for _, one in self.onward if one.basis != Basis.SUGGESTED)

    @property
    def suggested(self) -> int:
        return len(self.onward) - self.carried


def plans_open() -> QuerySet[Plan]:
    """The plans that can follow: those that are not closed."""
    return plans().exclude(state=PlanState.CLOSED).order_by("-starts", "title", "pk")


def pending_in(plan: Plan, succession: Succession) -> Pending:
    """What of one plan has not followed yet from an edition to the next."""
    return next(iter(pending([plan], [succession])), Pending(plan, succession))


def pending(among: Iterable[Plan], moves: Sequence[Succession] | None = None) -> list[Pending]:
    """What of these plans could follow, by plan, where there is something; the number of queries is the same for all."""
    told = successions() if moves is None else moves
    by_pk = {plan.pk: plan for plan in among}
    held = _held(by_pk, {one.old_name for one in told})
    known = _known(by_pk, {one.new_name for one in told})
    offers = []
    for plan in by_pk.values():
        for one in told:
            actions = held.get((plan.pk, one.old_name))
            if actions:
                offers.append(_pending(plan, one, actions, known[one.new_name]))
    return [one for one in offers if one.onward]


def _pending(plan: Plan, succession: Succession, actions: Mapping[int, list[Held]], known: set[Key]) -> Pending:
    found = Pending(plan, succession)
    for action, held in actions.items():
        found.onward += [(action, one) for one in onward(held, succession) if (action, one.code) not in known]
        for code in dropped(held, succession):
            found.dropped.setdefault(code, []).append(action)
    return found


def _held(among: Collection[int], names: Collection[str]) -> dict[tuple[int, str], dict[int, list[Held]]]:
    rows = Alignment.objects.filter(plan__in=among, framework__in=names).order_by("action__order", "order", "pk")
    held: dict[tuple[int, str], dict[int, list[Held]]] = defaultdict(dict)
    for plan, name, action, *one in rows.values_list("plan", "framework", "action", "code", "basis", "reason"):
        held[plan, name].setdefault(action, []).append(Held(*one))
    return held


def _known(among: Collection[int], names: Collection[str]) -> dict[str, set[Key]]:
    """By edition, the principles that actions are aligned with already, or once were suggested or carried to."""
    known: dict[str, set[Key]] = defaultdict(set)
    aligned = Alignment.objects.filter(plan__in=among, framework__in=names).order_by()
    followed = Followed.objects.filter(following__plan__in=among, framework__in=names).order_by()
    for rows in (aligned, followed):
        for name, action, code in rows.values_list("framework", "action", "code"):
            known[name].add((action, code))
    return known


# ---- What has followed, and the review list


def suggestions_of(plan: Plan) -> QuerySet[Followed]:
    """All that following has only suggested in a plan, whatever has come of it."""
    return Followed.objects.filter(following__plan=plan, basis=Basis.SUGGESTED)


def suggestions_waiting(plan: Plan) -> QuerySet[Followed]:
    """Those that nobody has answered, here or by changing the action itself."""
    still = Alignment.objects.filter(
        action=OuterRef("action"), framework=OuterRef("framework"), code=OuterRef("code"), basis=Basis.SUGGESTED
    )
    return suggestions_of(plan).filter(Exists(still), verdict=Verdict.WAITING)


def suggestions_answered(plan: Plan) -> QuerySet[Followed]:
    """Those that somebody has answered, the latest first."""
    rows = suggestions_of(plan).exclude(answered_at=None).select_related("action", "answered_by__person")
    return rows.order_by("-answered_at", "-pk")


def last_press(plan: Plan, user: Any) -> list[int]:
    """The suggestions that somebody answered with their last press, as ids; none where there is none to take back."""
    mine = suggestions_answered(plan).filter(answered_by=user)
    last = mine.values_list("answered_at", flat=True).first()
    return list(mine.filter(answered_at=last).values_list("pk", flat=True)) if last else []


@dataclass(frozen=True, slots=True)
class Looked:
    """How far the suggestions of one edition have been looked at."""

    framework: str
    total: int
    waiting: int

    @property
    def done(self) -> int:
        return self.total - self.waiting


def progress_of(plan: Plan) -> list[Looked]:
    """For each edition that was followed how many suggestions there are and how many wait; those that wait first."""
    totals = suggestions_of(plan).order_by().values_list("framework").annotate(n=Count("pk"))
    waiting = dict(suggestions_waiting(plan).order_by().values_list("framework").annotate(n=Count("pk")))
    looked = [Looked(name, total, waiting.get(name, 0)) for name, total in totals]
    return sorted(looked, key=lambda one: (not one.waiting, one.framework.casefold()))


def waiting_in_order(plan: Plan, framework: FrameworkKnown) -> list[int]:
    """The suggestions of an edition that wait, as ids, by the edition's principles and then in the plan's order."""
    order = {code: at for at, (code, _, _) in enumerate(framework.principles)}
    rows = suggestions_waiting(plan).filter(framework=framework.name).order_by("action__order", "pk")
    told = list(rows.values_list("pk", "code"))
    return [pk for pk, code in sorted(told, key=lambda row: order.get(row[1], len(order)))]


def suggestions(pks: Sequence[int]) -> list[Followed]:
    """These suggestions in this order, each with its action."""
    rows = Followed.objects.select_related("action__theme", "following").in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def followings_of(plan: Plan) -> QuerySet[Following]:
    """When a plan followed which edition, the latest first, and whether it can be taken back as it is."""
    rows = Following.objects.filter(plan=plan).select_related("by__person")
    return rows.annotate(
        number=Count("followed"), is_untouched=~Exists(touched().filter(following=OuterRef("pk")))
    ).order_by("-at", "-pk")


def following(plan: Plan, pk: int) -> Following:
    return found(Following.objects.all(), plan=plan, pk=pk)


def touched() -> QuerySet[Followed]:
    """What somebody has answered, or whose alignment is no longer as it was made."""
    same = Alignment.objects.filter(
        action=OuterRef("action"),
        framework=OuterRef("framework"),
        code=OuterRef("code"),
        basis=OuterRef("basis"),
        reason=OuterRef("reason"),
    )
    return Followed.objects.filter(Q(answered_at__isnull=False) | ~Exists(same)).order_by()


def no_longer_asked(plan: Plan, succession: Succession) -> list[tuple[str, int]]:
    """The old principles that nothing follows and how many actions named them."""
    rows = Alignment.objects.filter(plan=plan, framework=succession.old_name).order_by()
    counts = rows.values_list("code").annotate(n=Count("action", distinct=True))
    ended = {move.old for move in succession.moves if not move.new}
    return sorted((code, number) for code, number in counts if code in ended)


def actions_named(plan: Plan, pks: Collection[int]) -> list[Action]:
    return list(Action.objects.filter(plan=plan, pk__in=pks).order_by("order"))


def known_by_name() -> dict[str, FrameworkKnown]:
    """Every edition that plans can name, by its name."""
    return {one.name: one for one in frameworks_known()}


def waiting_counts(among: Collection[int]) -> dict[int, int]:
    """How many suggestions wait in each of these plans."""
    still = Alignment.objects.filter(
        action=OuterRef("action"), framework=OuterRef("framework"), code=OuterRef("code"), basis=Basis.SUGGESTED
    )
    rows = Followed.objects.filter(Exists(still), following__plan__in=among, verdict=Verdict.WAITING).order_by()
    return dict(rows.values_list(F("following__plan")).annotate(n=Count("pk")))
