"""Actions of plans: listed, whole, narrowed and counted. All answer within the current scope."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..models import (
    Action,
    ActionEvidence,
    ActionOutcome,
    ActionOwner,
    ActionSource,
    Alignment,
    Answer,
    Dependency,
    Doubt,
    Lineage,
    Milestone,
    Plan,
    Update,
    late_on,
    still_to_do,
)
from ..states import Basis
from .finding import found

SOON = timedelta(days=92)


LISTED = (
    "plan_id", "theme", "code", "title", "when_text", "starts", "ends", "precision", "continuous", "last_day",
    "status", "rag", "business_as_usual", "order",
)  # fmt: skip


def actions_listed(plan: Plan) -> QuerySet[Action]:
    """A plan's actions with what a table shows of each: `theme_code`, `theme_title`, `open_doubts`; see `owners_listed`.

    Doubts are counted apart, so that a count of the actions counts no doubts.
    """
    return as_listed(Action.objects.filter(plan=plan))


def as_listed(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The same of whichever actions."""
    return actions.annotate(theme_code=F("theme__code"), theme_title=F("theme__title"), open_doubts=open_doubts()).only(
        *LISTED
    )


def open_doubts() -> Any:
    """How many doubts of an action nobody has settled, as an expression."""
    doubts = Doubt.objects.filter(action=OuterRef("pk"), settled_at=None).order_by().values("action")
    return Coalesce(Subquery(doubts.annotate(n=Count("pk")).values("n")), 0)


def owners_listed(actions: Iterable[Action]) -> dict[int, list[tuple[str, str]]]:
    """Who carries each of these actions, by the action's id: (short, in full), in the document's order; in one query."""
    owners = ActionOwner.objects.filter(action__in=[action.pk for action in actions])
    told = owners.values_list("action_id", "code", "text", "party__name")
    listed: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for action, code, text, name in told:
        known = bool(name) and name.casefold() != text.casefold()
        listed[action].append((code or text, name if known else text))
    return listed


def actions_of(plan: Plan) -> QuerySet[Action]:
    """A plan's actions, to be counted."""
    return Action.objects.filter(plan=plan)


#: What an action stands in.
AROUND = ("theme", "document", "plan", "organisation")


def actions_whole(plan: Plan) -> QuerySet[Action]:
    """A plan's actions with everything that follows each."""
    parts = {
        "owners": ActionOwner.objects.select_related("party"),
        "alignments": Alignment.objects.all(),
        "milestones": Milestone.objects.all(),
        "dependencies": Dependency.objects.select_related("on").defer("on__how", "on__success", "on__source_rows"),
        "updates": Update.objects.select_related("entered_by__person", "unit"),
        "doubts": Doubt.objects.select_related("settled_by__person"),
    }
    prefetches = [Prefetch(name, queryset=rows) for name, rows in parts.items()]
    whole = Action.objects.filter(plan=plan).select_related(*AROUND)
    return whole.prefetch_related(*prefetches)


def action(plan_pk: int, pk: int) -> Action:
    """One action by itself."""
    return found(Action.objects.select_related(*AROUND), plan=plan_pk, pk=pk)


def action_whole(plan_pk: int, pk: int) -> Action:
    """One action with all that belongs to it alone."""
    return found(actions_whole(plan_pk).select_related("study_theme"), pk=pk)  # type: ignore[arg-type]


def rare_parts(action: Action) -> set[str]:
    """Which of "answers", "evidence", "lineage", "outcome", "sources" and "waiting" an action has: few have any, and each takes long to ask for. One light query."""
    here = OuterRef("pk")
    rows = {
        "answers": Answer.objects.filter(Q(action=here) | Q(answered=here)),
        "evidence": ActionEvidence.objects.filter(action=here),
        "lineage": Lineage.objects.filter(Q(earlier=here) | Q(later=here)),
        "outcome": ActionOutcome.objects.filter(action=here),
        "sources": ActionSource.objects.filter(action=here),
        "waiting": Dependency.objects.filter(on=here),
    }
    names = {f"has_{name}": Exists(found) for name, found in rows.items()}
    row = Action.objects.filter(pk=action.pk).values(**names).get()
    return {name.removeprefix("has_") for name, is_there in row.items() if is_there}


def doubt(plan_pk: int, action_pk: int, pk: int) -> Doubt:
    return found(Doubt.objects.select_related("action"), plan=plan_pk, action=action_pk, pk=pk)


def actions_chased(plan: Plan) -> QuerySet[Action]:
    """A plan's actions without business as usual, to be counted."""
    return Action.objects.filter(plan=plan, business_as_usual=False)


