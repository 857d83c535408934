"""Tables that have come apart into lines: one cell a line, one row a line, cells parted by bars or wide spaces.

Copying a table out of a page loses its rules, and often its empty cells with them. The headings, standing in the
lines too, say which columns there were; each line or piece is then given to the column that its words fit, by the
best path over the whole table (a small Viterbi search), never by counting alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desaga.documents.model import Cell, Grid, Row, Text

from .alignments import Principles, alignments_of_heading, read_alignments
from .fields import is_time
from .headings import Column, Role, column_of, looks_like_heads
from .owners import Parties, names_party
from .rows import THEME_LABEL
from .timeframes import read_timeframe
from .values import is_code, read_rag, read_status
from .words import ends_unfinished, key, plain, starts_torn, strip_bullet

_BARS = re.compile(r"\s*\|\s*|\t+")
_WIDE = re.compile(r"\s{2,}|\t+")
_STROKES = re.compile(r"\s+/\s+")
_NOISE = re.compile(r"^(?:page \d+(?: of \d+)?|\d{1,3}|[-–_=|\s]+)$", re.I)
_OPENERS = frozenset("the a an and or of to in for our this is are we with".split())


@dataclass(frozen=True, slots=True)
class Ways:
    """What is known of the document while its lines are told apart."""

    parties: Parties
    principles: Principles


@dataclass(slots=True)
class _Piece:
    words: str
    text: Text


def tables_of_lines(texts: Sequence[Text], ways: Ways) -> list[tuple[Grid, list[Text]]]:
    """Tables rebuilt from lines, each with the lines it was made of. Empty where there is no heading to go by."""
    for rebuild in (_parted, _one_cell_a_line, _one_row_a_line):
        found = rebuild(list(texts), ways)
        if found:
            return found
    return []


# --- cells parted by a sign --------------------------------------------------------------------------------------


def _parted(texts: list[Text], ways: Ways) -> list[tuple[Grid, list[Text]]]:
    for sign in (_BARS, _WIDE, _STROKES):
        for start, text in enumerate(texts):
            heads = _split(text.text, sign)
            if len(heads) < 3 or looks_like_heads(heads) is None:
                continue
            rows, used = _parted_rows(texts, start, heads, sign, ways)
            if sum(len([c for c in row.cells if c.text]) >= 2 for row in rows[1:]) >= 2:
                return [(Grid(tuple(rows), texts[start].source), used)]
    return []


def _split(line: str, sign: re.Pattern[str]) -> list[str]:
    parts = [part.strip() for part in sign.split(line.strip())]
    while parts and not parts[0]:
        parts.pop(0)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _parted_rows(
    texts: list[Text], start: int, heads: list[str], sign: re.Pattern[str], ways: Ways
) -> tuple[list[Row], list[Text]]:
    columns = [column_of(head) for head in heads]
    rows = [_row(heads, texts[start])]
    used = [texts[start]]
    for text in texts[start + 1 :]:
        line = f"{text.marker} {text.text}" if text.marker and is_code(text.marker) else text.text
        parts = _split(line, sign)
        if not parts or _NOISE.match(line):
            used.append(text)
            continue
        if len(parts) == 1 and (
            len(parts[0].split()) > 40 or text.blank_before > 2 and not _is_heading(parts[0], ways)
        ):
            break
        if len(parts) > len(heads):
            parts = [*parts[: len(heads) - 1], " ".join(parts[len(heads) - 1 :])]
        if 1 < len(parts) < len(heads):
            parts = _spread(parts, columns, ways)
        rows.append(_row(parts + [""] * (len(heads) - len(parts)), text))
        used.append(text)
    return rows, used


def _row(cells: Sequence[str], text: Text, header: bool = False) -> Row:
    return Row(tuple(Cell(cell, text.source, bold=text.bold) for cell in cells), text.source, header)


def _spread(parts: list[str], columns: list[Column], ways: Ways) -> list[str]:
    """The parts in the columns that fit them best, order kept, empty cells where none does."""
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for column in columns:
        after: dict[int, tuple[float, list[str]]] = {}
        for taken, (score, cells) in best.items():
            _keep(after, taken, score, [*cells, ""])
            if taken < len(parts):
                _keep(after, taken + 1, score + 4 + _fit(parts[taken], column.role, ways), [*cells, parts[taken]])
        best = after
    return best[max(best)][1]


def _keep(table: dict[int, tuple[float, list[str]]], at: int, score: float, cells: list[str]) -> None:
    if at not in table or table[at][0] < score:
        table[at] = (score, cells)


# --- one cell a line ---------------------------------------------------------------------------------------------


def _one_cell_a_line(texts: list[Text], ways: Ways) -> list[tuple[Grid, list[Text]]]:
    run = _head_run(texts)
    if run is None:
        return []
    start, end = run
    heads = [plain(t.text) for t in texts[start:end]]
    columns = [column_of(head) for head in heads]
    columns = _with_unnamed(columns, texts[end:], ways)
    pieces, used = _pieces_under(texts, start, end, heads, ways)
    if len(pieces) < 2:
        return []
    rows = _records(pieces, columns, ways)
    if sum(len([c for c in row.cells if c.text]) >= 2 for row in rows) < 2:
        return []
    head = Row(tuple(Cell(c.heading, texts[start].source) for c in columns), texts[start].source, True)
    return [(Grid((head, *rows), texts[start].source), used)]


def _head_run(texts: list[Text]) -> tuple[int, int] | None:
    """Where consecutive short lines are the headings of a table; two will do where they are plainly headings."""
    for start in range(len(texts)):
        roles: list[Role] = []
        end = start
        while (
            end < len(texts)
            and _head_role(texts[end]) is not None
            and (end == start or texts[end].kind == texts[start].kind)
        ):
            role = _head_role(texts[end])
            assert role is not None
            if role in roles and role not in {"owner", "comments"}:
                break
            roles.append(role)
            end += 1
        strong = (
            len(roles) >= 3
            and "action" in roles
            or len(roles) == 2
            and "action" in roles
            and bool(re.match(r"(?i)planned|key|proposed", texts[start].text))
        )
        if strong and end < len(texts):
            return start, end
    return None


def _head_role(text: Text) -> Role | None:
    line = plain(text.text)
    if (
        not line
        or re.search(r":\s*\S", line)
        or len(line.split()) > 6
        or line.endswith((".", ";"))
        or text.kind == "item"
        or line.split()[0].casefold() in _OPENERS
    ):
        return None
    return column_of(line).role


def _with_unnamed(columns: list[Column], texts: list[Text], ways: Ways) -> list[Column]:
    """Columns whose one-word headings were lost with the table, added where lines of their kind keep coming."""
    if len(columns) > 2:
        return columns
    lines = [plain(t.text) for t in texts[:60] if plain(t.text)]
    roles = {c.role for c in columns}
    wanted: list[Column] = [columns[0]]
    if "alignment" not in roles and sum(_fit(line, "alignment", ways) > 0 for line in lines) >= 2:
        wanted.append(Column("alignment", "Pillar"))
    if "timeframe" not in roles and sum(is_time(line) for line in lines) >= 2:
        wanted.append(Column("timeframe", "Timescale"))
    wanted += columns[1:]
    if "owner" not in roles and sum(_fit(line, "owner", ways) > 0 for line in lines) >= 2:
        wanted.append(Column("owner", "Lead"))
    return wanted


def _pieces_under(
    texts: list[Text], start: int, end: int, heads: list[str], ways: Ways
) -> tuple[list[_Piece], list[Text]]:
    known = {key(head) for head in heads}
    before = {key(t.text) for t in texts[:start] if len(t.text.split()) <= 14}
    pieces: list[_Piece] = []
    used = list(texts[start:end])
    for text in texts[end:]:
        line = strip_bullet(text.text)
        if not plain(line):
            continue
        if text.kind == "heading" and not _is_heading(plain(line), ways) and len(pieces) > 3:
            break
        used.append(text)
        if _NOISE.match(line) or key(line) in known or key(line) in before:
            continue
        pieces.append(_Piece(line, text))
    return pieces, used


def _is_heading(line: str, ways: Ways) -> bool:
    return (
        bool(alignments_of_heading(line, ways.principles))
        and len(line.split()) <= 10
        or bool(THEME_LABEL.match(line))
        and len(line.split()) <= 16
    )


def _records(pieces: list[_Piece], columns: list[Column], ways: Ways) -> list[Row]:
    """Rows from a run of cells: the best path of columns over all the lines."""
    width = len(columns)
    roles = [c.role for c in columns]
    action = roles.index("action")
    first = roles.index("code") if "code" in roles and roles.index("code") < action else min(_leading(roles), action)
    heading = width  # one more state: a heading between two records
    fits = [
        [_fit(p.words, role, ways) for role in roles]
        + [2.5 if _is_heading(plain(p.words), ways) and not {"theme", "alignment"} & set(roles) else -6.0]
        for p in pieces
    ]
    scores = [[-1e9] * (width + 1) for _ in pieces]
    came = [[-1] * (width + 1) for _ in pieces]
    for j in range(width + 1):
        scores[0][j] = fits[0][j] + (_opening(j, first, action, roles) if j < width else 0.0)
    for i in range(1, len(pieces)):
        for j in range(width + 1):
            for k in range(width + 1):
                step = scores[i - 1][k] + _step(
                    k, j, first, action, heading, roles, pieces[i - 1].words, pieces[i].words
                )
                if step > scores[i][j] - fits[i][j]:
                    scores[i][j] = step + fits[i][j]
                    came[i][j] = k
    path = [max(range(width + 1), key=lambda j: scores[-1][j])]
    for i in range(len(pieces) - 1, 0, -1):
        path.append(came[i][path[-1]])
    return _rows_of(pieces, path[::-1], width)


def _leading(roles: list[Role | None]) -> int:
    return next((i for i, role in enumerate(roles) if role in {"theme", "alignment"}), len(roles))


def _opening(j: int, first: int, action: int, roles: list[Role | None]) -> float:
    """The price of beginning a record at column j."""
    if j == first:
        return -0.3
    if j <= action:
        return -1.0 - (2.0 if "code" in roles[:j] else 0.0)
    return -5.0


def _step(
    k: int, j: int, first: int, action: int, heading: int, roles: list[Role | None], before: str, here: str
) -> float:
    """The price of a line in column j after a line in column k."""
    if j == heading or k == heading:
        return 0.0 if j == heading else _opening(j, first, action, roles)
    if j == k:
        return -0.2 if starts_torn(here) or ends_unfinished(before) else -0.9
    if j > k:
        return -0.35 * (j - k - 1)
    return _opening(j, first, action, roles)


def _rows_of(pieces: list[_Piece], path: list[int], width: int) -> list[Row]:
    rows: list[Row] = []
    cells: list[str] = [""] * width
    where: Text | None = None
    last = -1

    def close() -> None:
        nonlocal cells, where
        if where is not None:
            rows.append(_row(cells, where))
        cells, where = [""] * width, None

    for piece, column in zip(pieces, path, strict=True):
        if column == width:
            close()
            rows.append(_row([piece.words] + [""] * (width - 1), piece.text))
            last = -1
            continue
        if column < last or where is None:
            close()
            where = piece.text
        cells[column] = f"{cells[column]}\n{piece.words}".strip()
        last = column
    close()
    return rows


def _fit(words: str, role: Role | None, ways: Ways) -> float:
    """How well a line suits a column; about 3 for a perfect fit, -3 for a bad one."""
    flat = plain(words)
    count = len(flat.split())
    if role == "code":
        return 3.0 if is_code(flat) else -5.0
    if role in {"timeframe", "start", "end"}:
        if is_time(flat):
            return 3.0
        frame = read_timeframe(flat).timeframe
        return 1.5 if (frame.start or frame.end or frame.continuous) and count <= 10 else -3.0
    if role in {"owner", "support", "oversight"}:
        return _fit_owner(flat, count, ways)
    if role in {"status", "rag"}:
        return 2.8 if count <= 4 and (read_status(flat) or read_rag(flat)[0]) else -3.0
    if role in {"theme", "alignment"}:
        found, unknown, _ = read_alignments(flat, ways.principles)
        if found and not unknown:
            return 3.0
        return 1.0 if role == "theme" and THEME_LABEL.match(flat) else -3.0
    telling = (
        is_code(flat)
        or is_time(flat)
        or count <= 3
        and bool(read_status(flat))
        or ways.parties.code_of(flat) is not None
    )
    return -1.5 if telling else (1.0 if count >= 4 else 0.3)


def _fit_owner(flat: str, count: int, ways: Ways) -> float:
    if is_time(flat) or is_code(flat) or read_status(flat) and count <= 2:
        return -3.0
    pieces = [p for p in re.split(r"\s*[;,/&]\s*| and ", flat) if p]
    if pieces and all(ways.parties.code_of(p) for p in pieces):
        return 3.0
    return 1.8 if count <= 12 and names_party(flat) else -2.5


# --- one row a line, cells parted by nothing ---------------------------------------------------------------------


def _one_row_a_line(texts: list[Text], ways: Ways) -> list[tuple[Grid, list[Text]]]:
    for start, text in enumerate(texts):
        columns = _glued_heads(plain(text.text))
        if columns is None:
            continue
        rows = [Row(tuple(Cell(c.heading, text.source) for c in columns), text.source, True)]
        used = [text]
        for line in texts[start + 1 :]:
            words = plain(f"{line.marker} {line.text}" if line.marker and is_code(line.marker) else line.text)
            if not words or _NOISE.match(words):
                used.append(line)
                continue
            if line.kind == "heading" and not _is_heading(words, ways) or len(words.split()) > 120:
                break
            cells = _unglue(words, columns, ways)
            rows.append(_row(cells, line))
            used.append(line)
        if sum(len([c for c in row.cells if c.text]) >= 2 for row in rows[1:]) >= 2:
            return [(Grid(tuple(rows), text.source), used)]
    return []


def _glued_heads(line: str) -> list[Column] | None:
    """ "Ref Pillar Action Who When Status" is six headings; ordinary sentences are none."""
    words = line.split()
    if not 3 <= len(words) <= 14 or line.endswith((".", ",", ":")):
        return None
    best: list[list[Column] | None] = [[]] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - 4), end):
            before = best[start]
            if before is None or not words[start][0].isupper():
                continue
            column = column_of(" ".join(words[start:end]))
            if column.role is None or column.role in {c.role for c in before}:
                continue
            current = best[end]
            if current is None or len(before) + 1 > len(current):
                best[end] = [*before, column]
    columns = best[-1]
    if columns is None or len(columns) < 3 or "action" not in {c.role for c in columns}:
        return None
    return columns if {c.role for c in columns} & {"owner", "timeframe", "end", "status"} else None


def _unglue(words: str, columns: list[Column], ways: Ways) -> list[str]:
    """One line's cells: closed values are taken from both ends, what remains is the action."""
    cells = [""] * len(columns)
    action = next(i for i, c in enumerate(columns) if c.role == "action")
    tokens = words.split()
    if _is_heading(words, ways):
        return [words] + [""] * (len(columns) - 1)
    comments = next((i for i, c in enumerate(columns) if c.role == "comments" and i > action), None)
    tail = _tail_after_time(tokens, columns, comments) if comments is not None else None
    if tail and comments is not None:
        tokens, cells[comments] = tokens[: len(tokens) - tail], " ".join(tokens[len(tokens) - tail :])
    for index in range(action):
        size = _longest(tokens, columns[index].role, ways, from_end=False)
        if size:
            cells[index], tokens = " ".join(tokens[:size]), tokens[size:]
    for index in range(len(columns) - 1, action, -1):
        size = _longest(tokens, columns[index].role, ways, from_end=True) if index != comments else 0
        if size:
            cells[index], tokens = " ".join(tokens[-size:]), tokens[:-size]
    cells[action] = " ".join(tokens)
    return cells


