"""The rows of a plan's table, one by one: headings, actions, and what continues an action from the row above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from desaga.documents.model import Row

from .alignments import Principles, alignments_of_heading
from .document import Ledger, filled, row_source
from .headings import Role
from .model import Alignment, Phase, Theme, Where
from .owners import Parties
from .tables import Kind, Table, merged_across
from .timeframes import read_timeframe
from .values import is_code, read_status, split_code, tidy_code
from .words import ends_unfinished, key, one_line, plain, starts_torn

THEME_LABEL = re.compile(
    r"^(?:key |strategic |technician commitment |tc |our )?(?:themes?|pillars?|objectives?|aims?|strands?|priority|priorities|priority areas?|goals?|areas?|pledges?|recommendations?|section|key area|challenge|"
    r"work ?streams?|commitments?|principles?|focus|domain|part|topic|heading|year|phase|outcomes?)\s*(?:\d+(?:\s*(?:,|and|&|-)\s*\d+)*|[A-Z]|[ivx]+|one|two|three|four|five|six)?\s*(?:[:.)–—-]|$)", re.I
)  # fmt: skip
LABELLED = re.compile(
    r"\b(?:response|recommendation|pledge|objective|theme|pillar|priority|aim|goal|strand|section|commitment|principle|R)\s*\d{1,2}\b",
    re.I,
)
_MARK = re.compile(r"[xX×✓✔✗☑■●•▪◆*█▓]+")
_SMART = frozenset(
    "specific measurable achievable attainable realistic relevant timely timebound time bound monitoring and".split()
)
_NOTE = re.compile(r"^(?:\*|note\b|notes\b|nb\b|n\.b\.|key\b|rag key|source\b|page \d|please|see )", re.I)


class Is(Enum):
    HEADING = "heading"
    ACTION = "action"
    CONTINUED = "continued"
    NOTE = "note"


@dataclass(slots=True)
class RawAction:
    """An action as its cells have it: texts by role, not yet interpreted."""

    source: Where
    roles: frozenset[Role | None] = frozenset()
    """What the table's columns say, so that an empty cell can be told from a column that is not there."""
    theme: Theme | None = None
    inherited: list[Alignment] = field(default_factory=list)
    texts: dict[Role, str] = field(default_factory=dict)
    updates: list[tuple[str, str, str]] = field(default_factory=list)
    """(period, heading, text) of the columns that hold past periods."""
    extras: list[tuple[str, str]] = field(default_factory=list)
    code: str | None = None
    rows: int = 1
    debris: list[tuple[str, str]] = field(default_factory=list)
    business_as_usual: bool = False
    earlier: bool = False
    """Whether its table looks back on an earlier plan."""
    marks: list[str] = field(default_factory=list)
    """Periods under which the row has a cross or tick, as a Gantt chart has them."""


@dataclass(slots=True)
class Walk:
    """Where the reader stands: the theme in force and the last action, carried over rows, pages and tables."""

    parties: Parties
    principles: Principles
    phases: list[Phase]
    ledger: Ledger
    flowing: bool
    """Whether the format breaks one cell's text over several rows (plain text, PDF without lines)."""
    theme: Theme | None = None
    inherited: list[Alignment] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    actions: list[RawAction] = field(default_factory=list)

    def enter_theme(self, theme: Theme | None, heading: str = "") -> None:
        self.theme = theme
        if theme is None:
            self.inherited = []
            return
        known = next((t for t in self.themes if t.code == theme.code and key(t.title) == key(theme.title)), None)
        if known is None:
            self.themes.append(theme)
        else:
            self.theme = known
        self.inherited = alignments_of_heading(heading or theme.title, self.principles) or alignments_of_heading(
            theme.code or "", self.principles
        )


def walk_table(table: Table, walk: Walk) -> None:
    """Read every row of the table into the walk's themes and actions."""
    action = table.index_of("action")
    assert action is not None
    first = len(walk.actions)
    has_codes = table.index_of("code") is not None
    for number, (_, row) in enumerate(table.rows):
        kind = _classify(table, row, number, walk, first, has_codes)
        if kind is Is.NOTE:
            continue
        if kind is Is.HEADING:
            _enter_heading(table, row, walk)
        elif kind is Is.CONTINUED and walk.actions:
            _continue(walk.actions[-1], table, row, walk)
        elif _says_anything(table, row):
            walk.actions.append(_begin(table, row, walk))
        walk.ledger.use(row)


