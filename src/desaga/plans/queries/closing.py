"""What was said of a plan's actions at its end, and what is still to say. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from ..closing import Known, Proposed, completion_proposed, fate_proposed
from ..models import Action, ActionOutcome, ActionOwner, ActionSource, Lineage, Plan, Update
from ..states import DRAFTED, Completion, Fate
from .updates import last_updates

SAID = Q(outcome__isnull=False) & ~Q(outcome__completion="") & ~Q(outcome__fate="")


@dataclass(frozen=True)
class Progress:
    """How many actions a plan has, and of how many everything is said."""

    total: int
    said: int

    @property
    def unsaid(self) -> int:
        return self.total - self.said


def closing_progress(plan: Plan) -> Progress:
    told = Action.objects.filter(plan=plan).aggregate(total=Count("pk"), said=Count("pk", filter=SAID))
    return Progress(**told)


def actions_closing(plan: Plan, show: str = "") -> QuerySet[Action]:
    """A plan's actions with what was said of their end and whom they name, in its order; `show` may be `unsaid`, `said` or a fate."""
    owners = Prefetch("owners", queryset=ActionOwner.objects.select_related("party").order_by("order"))
    links = Prefetch(
        "successors", queryset=Lineage.objects.select_related("later").defer("later__how", "later__success")
    )
    rows = Action.objects.filter(plan=plan).select_related("theme", "outcome__into").prefetch_related(owners, links)
    if show in ("said", "unsaid"):
        rows = rows.filter(SAID) if show == "said" else rows.exclude(SAID)
    elif show in Fate.values:
        rows = rows.filter(outcome__fate=show)
    return rows.order_by("theme__order", "order").defer("how", "success", "comments", "source_rows")


def outcomes_of(plan: Plan) -> QuerySet[ActionOutcome]:
    return ActionOutcome.objects.filter(plan=plan)


@dataclass(frozen=True)
class Closing:
    """An action as the closing page shows it: what was said, what is proposed where nothing was, and which comes after it."""

    action: Action
    outcome: ActionOutcome
    update: Update | None
    completion: Proposed | None
    fate: Proposed | None
    goes_on: int

    @property
    def proposed_completion(self) -> str:
        return str(Completion(self.completion.value).label) if self.completion else ""

    @property
    def proposed_fate(self) -> str:
        return str(Fate(self.fate.value).label) if self.fate else ""

    @property
    def has_proposal(self) -> bool:
        return self.completion is not None or self.fate is not None


def closings_of(actions: Sequence[Action]) -> list[Closing]:
    """The same actions with their last update and what it speaks for; one query more."""
    updates = last_updates(action.pk for action in actions)
    last = {action: update for (action, unit), update in updates.items() if unit is None}
    following = [*actions[1:], *actions[-1:]]
    return [_closing(one, last.get(one.pk), after.pk) for one, after in zip(actions, following, strict=True)]


def _closing(action: Action, update: Update | None, goes_on: int) -> Closing:
    outcome = getattr(action, "outcome", None) or ActionOutcome(action=action)
    known = Known(
        status=action.status,
        rag=action.rag,
        period=update.period if update and update.status == action.status else "",
        words=(update.reason or update.text) if update else "",
        is_usual=action.business_as_usual,
    )
    completion = completion_proposed(known) if not outcome.completion else None
    fate = (
        fate_proposed(known, outcome.completion or (completion.value if completion else ""))
        if not outcome.fate
        else None
    )
    return Closing(action, outcome, update, completion, fate, goes_on)


def fate_counts(plan: Plan) -> list[tuple[Fate, int]]:
    """How many actions have which fate, in the order of the fates; those that none has are left out."""
    rows = dict(outcomes_of(plan).exclude(fate="").values_list("fate").annotate(n=Count("pk")))
    return [(fate, rows[fate]) for fate in Fate if fate in rows]


def actions_to_merge_with(plan: Plan) -> list[str]:
    """What a plan's actions are called, for those who say with which another is merged; each is known by `action_called`."""
    rows = Action.objects.filter(plan=plan).order_by("theme__order", "order").only("code", "title")
    return [str(action) for action in rows]


def action_called(plan: Plan, words: str) -> int | None:
    """The action of a plan with this code, or of this code and title as lists show them; None where none or several are."""
    words = words.strip().casefold()
    rows = Action.objects.filter(plan=plan).only("code", "title")
    found = [one.pk for one in rows if words in (one.code.casefold(), str(one).casefold()) and words]
    return found[0] if len(found) == 1 else None


def actions_going_on(plan: Plan) -> QuerySet[ActionOutcome]:
    """What a draft of the next plan is made of: fates that make a successor, in the plan's order."""
    rows = outcomes_of(plan).filter(fate__in=DRAFTED)
    return rows.order_by("action__theme__order", "action__order")


def has_next(plan: Plan) -> Plan | None:
    """The plan that was drafted from this one; None where there is none."""
    link = Lineage.objects.filter(earlier_plan=plan, way="drafted").select_related("later_plan").first()
    return link.later_plan if link else None


def plans_around(plan: Plan) -> tuple[list[Plan], list[Plan]]:
    """The plans whose actions went on in this one, and those in which its own went on."""
    links = Lineage.objects.filter(Q(earlier_plan=plan) | Q(later_plan=plan))
    pairs = links.order_by().values_list("earlier_plan", "later_plan").distinct()
    before = {one for one, later in pairs if later == plan.pk}
    after = {later for one, later in pairs if one == plan.pk}
    known = {one.pk: one for one in Plan.objects.filter(pk__in=before | after).only("title", "starts", "ends")}
    return [known[pk] for pk in sorted(before)], [known[pk] for pk in sorted(after)]


def lineage_of(action: Action) -> tuple[list[Lineage], list[Lineage]]:
    """What an action came from, and what it went on as; one query."""
    rows = Lineage.objects.filter(Q(earlier=action) | Q(later=action)).select_related(
        "earlier", "earlier_plan", "later", "later_plan", "by__person"
    )
    deferred = [f"{side}__{name}" for side in ("earlier", "later") for name in ("how", "success", "source_rows")]
    links = list(rows.defer(*deferred))
    return [one for one in links if one.later_id == action.pk], [one for one in links if one.earlier_id == action.pk]


def outcome_of(action: Action) -> ActionOutcome | None:
    """How far an action came and what became of it, with who said so."""
    rows = ActionOutcome.objects.filter(action=action)
    return rows.select_related("into", "completion_by__person", "fate_by__person").first()


def sources_of(action: Action) -> QuerySet[ActionSource]:
    return ActionSource.objects.filter(action=action).select_related("by__person")
