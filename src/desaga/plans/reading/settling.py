"""What each column of a table means, by its heading and by what it holds; and whether the table is a plan at all."""

from __future__ import annotations

import re
from dataclasses import replace

from .alignments import Principles, read_alignments
from .headings import Role, is_foreign
from .owners import kind_of, names_party
from .tables import Kind, Table, share_dated, values_of
from .values import is_code, read_rag, read_status
from .words import plain

_OBJECTIVE = re.compile(
    r"^(?:\w+ )?(?:objectives?|goals?|aims?|priorit(?:y|ies)|recommendations?|commitments?|pledges?|outcomes?|challenges?|what you said)\b",
    re.I,
)
_DOING = re.compile(
    r"\bactions?\b|\bactivit|\bsteps?\b|\btasks?\b|\binitiatives?\b|^what (?:will|we)|\bwe will\b", re.I
)
_VAGUE = re.compile(r"^(?:descriptions?|(?:further |more )?details?|process|evidence|impact)$", re.I)
_NEEDED: frozenset[Role] = frozenset(
    {
        "owner",
        "support",
        "oversight",
        "timeframe",
        "start",
        "end",
        "status",
        "rag",
        "success",
        "how",
        "update",
        "alignment",
        "comments",
        "bau",
        "theme",
    }
)


#: A first heading that says what the rows are, and that they are no actions, unless a heading speaks of actions.
_OTHER_ROWS = re.compile(
    r"(?:kpis?|weeks?|dates?|months?|days?|outputs?|publications?|events?|courses?|polic(?:y|ies)|documents?|papers?|questions?|topics?|modules?|sessions?|titles?)$",
    re.I,
)
_LEVELS = frozenset("high medium low h m l 1 2 3 urgent normal".split())


def understand_columns(table: Table, principles: Principles, *, titled: bool = False) -> bool:
    """Settle what each column of the table is. False where the table is no action plan.

    `titled`: the document calls itself a plan, so that a column of long texts beside owners and times is its actions
    even where its heading is a word of the institution's own.
    """
    foreign = sum(is_foreign(column.heading) for column in table.columns if not column.is_told)
    _give_way(table)
    _settle_codes(table)
    _settle_theme(table, principles)
    _settle_duplicates(table)
    _settle_dated_status(table)
    _settle_dates(table)
    _settle_action(table)
    if titled and table.index_of("action") is None:
        _settle_action_by_values(table)
    _settle_owner(table)
    _settle_unnamed(table, principles)
    roles = {column.role for column in table.columns}
    if "bau" in roles:
        table.kind = Kind.BUSINESS_AS_USUAL
    filled_heads = sum(bool(column.heading) for column in table.columns)
    if _is_key(table) or _is_risks(table) or _is_of_others(table):
        return False
    return "action" in roles and bool(roles & _NEEDED) and foreign <= filled_heads / 4


def _is_of_others(table: Table) -> bool:
    """A dashboard, a timetable, a list of papers: the first heading says what the rows are."""
    heads = [column.heading for column in table.columns if column.heading]
    return (
        bool(heads)
        and bool(_OTHER_ROWS.match(heads[0]))
        and not any(re.search(r"\bactions?\b", head, re.I) for head in heads)
    )


def _settle_dates(table: Table) -> None:
    """A column that holds nothing but times is when, whatever it is headed; a second one is the start or the end."""
    for index, column in enumerate(table.columns):
        if column.role not in {None, "how", "success", "status", "comments", "owner", "context", "support"}:
            continue
        values = values_of(table, index)
        if len(values) < 2 or share_dated(values, ()) < 0.8:
            continue
        known = next((table.index_of(role) for role in ("timeframe", "end") if table.index_of(role) is not None), None)
        if known is None:
            _set(table, index, "timeframe")
        elif column.role is None and table.index_of("start") is None and index < known:
            _set(table, index, "start")


def _settle_action_by_values(table: Table) -> None:
    """The column of the longest texts, where at least two others say who, when or how far."""
    telling: set[Role | None] = {"owner", "timeframe", "start", "end", "status", "rag"}
    if len({c.role for c in table.columns} & telling) < 2:
        return
    lengths = {}
    for index, column in enumerate(table.columns):
        values = values_of(table, index)
        if column.role in {None, "theme", "alignment", "context", "success", "how"} and values:
            lengths[index] = sum(len(v.split()) for v in values) / len(values)
    best = max(lengths, key=lambda i: lengths[i], default=None)
    if best is not None and lengths[best] >= 3:
        _set(table, best, "action")


