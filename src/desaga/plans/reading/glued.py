"""Tables with one row a line and nothing between the cells: "A.1 Start a lunchtime talk HTS/COM Ongoing Amber"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desaga.documents.model import Cell, Grid, Row, Text

from .dates import find_dates
from .fields import is_time
from .fits import Ways, fit, is_heading
from .headings import Column, Role, column_of
from .owners import names_party
from .parted import NOISE, Rebuilt, has_rows, row_of
from .values import is_code, read_status
from .words import key, plain

_MAY_HEAD = re.compile(
    r"\b(?:action|activity|objective|task|what|initiative|step|measure|deliverable|recommendation)", re.I
)
_LONGEST_ROW = 600
_LIMITS: dict[Role, int] = {
    "status": 4,
    "rag": 1,
    "timeframe": 8,
    "start": 4,
    "end": 4,
    "owner": 7,
    "code": 2,
    "theme": 4,
    "alignment": 8,
}
_OPENS_STATUS = frozenset("not in on partially partly nearly yet to no under at off".split())


def glued_tables(texts: Sequence[Text], ways: Ways) -> Rebuilt:
    """The table under the first line that is several headings in a row; empty where there is none."""
    for start, text in enumerate(texts):
        columns = _heads_of(plain(text.text))
        if columns is None:
            continue
        rows, used = _rows_under(texts, start, columns, ways)
        if has_rows(rows):
            head = Row(tuple(Cell(c.heading, text.source) for c in columns), text.source, True)
            return [(Grid((head, *rows), text.source), [text, *used])]
    return []


def _heads_of(line: str) -> list[Column] | None:
    """ "Ref Pillar Action Who When Status" is six headings; ordinary sentences are none."""
    words = line.split()
    if not 3 <= len(words) <= 16 or line.endswith((".", ",", ":")) or not _MAY_HEAD.search(line):
        return None
    best: list[list[Column] | None] = [[]] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - 4), end):
            before, current = best[start], best[end]
            if before is None or not words[start][0].isupper():
                continue
            column = _head_of(" ".join(words[start:end]))
            if column.role is None or column.role in {c.role for c in before} - {"comments"}:
                continue
            if current is None or len(before) + 1 > len(current):
                best[end] = [*before, column]
    columns = best[-1]
    roles = {c.role for c in columns or []}
    if columns is None or len(columns) < 3 or "action" not in roles:
        return None
    return columns if roles & {"owner", "timeframe", "end", "status"} else None


def _head_of(words: str) -> Column:
    if words in {"By", "Due"}:
        return Column("timeframe", words)
    return Column(None, words) if re.match(r"By [A-Z]{2}", words) else column_of(words)


def _rows_under(texts: Sequence[Text], start: int, columns: list[Column], ways: Ways) -> tuple[list[Row], list[Text]]:
    heads = key(texts[start].text)
    rows = [
        row_of([plain(t.text)] + [""] * (len(columns) - 1), t)
        for t in texts[max(0, start - 2) : start]
        if is_heading(plain(t.text), ways)
    ]
    furniture = _repeated(texts)
    used: list[Text] = []
    for number, line in enumerate(texts[start + 1 :], start=start + 1):
        words = plain(f"{line.marker} {line.text}" if line.marker and is_code(line.marker) else line.text)
        if not words or NOISE.match(words) or key(words) == heads or key(words) in furniture:
            used.append(line)
            continue
        if line.kind == "heading" and not is_heading(words, ways) or len(words.split()) > _LONGEST_ROW:
            break
        if _stands_before_heads(texts, number, heads) and not is_heading(words, ways):
            continue  # what stands between a pillar and the headings that come again defines the pillar
        rows.append(row_of(_unglue(words, columns, ways), line))
        used.append(line)
    return rows, used


def _repeated(texts: Sequence[Text]) -> set[str]:
    """Titles and footers that stand on every page."""
    seen: dict[str, int] = {}
    for text in texts:
        seen[key(text.text)] = seen.get(key(text.text), 0) + 1
    early = {key(text.text) for text in texts[:3]}
    return {words for words, times in seen.items() if times > 1 and words in early}


def _stands_before_heads(texts: Sequence[Text], number: int, heads: str) -> bool:
    return any(key(text.text) == heads for text in texts[number + 1 : number + 2])


def _unglue(words: str, columns: list[Column], ways: Ways) -> list[str]:
    """One line's cells: closed values are taken from both ends, what remains is the action."""
    if is_heading(words, ways):
        return [words] + [""] * (len(columns) - 1)
    cells = [""] * len(columns)
    roles = [column.role for column in columns]
    action = roles.index("action")
    tokens = words.split()
    comments = next((i for i in range(action + 1, len(roles)) if roles[i] == "comments"), None)
    if comments is not None and (tail := _tail_after_time(tokens, roles, comments)):
        tokens, cells[comments] = tokens[:-tail], " ".join(tokens[-tail:])
    for index in range(action):
        size = _longest(tokens, roles[index], ways, from_end=False)
        if size:
            cells[index], tokens = " ".join(tokens[:size]), tokens[size:]
    for index in range(len(columns) - 1, action, -1):
        size = _longest(tokens, roles[index], ways, from_end=True)
        if size:
            cells[index], tokens = " ".join(tokens[-size:]), tokens[:-size]
    cells[action] = " ".join(tokens)
    return cells


