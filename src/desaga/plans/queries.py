"""What can be read of plans and of the documents that they came from. All answer within the current scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.http import Http404
from django.utils import timezone

from desaga.audit.queries import entries_about
from desaga.frameworks.shipped import shipped_frameworks

from .models import (
    Action,
    ActionOwner,
    Alignment,
    Dependency,
    DocumentContent,
    Doubt,
    ImportedDocument,
    Milestone,
    Plan,
    StagedRow,
    Theme,
    Update,
)
from .states import SETTLED, DocumentState, PlanState, Status

SOON = timedelta(days=92)


def found(rows: QuerySet[Any], **keys: Any) -> Any:
    """The one row, or 404: what is another's is answered as if there were no such thing."""
    row = rows.filter(**keys).first()
    if row is None:
        raise Http404("There is nothing here that is open to you.")
    return row


# ---- Plans


def plans() -> QuerySet[Plan]:
    """The organisation's plans, without what their documents say about themselves."""
    return Plan.objects.defer("glossary", "phases", "frameworks", "unplaced", "notices")


def plans_listed() -> QuerySet[Plan]:
    """The same with what a list shows of each: how many actions, done, overdue, as usual, and open doubts."""

    def number(condition: Q) -> Any:
        rows = Action.objects.filter(condition, plan=OuterRef("pk")).order_by().values("plan")
        return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

    doubts = Doubt.objects.filter(plan=OuterRef("pk"), settled_at=None).order_by().values("plan")
    usual = Q(business_as_usual=True)
    return plans().annotate(
        action_count=number(~usual),
        usual_count=number(usual),
        complete_count=number(Q(status=Status.COMPLETE) & ~usual),
        overdue_count=number(is_overdue() & ~usual),
        doubt_count=Coalesce(Subquery(doubts.annotate(n=Count("pk")).values("n")), 0),
    )


def plan(pk: int) -> Plan:
    return found(Plan.objects.all(), pk=pk)


def themes_of(plan: Plan) -> QuerySet[Theme]:
    """The plan's themes in its order."""
    return Theme.objects.filter(plan=plan)


def plan_counts() -> dict[str, int]:
    """How many plans are at work, and of their actions how many there are, are done, are overdue."""
    actions = Action.objects.filter(plan__state=PlanState.ACTIVE, business_as_usual=False)
    counts = actions.aggregate(
        actions=Count("pk"),
        complete=Count("pk", filter=Q(status=Status.COMPLETE)),
        overdue=Count("pk", filter=is_overdue()),
    )
    return {"plans": Plan.objects.filter(state=PlanState.ACTIVE).count(), **counts}


# ---- Actions


def is_overdue(today: date | None = None) -> Q:
    """Whose last day is past and that are not settled."""
    return Q(last_day__lt=today or timezone.localdate()) & ~Q(status__in=SETTLED)


def actions_listed(plan: Plan) -> QuerySet[Action]:
    """A plan's actions with what a table shows of each."""
    owners = ActionOwner.objects.select_related("party")
    return (
        Action.objects.filter(plan=plan)
        .select_related("theme")
        .prefetch_related(Prefetch("owners", queryset=owners))
        .annotate(open_doubts=Count("doubts", filter=Q(doubts__settled_at=None)))
        .defer("how", "success", "comments", "source_rows")
    )


def action_ids(plan: Plan) -> QuerySet[Action]:
    return Action.objects.filter(plan=plan)


def actions_whole(plan: Plan) -> QuerySet[Action]:
    """A plan's actions with everything that follows each."""
    parts = {
        "owners": ActionOwner.objects.select_related("party"),
        "alignments": Alignment.objects.all(),
        "milestones": Milestone.objects.all(),
        "dependencies": Dependency.objects.all(),
        "updates": Update.objects.all(),
        "doubts": Doubt.objects.select_related("settled_by__person"),
    }
    prefetches = [Prefetch(name, queryset=rows) for name, rows in parts.items()]
    whole = Action.objects.filter(plan=plan).select_related("theme", "document", "plan", "organisation")
    return whole.prefetch_related(*prefetches)


def action(plan_pk: int, pk: int) -> Action:
    """One action with all that its page shows."""
    return found(actions_whole(plan_pk), pk=pk)  # type: ignore[arg-type]


def doubt(plan_pk: int, action_pk: int, pk: int) -> Doubt:
    return found(Doubt.objects.select_related("action"), plan=plan_pk, action=action_pk, pk=pk)