def _is_risks(table: Table) -> bool:
    """A register of risks: what may happen comes first, and nothing has a time."""
    heads = [column.heading for column in table.columns if column.heading]
    dated = any(column.role in {"timeframe", "start", "end"} for column in table.columns)
    return any(re.match(r"(?i)risks?\b|hazards?\b", head) for head in heads[:2]) and not dated


def _is_key(table: Table) -> bool:
    """A table that explains the colours or states themselves, one on each row."""
    for index, column in enumerate(table.columns):
        values = values_of(table, index)
        if (
            column.role in {"status", "rag"}
            and index == 0
            and len(values) == len(set(values)) <= 6
            and len(values) >= len(table.rows)
        ):
            return all(len(v.split()) <= 3 for v in values) and table.index_of("owner") is None
    return False


def _set(table: Table, index: int, role: Role | None) -> None:
    """Make a column something else, unless somebody has said what it is."""
    if table.columns[index].is_told:
        return
    table.columns[index] = replace(table.columns[index], role=role)


def _give_way(table: Table) -> None:
    """Where somebody has said which column is the code or the theme, no other one is."""
    told = {column.role for column in table.columns if column.is_told} & {"code", "theme"}
    for index, column in enumerate(table.columns):
        if column.role in told:
            _set(table, index, "alignment" if column.role == "theme" else None)


def _settle_codes(table: Table) -> None:
    """A column of labels is the code column whatever it is headed ("Alignment" over "N8-1a")."""
    for index, column in enumerate(table.columns[:3]):
        if column.role not in {"alignment", "theme", "code", "action", None}:
            continue
        values = values_of(table, index)
        labels = [v for v in values if is_code(v)]
        if (
            len(labels) >= max(1, 0.55 * len(values))
            and len(set(labels)) >= 0.8 * len(labels)
            and column.role != "code"
        ):
            if column.role == "action" and not any(
                c.role == "action" for i, c in enumerate(table.columns) if i != index
            ):
                continue
            if not any(c.role == "code" for c in table.columns):
                _set(table, index, "code")
        elif column.role == "code" and values and not labels and max(len(v) for v in values) > 25:
            _set(table, index, "theme" if not any(c.role == "theme" for c in table.columns) else None)


def _settle_theme(table: Table, principles: Principles) -> None:
    """A leading column that names one pillar for several rows together is the theme, whatever it is headed."""
    themed = table.index_of("theme")
    if themed is not None and {v.casefold() for v in values_of(table, themed)} <= _LEVELS:
        _set(table, themed, None)  # "High" and "Low" are how urgent, not what about
        themed = None
    if themed is not None:
        several = [
            v
            for _, row in table.rows
            if len(read_alignments(v := table.cell_text(row, themed), principles)[0]) > 1
            and not read_alignments(v, principles)[1]
        ]
        if several and table.index_of("alignment") is None:
            _set(table, themed, "alignment")
        return
    actions = [i for i, c in enumerate(table.columns) if c.role in {"action", "how"}]
    for index, column in enumerate(table.columns[: actions[0] if actions else 2]):
        if column.role != "alignment" or not re.match(
            r"(?:tc |technician commitment )?(?:pillars?|themes?|key areas?|areas?|strands?|pledges?|commitments?|principles?)\b",
            column.heading,
            re.I,
        ):
            continue
        values = [plain(text) for _, row in table.rows if (text := table.cell_text(row, index))]
        runs = [v for n, v in enumerate(values) if n == 0 or v != values[n - 1]]
        single = all(len(read_alignments(v, principles)[0]) <= 1 for v in values)
        if (
            values
            and single
            and len(set(runs)) == len(runs)
            and (len(runs) < len(values) or len(values) < len(table.rows))
        ):
            _set(table, index, "theme")
            return


def _settle_dated_status(table: Table) -> None:
    """Read "Completed" over dates as when, not whether."""
    for index, column in enumerate(table.columns):
        if (
            column.role == "status"
            and table.index_of("timeframe") is None
            and share_dated(values_of(table, index), ()) > 0.6
            and not any(read_status(v) for v in values_of(table, index))
        ):
            _set(table, index, "timeframe")
            table.all_complete = table.all_complete or bool(re.match(r"(?i)complete|done|achieved", column.heading))