def _tail_after_time(tokens: list[str], columns: list[Column], comments: int) -> int:
    """How many words stand after the line's last time, where comments come last and the line has a time."""
    if comments != len(columns) - 1 or not any(c.role == "timeframe" for c in columns):
        return 0
    for end in range(len(tokens) - 1, 2, -1):
        for start in range(max(0, end - 3), end):
            if is_time(" ".join(tokens[start:end])) and re.search(r"\d|(?i:ongoing|tb[cad])$", tokens[end - 1]):
                return len(tokens) - end
    return 0


def _longest(tokens: list[str], role: Role | None, ways: Ways, *, from_end: bool) -> int:
    """How many words at one end of the line make a value of the role; 0 for none."""
    limit = {
        "status": 4,
        "rag": 1,
        "timeframe": 8,
        "start": 4,
        "end": 4,
        "owner": 7,
        "code": 2,
        "theme": 4,
        "alignment": 8,
    }.get(role or "", 0)
    sizes = range(1, min(limit, len(tokens) - (2 if from_end else 1)) + 1)
    if role == "owner" and (known := [n for n in sizes if _known_run(tokens[-n:], ways)]):
        return max(known)
    best = 0
    for size in sizes:
        part = tokens[-size:] if from_end else tokens[:size]
        words = " ".join(part)
        if role == "owner" and not _party_run(tokens, size):
            continue
        if role == "status" and not _is_status_run(part):
            continue
        if role != "status" and _fit(words, role, ways) < (2.5 if role in {"timeframe", "start", "end"} else 1.5):
            continue
        best = size
    return best


def _is_status_run(part: list[str]) -> bool:
    """ "Complete" or "Not started", and not the date before it as well."""
    words = " ".join(part)
    opens = len(part) == 1 or part[0].casefold() in {
        "not",
        "in",
        "on",
        "partially",
        "partly",
        "nearly",
        "yet",
        "to",
        "no",
        "under",
        "at",
        "off",
    }
    return words[0].isupper() and opens and read_status(words) is not None


def _known_run(part: list[str], ways: Ways) -> bool:
    """Whether the words are parties of the glossary and nothing else."""
    return (
        all(ways.parties.code_of(p) for p in re.split(r"\s*[;,/&]\s*|\s+and\s+|\s+", " ".join(part)) if p)
        or ways.parties.code_of(" ".join(part)) is not None
    )


def _party_run(tokens: list[str], size: int) -> bool:
    """Whether the last words name a party and begin one: a run of capitalised words after one that is not."""
    part = " ".join(tokens[-size:])
    before = tokens[-size - 1] if len(tokens) > size else ""
    return part[0].isupper() and not (before[:1].isupper() and len(tokens) > size + 1) and names_party(part)