def _says_anything(table: Table, row: Row) -> bool:
    """A row of a blank form (a number, perhaps a default status) is no action, nor one that explains the heads."""
    words = [word for cell in row.cells for word in re.findall(r"[a-z]+", cell.text.casefold())]
    if (
        len(words) >= 3
        and set(words) <= _SMART
        or words[:1] in (["total"], ["totals"])
        or words[:2] == ["grand", "total"]
    ):
        return False
    return bool(table.texts(row, "action", "how", "success", "owner", "timeframe", "comments", "bau"))


def _classify(table: Table, row: Row, number: int, walk: Walk, first: int, has_codes: bool) -> Is:
    action = table.index_of("action") or 0
    title = table.cell_text(row, action)
    cells = filled(row)
    previous = walk.actions[-1] if walk.actions else None
    same_table = len(walk.actions) > first
    code = _own_code(table, row)
    if code and _is_principle_torn(table, row, walk):
        return Is.HEADING
    if code is None and (spanning := merged_across(row)):
        text = plain(spanning.text)
        labelled = LABELLED.match(text) or THEME_LABEL.match(text) or walk.principles.prefix_codes(text)
        if not labelled and (_NOTE.match(text) or len(text.split()) > 45):
            return Is.NOTE
        return Is.HEADING
    if code is None and _is_torn_heading(table, row, walk):
        return Is.HEADING
    if code:
        return Is.ACTION
    if len(cells) == 1 and not (row.cells[cells[0]].anchor):
        return _classify_lone(table, row, cells[0], number, walk, previous, same_table)
    if not title:
        return Is.CONTINUED if previous else Is.NOTE
    if (
        previous
        and (same_table or table.carried or number == 0)
        and _goes_on(table, row, title, previous, walk, same_table)
    ):
        return Is.CONTINUED
    return Is.ACTION


def _own_code(table: Table, row: Row) -> str | None:
    index = table.index_of("code")
    if index is None:
        return None
    text = table.cell_text(row, index)
    return (
        text
        if text
        and (is_code(text) or len(plain(text)) <= 14 and bool(re.search(r"\d", text)) and not LABELLED.search(text))
        else None
    )


def _is_torn_heading(table: Table, row: Row, walk: Walk) -> bool:
    """A heading whose text was torn over the columns: it starts with a label, and no cell reads as its column says."""
    cells = filled(row)
    first = plain(row.cells[cells[0]].text)
    pillar = re.match(r"[^:]{3,40}:\s", first)
    labelled = pillar is not None and walk.principles.exact(pillar.group()[:-2]) is not None
    labelled = (
        labelled
        or bool(LABELLED.search(first))
        and len(first) < 60
        or bool(THEME_LABEL.match(first))
        or bool(walk.principles.prefix_codes(first))
    )
    if not labelled or _has_own_values(table, row, walk):
        return False
    index = table.index_of("code")
    if index is not None and cells[0] == index:
        return True
    rest = [plain(row.cells[i].text) for i in cells[1:]]
    return all(starts_torn(text) or text in {"•", "-"} for text in rest)


def _is_principle_torn(table: Table, row: Row, walk: Walk) -> bool:
    """Whether "TALENT R10" begins a sentence torn across the columns: a heading, though it looks like a label."""
    cells = filled(row)
    first = plain(row.cells[cells[0]].text)
    torn = sum(starts_torn(row.cells[i].text) for i in cells[1:])
    return bool(walk.principles.exact(first)) and torn >= 2 and not _has_own_values(table, row, walk)


def _has_own_values(table: Table, row: Row, walk: Walk) -> bool:
    """Whether the row's own timeframe and owner read as such."""
    when = "\n".join(t for _, t in table.texts(row, "timeframe", "start", "end"))
    frame = read_timeframe(when, phases=walk.phases).timeframe
    dated = bool(frame.start or frame.end or frame.continuous) or bool(re.fullmatch(r"\W*TB[CAD]\W*", when))
    if table.index_of("timeframe") is None and table.index_of("end") is None:
        dated = bool(table.text(row, "status") and read_status(table.text(row, "status")))
    who = table.text(row, "owner")
    return dated and (bool(re.search(r"[A-Za-z]{2}", who)) or table.index_of("owner") is None)