def _settle_duplicates(table: Table) -> None:
    """Where two columns have one meaning that only one can have, the second takes its next best."""
    seen: set[Role] = set()
    for index, column in enumerate(table.columns):
        role = column.role
        if role in {"code", "theme"} and role in seen:
            _set(table, index, "alignment" if role == "theme" else None)
        elif role:
            seen.add(role)


def _settle_action(table: Table) -> None:
    actions = [i for i, c in enumerate(table.columns) if c.role == "action"]
    if not actions:
        for role in ("how", "bau", "success"):
            candidates = [i for i, c in enumerate(table.columns) if c.role == role and not _VAGUE.match(c.heading)]
            if candidates and (role != "success" or table.index_of("owner") is not None):
                _set(table, candidates[0], "action")
                return
        return
    if len(actions) > 1:
        best = max(actions, key=lambda i: (table.columns[i].is_told, _doing_score(table.columns[i].heading), -i))
        for index in actions:
            if index == best:
                continue
            heading = table.columns[index].heading
            themed = index < best and _OBJECTIVE.search(heading) and not any(c.role == "theme" for c in table.columns)
            _set(
                table,
                index,
                "theme"
                if themed
                else "success"
                if re.search(r"deliverable|measure", heading, re.I)
                else "how"
                if index > best
                else "context",
            )
        actions = [best]
    _split_objectives(table, actions[0])


def _doing_score(heading: str) -> int:
    if _OBJECTIVE.search(heading):
        return 1
    if re.search(r"\bactions?\b", heading, re.I):
        return 4
    return 3 if _DOING.search(heading) else 2


def _split_objectives(table: Table, action: int) -> None:
    """Take rows of "How" under one "Objective", each with its own owner or date, as the actions."""
    how = table.index_of("how")
    if how is None or not _OBJECTIVE.search(table.columns[action].heading) or table.index_of("theme") is not None:
        return
    own: list[Role] = ["owner", "timeframe", "end", "status", "rag"]
    blank = [
        row
        for _, row in table.rows
        if not table.cell_text(row, action) and table.cell_text(row, how) and table.texts(row, *own)
    ]
    if len(blank) >= max(1, 0.25 * len(table.rows)):
        _set(table, action, "theme")
        _set(table, how, "action")


def _settle_owner(table: Table) -> None:
    """Where nobody else is named, whoever is accountable, supports or oversees is the owner."""
    if table.index_of("owner") is not None:
        return
    for role in ("oversight", "support"):
        index = table.index_of(role)
        if index is not None and (role == "support" or re.match(r"(?i)accountab", table.columns[index].heading)):
            _set(table, index, "owner")
            return
    for index, column in enumerate(table.columns):
        said = values_of(table, index)
        if column.role in {None, "context"} and said and sum(names_party(v) for v in said) >= 0.8 * len(said):
            _set(table, index, "owner")
            return
    area = table.index_of("theme")
    values = values_of(table, area) if area is not None else []
    if (
        area is not None
        and values
        and sum(names_party(v) and kind_of(v) != "text" for v in values) >= 0.7 * len(values)
    ):
        _set(table, area, "owner")


def _settle_unnamed(table: Table, principles: Principles) -> None:
    """Columns whose heading says nothing known: told by what they hold, where that is plain."""
    for index, column in enumerate(table.columns):
        if column.role is not None:
            continue
        values = values_of(table, index)
        if not values:
            continue
        sample = values[:20]
        aligned = sum(bool(read_alignments(v, principles)[0]) and not read_alignments(v, principles)[1] for v in sample)
        if aligned > 0.6 * len(sample) and table.index_of("alignment") is None:
            _set(table, index, "alignment")
        elif all(read_rag(v)[0] for v in sample) and table.index_of("rag") is None:
            _set(table, index, "rag")
        elif not column.heading and all(read_status(v) for v in sample) and table.index_of("status") is None:
            _set(table, index, "status")
        elif not column.heading and share_dated(sample, ()) > 0.7 and table.index_of("timeframe") is None:
            _set(table, index, "timeframe")