def _tail_after_time(tokens: list[str], roles: list[Role | None], comments: int) -> int:
    """How many words stand after the line's last time, where comments come last and the line has a time."""
    if comments != len(roles) - 1 or "timeframe" not in roles:
        return 0
    for end in range(len(tokens) - 1, max(2, len(tokens) - 60), -1):
        for start in range(max(0, end - 3), end):
            if is_time(" ".join(tokens[start:end])) and re.search(r"\d|(?i:ongoing|tb[cad])$", tokens[end - 1]):
                return len(tokens) - end
    return 0


def _longest(tokens: list[str], role: Role | None, ways: Ways, *, from_end: bool) -> int:
    """How many words at one end of the line make a value of the role; 0 for none."""
    limit = _LIMITS.get(role, 0) if role else 0
    sizes = range(1, min(limit, len(tokens) - (2 if from_end else 1)) + 1)
    if role == "owner" and (known := [n for n in sizes if _known_run(tokens[-n:], ways)]):
        return max(known)
    return max((size for size in sizes if _suits(tokens, size, role, ways, from_end=from_end)), default=0)


def _suits(tokens: list[str], size: int, role: Role | None, ways: Ways, *, from_end: bool) -> bool:
    part = tokens[-size:] if from_end else tokens[:size]
    words = " ".join(part)
    if role == "status":
        return _is_status(part)
    if role == "owner" and not _begins_party(tokens, size):
        return False
    if role in {"start", "end"} and len(find_dates(words)[0]) > 1:
        return False
    return fit(words, role, ways) >= (2.5 if role in {"timeframe", "start", "end"} else 1.5)


def _is_status(part: list[str]) -> bool:
    """ "Complete" or "Not started", and not the date before it as well."""
    opens = len(part) == 1 or part[0].casefold() in _OPENS_STATUS
    return opens and part[0][0].isupper() and read_status(" ".join(part)) is not None


def _known_run(part: list[str], ways: Ways) -> bool:
    """Whether the words are parties of the glossary and nothing else."""
    words = " ".join(part)
    pieces = [piece for piece in re.split(r"\s*[;,/&]\s*|\s+and\s+|\s+", words) if piece]
    return all(ways.parties.code_of(piece) for piece in pieces) or ways.parties.code_of(words) is not None


def _begins_party(tokens: list[str], size: int) -> bool:
    """Whether the last words name a party and begin one: a run of capitalised words after one that is not."""
    part = " ".join(tokens[-size:])
    before = tokens[-size - 1] if len(tokens) > size else ""
    return part[0].isupper() and not (before[:1].isupper() and len(tokens) > size + 1) and names_party(part)