def _classify_lone(
    table: Table, row: Row, index: int, number: int, walk: Walk, previous: RawAction | None, same_table: bool
) -> Is:
    """A row with one filled cell: a heading, a continuation, or an action without anything beside it."""
    cell = row.cells[index]
    text = plain(cell.text)
    role = table.columns[index].role if index < len(table.columns) else None
    if _NOTE.match(text):
        return Is.NOTE
    goes_on = previous is not None and (starts_torn(text) or ends_unfinished(_last_text(previous, role)))
    if alignments_of_heading(text, walk.principles) and not starts_torn(text) and len(text.split()) <= 12:
        return Is.HEADING
    if THEME_LABEL.match(text) and not starts_torn(text) and len(text.split()) <= 30:
        return Is.HEADING
    if cell.bold and not starts_torn(text) and role in {"action", "theme", "code", None}:
        return Is.HEADING
    if role not in {"action", "theme", "code", None}:
        return Is.CONTINUED if previous else Is.NOTE
    if goes_on and role == "action":
        return Is.CONTINUED
    if role in {"theme", "code"} or index == 0 and role is None:
        return Is.HEADING
    if walk.flowing or _wraps_over_rows(table):
        return _lone_in_flow(text, number, table, previous, same_table)
    if index != table.index_of("action"):
        return Is.NOTE
    following = table.rows[number + 1][1] if number + 1 < len(table.rows) else None
    if (
        following is not None
        and len(filled(following)) >= 3
        and len(text.split()) <= 8
        and not text.endswith(".")
        and _titled(text)
    ):
        return Is.HEADING
    return Is.ACTION if len(text.split()) >= 4 else Is.HEADING


def _wraps_over_rows(table: Table) -> bool:
    """Whether the table keeps one cell's lines on rows of their own, as tables copied out of a page do."""
    action = table.index_of("action")
    lone = [row.cells[action].text for _, row in table.rows if action is not None and filled(row) == [action]]
    return sum(starts_torn(text) for text in lone) >= 3


def _lone_in_flow(text: str, number: int, table: Table, previous: RawAction | None, same_table: bool) -> Is:
    if previous is None or not same_table and not table.carried:
        return Is.HEADING
    before = one_line(previous.texts.get("action", ""))
    if re.search(r"[.!?]$", before) and len(text.split()) <= 7 and not text.endswith("."):
        return Is.HEADING
    return Is.CONTINUED


def _titled(text: str) -> bool:
    words = [w for w in text.split() if len(w) > 3]
    return bool(words) and text[0].isupper()


def _last_text(action: RawAction, role: Role | None) -> str:
    return action.texts.get(role or "action", "")


def _goes_on(table: Table, row: Row, title: str, previous: RawAction, walk: Walk, same_table: bool) -> bool:
    """Whether a row with a text of its own still continues the action above it."""
    before = one_line(previous.texts.get("action", "")[-200:])
    torn = starts_torn(title)
    unfinished = ends_unfinished(before)
    if split_code(title)[0] or not (torn or unfinished):
        return False
    owner = table.text(row, "owner")
    joined = f"{previous.texts.get('owner', '')} {owner}".strip()
    if owner and walk.parties.code_of(joined) and not walk.parties.code_of(owner):
        return True
    if ends_unfinished(previous.texts.get("owner", "")) or ends_unfinished(previous.texts.get("timeframe", "")):
        return True
    if _has_own_values(table, row, walk):
        return torn and unfinished and walk.flowing
    return True


def _enter_heading(table: Table, row: Row, walk: Walk) -> None:
    spanning = merged_across(row)
    index = table.index_of("code")
    cells = [i for i in filled(row) if row.cells[i].text.strip()]
    pieces = [one_line(spanning.text)] if spanning else [one_line(row.cells[i].text) for i in cells]
    label: str | None = None
    if not spanning and index is not None and cells and cells[0] == index and len(pieces) > 1:
        label = pieces.pop(0)
    title = _heading_text(pieces)
    if label is None:
        label, title = label_of(title)
    walk.enter_theme(Theme(label, title or (label or "")), heading=" ".join([label or "", title]).strip())


def _heading_text(pieces: list[str]) -> str:
    kept = [p.strip("• ").strip() for p in pieces]
    return " ".join(p for p in kept if p and re.search(r"\w", p))


def label_of(title: str) -> tuple[str | None, str]:
    """Label and title of a heading: "Theme 2" and "Recognition" in "Theme 2: Recognition"."""
    match = re.match(
        r"^(?P<label>(?:[A-Za-z]+ )?(?:theme|pillar|objective|aim|strand|priority|goal|area|pledge|recommendation|section|challenge|work ?stream|commitment|principle|part)\s+(?:\d{1,2}|[A-Z]))\s*[:.)–—-]+\s*(?P<title>\S.*)$",
        title,
        re.I,
    )
    if match:
        return match["label"], match["title"]
    match = (
        re.match(r"^(?P<label>(?:\w+ ){1,3}\d{1,2})\s*[:.)–—-]+\s*(?P<title>\S.*)$", title)
        if LABELLED.match(title)
        else None
    )
    if match:
        return match["label"], match["title"]
    match = re.match(r"^(?P<label>[A-Z]{0,4}\d{0,2}-?\d{1,2}|[A-Z])[.):]\s+(?P<title>\S.*)$", title)
    if match:
        return match["label"], match["title"]
    return None, title


