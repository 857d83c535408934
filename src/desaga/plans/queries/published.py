"""Others' published plans: the one queryset from which every search over them starts, and the actions in them that are like one.

Only what `publishing` lets the public read is read: texts are compared by title, how and success, and what a page shows is what
`public_action` answers. Texts are kept in the process as counted stems, plan by plan, until an action of the plan changes; whether
a plan is published is asked of the database every time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet, TextField
from django.db.models.functions import Cast

from desaga.tenancy.context import current_organisation

from ..models import Action, ActionOwner, Alignment, Dependency, Doubt, Milestone, Plan, Update
from ..proposing.alike import Near, Texts, as_written, counts_of
from ..publishing import public_action
from ..states import Rag, Status

MOST_ALIKE = 12
#: More than are shown are looked at, since one organisation is not to fill the page.
LOOKED_AT, MOST_OF_ONE = 60, 3

#: A plan, what of it is public, how many actions it has and when one changed last.
Version = tuple[int, str | None, int, datetime | None]
#: What is compared beside the title, where it is public; these are names of `publishing.PARTS` too.
SEARCHED = ("how", "success")
Counts = dict[int, Counter[str]]


def published_plans() -> QuerySet[Plan]:
    """Every plan that is published now, whoever owns it. What others open by a grant is not among them."""
    return Plan.visible.filter(Plan.published_now())


def plans_of_others() -> QuerySet[Plan]:
    """The same, but for the organisation's own."""
    return published_plans().exclude(organisation=current_organisation())


# ---- The texts that are compared


@dataclass(frozen=True)
class _Kept:
    versions: frozenset[Version]
    counts: dict[Version, Counts]
    texts: Texts


#: One for the process, replaced as a whole.
_kept = _Kept(frozenset(), {}, Texts({}))


def texts_published() -> Texts:
    """The texts of all published actions, as they are now."""
    global _kept
    versions = _versions()
    if versions != _kept.versions:
        counts = {version: _kept.counts[version] for version in versions & _kept.counts.keys()}
        counts |= _counted(versions - counts.keys())
        _kept = _Kept(versions, counts, Texts({pk: one for told in counts.values() for pk, one in told.items()}))
    return _kept.texts


def _versions() -> frozenset[Version]:
    """Each published plan with how many actions it has and when one changed last: what differs is read anew."""
    plans = list(published_plans().order_by().values_list("pk", flat=True))
    rows = Action.visible.filter(plan__in=plans).order_by().values_list("plan", Cast("plan__public_parts", TextField()))
    return frozenset(rows.annotate(number=Count("pk"), changed=Max("changed_at")))


def _counted(versions: Iterable[Version]) -> dict[Version, Counts]:
    by_plan = {version[0]: version for version in versions}
    counts: dict[Version, Counts] = {version: {} for version in by_plan.values()}
    rows = Action.visible.filter(plan__in=by_plan).order_by()
    for plan, parts, pk, title, *texts in rows.values_list("plan", "plan__public_parts", "pk", "title", *SEARCHED):
        # What is not public is not searched: what is found would tell of it.
        told = [text for name, text in zip(SEARCHED, texts, strict=True) if parts is None or name in parts]
        counts[by_plan[plan]][pk] = counts_of(title, *told)
    return counts


# ---- Actions that are alike


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another organisation's published action that is like one's own, as the public reads it."""

    plan: Plan
    data: dict[str, Any]
    forms: list[list[str]]
    share: float

    @property
    def words(self) -> list[str]:
        """The words that both use, as this one writes them."""
        return [forms[0] for forms in self.forms]

    @property
    def status(self) -> Status | None:
        return Status(self.data["status"]) if self.data["status"] else None

    @property
    def rag(self) -> Rag | None:
        return Rag(self.data["rag"]) if self.data["rag"] else None

    @property
    def said(self) -> str:
        """Of which period its last update is."""
        return self.data["updates"][-1]["period"] if self.data["updates"] else ""


def actions_elsewhere(action: Action, most: int = MOST_ALIKE) -> list[Elsewhere]:
    """Actions like this one in others' published plans, the likest first, of one organisation three at most.

    At most a dozen: further down they are no longer alike. The number of queries is the same, however many there are.
    """
    near = texts_published().nearest(counts_of(action.title, action.how, action.success), LOOKED_AT, {action.pk})
    kept = _spread(near)[:most]
    actions = {row.pk: row for row in _open([one.key for one in kept])}
    shown = [_elsewhere(actions[one.key], one) for one in kept if one.key in actions]
    return [one for one in shown if one.forms]


def _spread(near: Sequence[Near]) -> list[Near]:
    """Those that stand in others' published plans, and of each organisation the likest only."""
    rows = Action.visible.filter(pk__in=[one.key for one in near], plan__in=plans_of_others())
    owners = dict(rows.order_by().values_list("pk", "organisation"))
    of: Counter[int] = Counter()
    kept = []
    for one in near:
        if one.key in owners and of[owners[one.key]] < MOST_OF_ONE:
            of[owners[one.key]] += 1
            kept.append(one)
    return kept


def _open(pks: Sequence[int]) -> QuerySet[Action]:
    """These actions with all that `public_action` reads, as far as others' published plans hold them."""
    parts: dict[str, QuerySet[Any]] = {
        "owners": ActionOwner.visible.select_related("party"),
        "alignments": Alignment.visible.all(),
        "milestones": Milestone.visible.all(),
        "dependencies": Dependency.visible.select_related("on"),
        "updates": Update.visible.all(),
        "doubts": Doubt.visible.none(),
    }
    rows = Action.visible.filter(pk__in=pks, plan__in=plans_of_others()).select_related("plan__organisation", "theme")
    return rows.prefetch_related(*(Prefetch(name, queryset=part) for name, part in parts.items()))


def _elsewhere(action: Action, near: Near) -> Elsewhere:
    data = public_action(action)
    forms = as_written(near.stems, data["title"], data["how"], data["success"])
    return Elsewhere(action.plan, data, forms, near.share)
