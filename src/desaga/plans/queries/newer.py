"""A plan beside a newer state of it: in a document that came back, or in a version that was kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desaga.audit.models import Entry

from ..dates import said
from ..interchange import action_as_data, plan_as_data, stable_id
from ..models import Action, DocumentContent, ImportedDocument, Plan, PlanVersion, Update
from ..roundtrip.columns import COLUMNS, cells_of, clean, period_key, periods_of, update_cell
from ..roundtrip.comparing import Changed, Comparison, Known, compare, data_with
from ..roundtrip.sheet import Row, Sheet, sheet_of
from ..states import PlanState, Rag, Status
from ..updating import wants_an_update
from .actions import actions_whole
from .evidence import standing_titles
from .finding import found
from .plans import plans, themes_of

#: What the audit calls the parts of an action, and the columns of the sheet that they stand in.
COLUMN_OF = {
    "code": "code", "theme": "theme", "title": "title", "how": "how", "success": "success", "when_text": "when",
    "starts": "start", "ends": "end", "continuous": "ongoing", "owners": "owners", "alignments": "alignments",
    "milestones": "milestones", "waits for": "depends_on", "status": "status", "rag": "rag", "comments": "comments",
    "business_as_usual": "business_as_usual",
}  # fmt: skip
#: How the audit's value of a column is written in a cell, where one can tell.
WRITTEN = {
    "code": clean, "title": clean, "how": clean, "success": clean, "when": clean, "comments": clean, "start": said, "end": said,
    "status": lambda value: Status(value).label if value else "", "rag": lambda value: Rag(value).label if value else "",
}  # fmt: skip


def plans_to_update() -> QuerySet[Plan]:
    """The plans that a document may be a newer state of."""
    return plans().exclude(state=PlanState.CLOSED)


def known_actions(plan: Plan) -> list[Known]:
    """A plan's actions in its order, as they are compared and written in files."""
    rows = actions_whole(plan).order_by("order")
    return [Known(stable_id(action), action.pk, action_as_data(action)) for action in rows]


def interchange_of(plan: Plan) -> dict[str, Any]:
    """The plan in the interchange format, each action with the id that it is known again by."""
    return plan_as_data(plan, themes_of(plan), actions_whole(plan).order_by("order"))


def comparison_of(document: ImportedDocument) -> Comparison:
    """What taking over a document would change in the plan that it is a newer state of, and what of that only an update can say."""
    found_ = _compared(document)
    shown = standing_titles([one.known.pk for one in found_.changed]) if found_.changed else {}
    held = [_held_to(one, shown.get(one.known.pk, ()), with_periods=not found_.was_read) for one in found_.changed]
    return replace(found_, changed=held)


def _held_to(one: Changed, pieces: Collection[str], *, with_periods: bool) -> Changed:
    """The change, what it says without the account that it wants left out; `pieces` show that the action is complete."""
    fields = []
    for field in one.fields:
        now: dict[str, Any] = {}
        if field.key in ("status", "rag") and not field.problem:
            now = {field.key: data_with(one.known.data, [field])[field.key]}
        elif field.is_of_a_period and with_periods:
            now = field.as_update
        wants = wants_an_update(one.known.data, now, pieces)
        fields.append(replace(field, problem=" ".join(wants.values()), wants_update=True) if wants else field)
    return replace(one, fields=fields)


def _compared(document: ImportedDocument) -> Comparison:
    plan = document.updates_plan
    assert plan
    content: Any = found(DocumentContent.objects.defer("content"), document=document)
    known = known_actions(plan)
    if content.sheet and content.sheet["mark"]["plan"] == plan.pk:
        return _with_sheet(known, sheet_of(content.sheet))
    rows = rows_of(content.reading["actions"])
    columns = [c.key for c in COLUMNS if any(row.cells[c.key] for row in rows)]
    return replace(compare(known, rows, columns, base=_as_first_read(plan)), was_read=True)