def _begin(table: Table, row: Row, walk: Walk) -> RawAction:
    raw = RawAction(
        row_source(row, table.grid),
        frozenset(c.role for c in table.columns),
        business_as_usual=table.kind is Kind.BUSINESS_AS_USUAL,
    )
    themed = table.index_of("theme")
    if themed is not None and (text := table.cell_text(row, themed)):
        label, title = label_of(one_line(text))
        walk.enter_theme(Theme(label, title), heading=one_line(text))
    raw.theme, raw.inherited = walk.theme, list(walk.inherited)
    if table.kind is Kind.BUSINESS_AS_USUAL and themed is None:
        raw.theme, raw.inherited = None, []
    index = table.index_of("code")
    if index is not None and (text := table.cell_text(row, index)):
        raw.code = tidy_code(text) if is_code(text) else plain(text)
    _take_cells(raw, table, row, walk)
    if table.all_complete:
        raw.texts.setdefault("status", "Complete")
    title = raw.texts.get("action", "")
    if raw.code is None:
        raw.code, raw.texts["action"] = split_code(title)
    elif title:
        code, rest = split_code(title)
        if code == raw.code:
            raw.texts["action"] = rest
    return raw


def _continue(raw: RawAction, table: Table, row: Row, walk: Walk) -> None:
    raw.rows += 1
    _take_cells(raw, table, row, walk, continuing=True)


def _take_cells(raw: RawAction, table: Table, row: Row, walk: Walk, *, continuing: bool = False) -> None:
    for i, column in enumerate(table.columns):
        role = column.role
        text = table.cell_text(row, i)
        if not text or role in {"theme", "code"}:
            continue
        if continuing and i < len(row.cells) and row.cells[i].anchor and not row.cells[i].text:
            continue  # a merged value was taken with the area's first row
        if role is None:
            raw.extras.append((column.heading, text))
        elif role == "update" and _MARK.fullmatch(text):
            raw.marks.append(column.period or column.heading)
        elif role == "update" and re.fullmatch(r"(?i)(?:year|yr) \d", column.heading):
            _append(
                raw, "how", f"{column.heading}: {text}", continuing, walk
            )  # steps to come, not an account of the past
        elif role == "update":
            _take_update(raw, column.period or column.heading, column.heading, text)
        elif continuing and role in {"owner", "timeframe"} and _is_debris(role, text, raw, walk):
            raw.debris.append((role, text))
        else:
            _append(raw, role, text, continuing, walk)
    for i in range(len(table.columns), len(row.cells)):
        if row.cells[i].text.strip():
            raw.extras.append(("", row.cells[i].text.strip()))


def _take_update(raw: RawAction, period: str, heading: str, text: str) -> None:
    for n, (known, heads, said) in enumerate(raw.updates):
        if known == period and heads == heading:
            raw.updates[n] = (known, heads, f"{said}\n{text}")
            return
    raw.updates.append((period, heading, text))


def _append(raw: RawAction, role: Role, text: str, continuing: bool, walk: Walk) -> None:
    before = raw.texts.get(role, "")
    if not before:
        raw.texts[role] = text
        return
    if continuing and role == "owner" and walk.parties.code_of(f"{before} {text}"):
        raw.texts[role] = f"{before} {text}"
        return
    torn = role in {"action", "how", "success", "comments"} and (
        walk.flowing or ends_unfinished(before) or starts_torn(text)
    )
    raw.texts[role] = f"{before} {text}" if torn else f"{before}\n{text}"


def _is_debris(role: Role, text: str, raw: RawAction, walk: Walk) -> bool:
    """Whether a continued row's cell is a scanning ghost: it reads as nothing where the first row's cell reads well."""
    if not raw.texts.get(role):
        return False
    if role == "owner":
        if not re.search(r"[A-Za-z]{2}", text):
            return True
        known = walk.parties.code_of(text) or walk.parties.code_of(f"{raw.texts['owner']} {text}")
        return not known and len(plain(text)) <= 3 and bool(walk.parties.rows)
    frame = read_timeframe(text, phases=walk.phases).timeframe
    unread = not (frame.start or frame.end or frame.continuous)
    return unread and len(plain(text)) < 12 and not re.search(r"[A-Za-z]{3}", text)