def actions_chased(plan: Plan) -> QuerySet[Action]:
    """A plan's actions without business as usual, to be counted."""
    return Action.objects.filter(plan=plan, business_as_usual=False)


def documents_of(plan: Plan) -> QuerySet[ImportedDocument]:
    """The documents that a plan was made from."""
    return ImportedDocument.objects.filter(plan=plan).select_related("handed_in_by__person")


def neighbours(action: Action) -> tuple[int | None, int | None]:
    """The actions before and after one, in the document's order, as ids."""
    ids = list(Action.objects.filter(plan=action.plan_id).order_by("order").values_list("pk", flat=True))
    at = ids.index(action.pk)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def narrowed(actions: QuerySet[Action], wanted: Mapping[str, Any], today: date | None = None) -> QuerySet[Action]:
    """The actions that a filter asks for: party, principle, status, due, q; anything else is left alone."""
    if party := wanted.get("party"):
        actions = actions.filter(pk__in=carried_by(party))
    if principle := wanted.get("principle"):
        framework, _, code = principle.rpartition(" · ")
        actions = actions.filter(pk__in=Alignment.objects.filter(framework=framework, code=code).values("action"))
    if status := wanted.get("status"):
        actions = actions.filter(status="" if status == "none" else status)
    if theme := wanted.get("theme"):
        actions = actions.filter(theme=theme)
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


def carried_by(party: str) -> QuerySet[Any]:
    """The ids of actions that name a party, by its code or, where it has none, its words; whatever their case."""
    owners = ActionOwner.objects.filter(Q(code__iexact=party) | Q(code="", text__iexact=party))
    return owners.values("action")


def due_within(due: str, today: date) -> Q:
    """overdue, soon (within three months), later, ongoing, or undated."""
    open_ = ~Q(status__in=SETTLED)
    conditions = {
        "overdue": is_overdue(today),
        "soon": Q(last_day__gte=today, last_day__lte=today + SOON) & open_,
        "later": Q(last_day__gt=today + SOON) & open_,
        "ongoing": Q(continuous=True),
        "undated": Q(last_day=None, continuous=False),
    }
    return conditions.get(due, Q())


def parties_of(plan: Plan) -> list[tuple[str, str]]:
    """Who carries something of a plan: (code or words, the same with the full name), by code."""
    rows = ActionOwner.objects.filter(plan=plan).order_by().values_list("code", "text", "party__name").distinct()
    named: dict[str, tuple[str, str]] = {}
    for code, text, name in rows:
        short = code or text
        label = f"{short}: {name}" if name and name.casefold() != short.casefold() else short
        known = named.get(short.casefold())
        if known is None or len(label) > len(known[1]):
            named[short.casefold()] = (known[0] if known else short, label)
    return sorted(named.values(), key=lambda pair: pair[1].casefold())


def principles_of(plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a plan's actions answer: a framework's name and its principles as (value, label), in the order of codes."""
    rows = Alignment.objects.filter(plan=plan).order_by().values_list("framework", "code").distinct()
    titles = principle_titles(plan)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for framework, code in sorted(rows, key=lambda row: (row[0].casefold(), _natural(row[1]))):
        title = titles.get((framework, code), "")
        label = f"{code}: {title}" if title and title.casefold() != code.casefold() else code
        grouped.setdefault(framework or "No framework", []).append((f"{framework} · {code}", _short(label)))
    return list(grouped.items())


def principle_titles(plan: Plan) -> dict[tuple[str, str], str]:
    """What principles are called: in shipped frameworks, else in the plan's own document."""
    own = {(sheet["name"], p["code"]): p["text"] for sheet in plan.frameworks for p in sheet["principles"]}
    return own | {(f.name, p.code): p.title for f in shipped_frameworks() for p in f.principles}


def _natural(code: str) -> tuple[Any, ...]:
    """R2 before R10."""
    letters = "".join(letter if letter.isdigit() else " " for letter in code).split()
    head = "".join(letter for letter in code if not letter.isdigit()).casefold()
    return (head, [int(number) for number in letters])


def _short(words: str, length: int = 70) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[: length - 1].rsplit(' ', 1)[0]}…"


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


def history_of(thing: Any) -> QuerySet[Any]:
    """What was done with a plan or an action, the latest first."""
    return entries_about(thing)


def search_actions(words: str) -> QuerySet[Action]:
    """Actions of any plan that hold every word, for the search over everything."""
    rows = narrowed(Action.objects.select_related("plan", "organisation"), {"q": words})
    return rows.order_by("-plan__starts", "order")