def _with_sheet(known: list[Known], sheet: Sheet) -> Comparison:
    at = datetime.fromisoformat(sheet.mark.at)
    moved = _changes_since(known, at)
    for pk, cells in _accounts_until(known, at).items():
        moved.setdefault(pk, {}).update(cells)
    by_id = {one.id: one.pk for one in known}
    base = {id_: moved[pk] for id_, pk in by_id.items() if pk in moved}
    told = {id_: {key: cell for key, cell in cells.items() if cell is not None} for id_, cells in base.items()}
    here = {pk: set(cells) for pk, cells in moved.items()}
    return compare(known, sheet.rows, sheet.columns, whole=sheet.mark.whole, base=told, changed_here=here)


def _changes_since(known: list[Known], at: datetime) -> dict[int, dict[str, str | None]]:
    """For each action the columns that the plan changed since a moment, and what their cells held then, where one can tell."""
    ids = [str(one.pk) for one in known]
    entries = Entry.objects.filter(thing_kind=Action._meta.label_lower, thing_id__in=ids, at__gt=at, verb="changed")
    told: dict[int, dict[str, str | None]] = defaultdict(dict)
    for thing_id, changes in entries.order_by("at", "pk").values_list("thing_id", "changes"):
        for name, (was, _) in changes.items():
            if key := COLUMN_OF.get(name):
                told[int(thing_id)].setdefault(key, WRITTEN[key](was or "") if key in WRITTEN else None)
    return dict(told)


def _accounts_until(known: list[Known], at: datetime) -> dict[int, dict[str, str]]:
    """For each action the past periods of which something was said since a moment, and what their cells held then."""
    said = Update.objects.filter(action__in=[one.pk for one in known])
    since = said.filter(written_at__gt=at)
    told: dict[int, dict[str, str]] = defaultdict(dict)
    for one in since:
        told[one.action_id][period_key(clean(one.period))] = ""
    if told:
        for one in said.filter(action__in=list(told), written_at__lte=at).order_by("order"):
            if (key := period_key(clean(one.period))) in told[one.action_id]:
                told[one.action_id][key] = update_cell({"status": one.status, "rag": one.rag, "text": one.text})
    return dict(told)


def _as_first_read(plan: Plan) -> dict[str, Mapping[str, str]]:
    """The cells of each id in the documents that the plan was made from, the latest of them."""
    readings = DocumentContent.objects.filter(document__plan=plan).order_by("document__handed_in_at", "pk")
    cells: dict[str, Mapping[str, str]] = {}
    told: Any = readings.values_list("reading", flat=True)
    for reading in told:
        cells |= {action["id"]: _all_cells(action) for action in reading["actions"]}
    return cells


def _all_cells(data: Mapping[str, Any]) -> dict[str, str]:
    return cells_of(data) | {period_key(period): cell for period, cell in periods_of(data).items()}


def rows_of(actions: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Actions in the interchange format as rows to compare."""
    return [Row(data["id"], number, cells_of(data), periods_of(data)) for number, data in enumerate(actions, 1)]


# ---- Versions


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """A plan's versions, the latest first, without what they hold."""
    return PlanVersion.objects.filter(plan=plan).select_related("kept_by__person").defer("content")


def version(plan: Plan, number: int) -> PlanVersion:
    return found(PlanVersion.objects.select_related("kept_by__person"), plan=plan, number=number)


def version_beside(version: PlanVersion, other: PlanVersion | None) -> Comparison:
    """What changed from a version to another one, or to the plan as it is now."""
    known = [Known(data["id"], at, data) for at, data in enumerate(version.content["actions"])]
    then = other.content["actions"] if other else interchange_of(version.plan)["actions"]
    return compare(known, rows_of(then), [c.key for c in COLUMNS])


#: What going back to a version gives an action again. Updates are only ever added to; doubts and sources are no part of what one changes.
BROUGHT_BACK = (
    "code", "theme", "title", "how", "success", "timeframe", "milestones", "depends_on", "owners", "alignments", "status",
    "rag", "comments", "business_as_usual",
)  # fmt: skip


def way_back(version: PlanVersion) -> list[tuple[Known, dict[str, Any]]]:
    """The actions of now that hold something else than in a version, each with what it held of that then."""
    then = {data["id"]: data for data in version.content["actions"]}
    pairs = [(known, then[known.id]) for known in known_actions(version.plan) if known.id in then]
    told = [(one, {name: was[name] for name in BROUGHT_BACK if was[name] != one.data[name]}) for one, was in pairs]
    return [(known, fields) for known, fields in told if fields]