def neighbours(action: Action) -> tuple[int | None, int | None]:
    """The actions before and after one, in the document's order, as ids; in one query, however many there are."""
    others = Action.objects.filter(plan=action.plan_id).values_list("order", "pk")
    before = others.filter(order__lt=action.order).order_by("-order")[:1]
    after = others.filter(order__gt=action.order).order_by("order")[:1]
    near = {order > action.order: pk for order, pk in before.union(after, all=True)}
    return near.get(False), near.get(True)


def narrowed(actions: QuerySet[Action], wanted: Mapping[str, Any], today: date | None = None) -> QuerySet[Action]:
    """The actions that a filter asks for: party, principle, theme, status, due, q; anything else is left alone."""
    if party := wanted.get("party"):
        actions = actions.filter(pk__in=carried_by(party))
    if principle := wanted.get("principle"):
        actions = actions.filter(pk__in=answering(principle).values("action"))
    if status := wanted.get("status"):
        actions = actions.filter(status="" if status == "none" else status)
    if theme := wanted.get("theme"):
        actions = actions.filter(themed(theme))
    if due := wanted.get("due"):
        actions = actions.filter(due_within(due, today or timezone.localdate()))
    for word in (wanted.get("q") or "").split():
        owned = ActionOwner.objects.filter(Q(text__icontains=word) | Q(party__name__icontains=word)).values("action")
        fields = ("code", "title", "how", "success", "comments", "when_text", "theme__title")
        condition = Q(pk__in=owned)
        for name in fields:
            condition |= Q(**{f"{name}__icontains": word})
        actions = actions.filter(condition)
    return actions


def answering(principle: str) -> QuerySet[Alignment]:
    """Where actions answer a principle, or are suggested to: its framework and code with a middle dot between."""
    framework, _, code = principle.rpartition(" · ")
    return Alignment.objects.filter(framework=framework, code=code)


def themed(name: str) -> Q:
    """Under the theme of this code or, where it has none, this title; so that the same may be asked of several plans."""
    return Q(theme__code=name) | Q(theme__code="", theme__title=name)


def answers_listed(actions: Iterable[Action]) -> dict[int, list[str]]:
    """The codes of what each of these actions answers, by the action's id, each once, suggestions left out; in one query."""
    answering = Alignment.objects.filter(action__in=[action.pk for action in actions]).exclude(basis=Basis.SUGGESTED)
    rows = answering.values_list("action_id", "code")
    listed: dict[int, list[str]] = defaultdict(list)
    for action, code in rows:
        if code not in listed[action]:
            listed[action].append(code)
    return listed


def carried_by(party: str) -> QuerySet[Any]:
    """The ids of actions that name a party, by its code or, where it has none, its words; whatever their case."""
    owners = ActionOwner.objects.filter(Q(code__iexact=party) | Q(code="", text__iexact=party))
    return owners.values("action")


def due_within(due: str, today: date) -> Q:
    """overdue, soon (within three months), later, ongoing, or undated; the first three of what is still to do."""
    conditions = {
        "overdue": late_on(today),
        "soon": still_to_do() & Q(last_day__gte=today, last_day__lte=today + SOON),
        "later": still_to_do() & Q(last_day__gt=today + SOON),
        "ongoing": Q(continuous=True),
        "undated": Q(last_day=None, continuous=False),
    }
    return conditions.get(due, Q())


def counts_by_theme(actions: QuerySet[Action]) -> list[tuple[str, Counter[str]]]:
    """For each theme in the plan's order, how many actions have which status; "" is no status."""
    rows = (
        actions.order_by()
        .values_list("theme__order", "theme__code", "theme__title", "status")
        .annotate(n=Count("pk", distinct=True))
    )
    counted: dict[tuple[int, str], Counter[str]] = {}
    for order, code, title, status, number in rows:
        key = (-1 if order is None else order, (code or title or "Without a theme"))
        counted.setdefault(key, Counter())[status] += number
    return [(name, counts) for (_, name), counts in sorted(counted.items(), key=lambda item: item[0][0])]


def counts_by_quarter(actions: QuerySet[Action]) -> list[tuple[str, int]]:
    """How many actions end in each calendar quarter, from the first to the last, empty quarters included."""
    days = Counter((d.year, (d.month - 1) // 3) for d in actions.order_by().values_list("last_day", flat=True) if d)
    if not days:
        return []
    first, last = min(days), max(days)
    quarters = range(first[0] * 4 + first[1], last[0] * 4 + last[1] + 1)
    names = ("Jan to Mar", "Apr to Jun", "Jul to Sep", "Oct to Dec")
    return [(f"{names[q % 4]} {q // 4}", days[(q // 4, q % 4)]) for q in quarters]


def search_actions(words: str) -> QuerySet[Action]:
    """Actions of any plan that hold every word, for the search over everything."""
    rows = narrowed(Action.objects.select_related("plan", "organisation"), {"q": words})
    return rows.order_by("-plan__starts", "order")
