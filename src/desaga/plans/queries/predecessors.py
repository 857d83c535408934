"""Two plans beside each other: what may have become what, what is confirmed, what is new, and what has no successor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from ..models import Action, ActionOwner, Alignment, Lineage, Plan
from ..proposing.predecessors import Pair, Told, predecessors
from ..states import Basis, Fate
from .lineage import links_between, refused_between

#: More than this of a plan is not compared: 500 with 500 takes about a second (`bench/predecessors.py`).
MOST_COMPARED = 600
#: After these an action has no successor: none is looked for.
ENDED = (Fate.STOPPED, Fate.BUSINESS_AS_USUAL)
#: A pair of which one is linked already must be more alike: most that were not split or merged have one successor.
MORE = 0.5


@dataclass(frozen=True)
class PairShown:
    """A proposed pair with both actions, and the fate that fits what is confirmed already."""

    pair: Pair
    earlier: Action
    later: Action
    fate: str

    @property
    def key(self) -> str:
        return f"{self.earlier.pk}-{self.later.pk}"

    @property
    def likeness(self) -> str:
        return f"{self.pair.score:.0%}".replace("%", " %")


@dataclass(frozen=True)
class Between:
    """Two plans compared. `proposed` are the best pairs, the best first; `near` come after them, by the later action's id."""

    proposed: Sequence[PairShown]
    near: Mapping[int, Sequence[PairShown]]
    links: Sequence[Lineage]
    new: Sequence[Action]
    ended: Sequence[Action]
    refused: int
    is_cut: bool


def between(earlier: Plan, later: Plan) -> Between:
    """What two plans' actions say of each other; links and proposals are of this pair of plans alone. Eleven queries, however many actions."""
    old, new = _actions(earlier), _actions(later)
    links = list(links_between(earlier, later))
    refused = refused_between(earlier, later)
    by_pk = {action.pk: action for action in (*old, *new)}
    for link in links:
        link.earlier = by_pk.get(link.earlier_id) or link.earlier
        link.later = by_pk.get(link.later_id) or link.later
    linked = {(link.earlier_id, link.later_id) for link in links}
    still = [_told(one) for one in old if _fate_said(one) not in ENDED]
    pairs = predecessors(still, [_told(one) for one in new], refused | linked)
    known = {pk for both in linked for pk in both}
    shown = [
        _shown(pair, by_pk, linked) for pair in pairs if pair.score >= MORE or not known & {pair.earlier, pair.later}
    ]
    proposed = [one for one in shown if one.pair.is_best]
    near: dict[int, list[PairShown]] = {}
    for one in shown:
        if not one.pair.is_best:
            near.setdefault(one.later.pk, []).append(one)
    here = {pk for pair in linked for pk in pair} | {pk for one in proposed for pk in (one.earlier.pk, one.later.pk)}
    return Between(
        proposed=proposed,
        near=near,
        links=links,
        new=[one for one in new if one.pk not in here],
        ended=[one for one in old if one.pk not in here],
        refused=len(refused),
        is_cut=max(len(old), len(new)) >= MOST_COMPARED,
    )


def _actions(plan: Plan) -> list[Action]:
    """A plan's actions with what speaks for a pair."""
    owners = Prefetch("owners", queryset=ActionOwner.objects.select_related("party"))
    alignments = Prefetch("alignments", queryset=Alignment.objects.exclude(basis=Basis.SUGGESTED))
    rows = Action.objects.filter(plan=plan).select_related("outcome").prefetch_related(owners, alignments)
    return list(rows.order_by("theme__order", "order").defer("source_rows", "comments")[:MOST_COMPARED])


def _told(action: Action) -> Told:
    return Told(
        key=action.pk,
        title=action.title,
        rest=f"{action.how}\n{action.success}",
        owners=frozenset(one.party.name if one.party else one.short for one in action.owners.all()),
        principles=frozenset(str(one) for one in action.alignments.all()),
    )


def _shown(pair: Pair, by_pk: Mapping[int, Action], linked: set[tuple[int, int]]) -> PairShown:
    """What was split has a successor already, what was merged a predecessor; else what was said of the earlier one, or its words."""
    earlier, later = by_pk[pair.earlier], by_pk[pair.later]
    if any(one == pair.earlier for one, _ in linked):
        fate = str(Fate.SPLIT)
    elif any(two == pair.later for _, two in linked):
        fate = str(Fate.MERGED)
    else:
        fate = pair.fate
    return PairShown(pair, earlier, later, _fate_said(earlier) or fate)


def _fate_said(action: Action) -> str:
    outcome = getattr(action, "outcome", None)
    return outcome.fate if outcome else ""


def earlier_plan_of(plan: Plan, pk: str, plans: Sequence[Plan]) -> Plan | None:
    """The plan to compare with: the one asked for, else one that it comes from already, else the last that began before it."""
    if pk.isdecimal():
        return next((one for one in plans if one.pk == int(pk)), None)
    links = Lineage.objects.filter(later_plan=plan).order_by("-pk").values_list("earlier_plan", flat=True)[:1]
    known = [one for one in plans if one.pk in set(links)]
    before = [one for one in plans if one.starts and one.starts < plan.starts]
    return next(iter([*known, *before, *plans]), None)


def pair_of(earlier: int, later: int, plan: Plan) -> tuple[Action, Action] | None:
    """Both actions of a pair, the later one of this plan and the earlier of another of the same unit or of the institution too; None where there is none such."""
    found = {one.pk: one for one in Action.objects.filter(pk__in=(earlier, later)).select_related("plan")}
    one, two = found.get(earlier), found.get(later)
    if one is None or two is None or two.plan_id != plan.pk or one.plan_id == plan.pk:
        return None
    return (one, two) if one.plan.unit_id == plan.unit_id else None