# ---- Documents


def documents() -> QuerySet[ImportedDocument]:
    """What was handed in, the latest first, with how many rows each has and how many are doubtful."""
    doubtful = Q(rows__is_dropped=False) & ~Q(rows__understood__notices=[]) & Q(rows__is_kept=False)
    counted = ImportedDocument.objects.select_related("handed_in_by__person", "plan").annotate(
        row_count=Count("rows", filter=Q(rows__is_dropped=False)), doubtful_count=Count("rows", filter=doubtful)
    )
    return counted.order_by("-handed_in_at", "-id")


def document(pk: int) -> ImportedDocument:
    rows = ImportedDocument.objects.select_related("handed_in_by__person", "plan", "organisation")
    return found(rows, pk=pk)


def content_of(document: ImportedDocument) -> DocumentContent:
    """The document's bytes and reading."""
    return found(DocumentContent.objects.all(), document=document)


def reading_of(document: ImportedDocument) -> dict[str, Any]:
    """What was understood of the document, in the interchange format, its actions apart."""
    reading = DocumentContent.objects.filter(document=document).values_list("reading", flat=True).first() or {}
    return {name: value for name, value in reading.items() if name != "actions"}


def documents_waiting_for_review() -> QuerySet[ImportedDocument]:
    """Documents that were read and wait for somebody to look through and commit."""
    return ImportedDocument.objects.filter(state=DocumentState.READ).order_by("handed_in_at")


def staged_row(document_pk: int, pk: int) -> StagedRow:
    return found(StagedRow.objects.select_related("document", "organisation"), document=document_pk, pk=pk)


def staged_rows(document: ImportedDocument, wanted: Mapping[str, Any]) -> QuerySet[StagedRow]:
    """The rows that a filter asks for: kind of notice (or any), doubtful, dropped, and words."""
    rows = StagedRow.objects.filter(document=document)
    if kind := wanted.get("notice"):
        rows = (
            rows.exclude(understood__notices=[])
            if kind == "any"
            else rows.filter(understood__notices__contains=[{"kind": kind}])
        )
    if show := wanted.get("show"):
        rows = rows.filter(SHOWN[show])
    for word in (wanted.get("q") or "").split():
        rows = rows.alias(words=Cast(Coalesce("edited", "understood"), TextField())).filter(words__icontains=word)
    return rows


SHOWN = {
    "open": Q(is_kept=False, is_dropped=False),
    "kept": Q(is_kept=True),
    "dropped": Q(is_dropped=True),
    "corrected": Q(edited__isnull=False),
    "usual": Q(understood__business_as_usual=True),
}


@dataclass
class ReviewSummary:
    """An import at a glance: rows to commit, as usual, dropped, still to look at, and notices by kind."""

    actions: int = 0
    usual: int = 0
    dropped: int = 0
    doubtful: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def committed(self) -> int:
        return self.actions + self.usual


def review_summary(document: ImportedDocument) -> ReviewSummary:
    """Counted in one query over all rows of the import."""
    summary = ReviewSummary()
    rows = StagedRow.objects.filter(document=document).order_by()
    told = rows.values_list(
        "is_dropped", "is_kept", "understood__notices", "understood__business_as_usual", "edited__business_as_usual"
    )
    for dropped, kept, notices, usual, usual_now in told:
        summary.kinds.update({notice["kind"] for notice in notices})
        if dropped:
            summary.dropped += 1
            continue
        if usual_now if usual_now is not None else usual:
            summary.usual += 1
        else:
            summary.actions += 1
        summary.doubtful += bool(notices) and not kept
    return summary


def staged_themes(document: ImportedDocument, reading: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The themes that a row may be put under: the document's, and those that rows were given by hand."""
    told = [(t["code"] or t["title"], _theme_name(t)) for t in reading.get("themes", [])]
    rows = StagedRow.objects.filter(document=document).exclude(edited=None).order_by()
    given = {name for name in rows.values_list("edited__theme", flat=True) if name}
    known = {value for value, _ in told} | {t["title"] for t in reading.get("themes", [])}
    return told + [(name, name) for name in sorted(given - known)]


def _theme_name(theme: Mapping[str, Any]) -> str:
    return _short(
        f"{theme['code']}: {theme['title']}" if theme["code"] and theme["title"] != theme["code"] else theme["title"]
    )
