"""Glossaries and phase keys: tables headed "Abbreviation", and lists such as "TG Technical Group" or "(P1) Year 1 …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desaga.documents.model import Grid, Text

from .dates import find_dates, upper
from .document import Ledger, filled
from .model import GlossaryRow, Phase
from .words import key, plain

_CODE_HEAD = re.compile(r"^(abbr\w*|acronyms?|initials?|term|short ?forms?|short|code)s?\b", re.I)
_MEANING_HEAD = re.compile(
    r"^(description|meaning|definition|full\b.*|stands for|expan\w+|name|title|in full|what it means|role|term|explanation)",
    re.I,
)
_PERSON_HEAD = re.compile(r"person|contact|name|who|held by|post ?holder|current", re.I)
_LIST_HEAD = re.compile(
    r"\b(abbreviations?|glossary|acronyms?|key( to \w+( \w+)?)?(?! (?:actions?|objectives?|activit|tasks?|priorit|milestones?|areas?|steps?|themes?)\b)|initials|list of terms|owners? key|leads? key|short forms?|who(?:'s| is) who)\b",
    re.I,
)
_PHASE = re.compile(
    r"^\(?(?P<code>(?:P|Y|Yr|Ph|Phase|Year|S|Stage|T|Term)\.?\s?\d{1,2})\)?\b[\s:=\-–(]*(?P<rest>.*)$", re.I
)
_CODE = r"[A-Z][A-Za-z&]*(?:[-/&][A-Z][A-Za-z]*)*"
_ENTRY = re.compile(
    r"^(?:(?P<code>[A-Z][\w&/.-]{0,11}(?: [A-Z][a-z]{1,8}| [A-Z]{2,6})?)\s*(?P<sign>=|:|[-–—]|\t)\s*(?P<meaning>\S.*)"
    r"|(?P<code2>[A-Z][A-Z0-9&/-]{1,9}s?)\s+(?P<meaning2>[A-Z(].*))$"
)
#: An entry that explains itself wherever it stands: "TSM: Technical Services Manager".
_STRICT = re.compile(r"^(?P<code>(?=[^:=]*[A-Z][^:=]*[A-Z])[A-Z][A-Za-z&/-]{1,9})\s*[:=]\s*(?P<meaning>[A-Z].{3,90})$")
_NAME = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame)\.? )?[A-Z][a-zà-ÿ'’-]+(?: [A-Z]\.?)*(?: [A-Z][A-Za-zà-ÿ'’-]+){1,2}$"
)
_NOT_NAMES = frozenset(
    "technical manager director head group team office officer services service university faculty school department lead "
    "committee board business human resources partner professional support project steering working research innovation "
    "estates learning people culture learning union institute centre council deputy senior chief vice dean commitment "
    "communications marketing development careers unit network forum executive operations student education health "
    "safety information systems library equality diversity inclusion charter award science advance athena race".split()
)


def looks_like_name(text: str) -> bool:
    """Two or three capitalised words, none of which belongs to a role or a body."""
    text = plain(text)
    return bool(_NAME.match(text)) and not any(word in _NOT_NAMES for word in key(text).split())


def read_glossary_grid(grid: Grid, ledger: Ledger) -> list[GlossaryRow] | None:
    """The rows of a glossary table, or None where the table is something else."""
    for index, row in enumerate(grid.rows[:3]):
        heads = [plain(cell.text) for cell in row.cells]
        named = bool(_LIST_HEAD.search(grid.title or ""))
        if not is_glossary_head(heads, named=named):
            continue
        return _rows_under(grid, index, heads, ledger)
    return _headless(grid, ledger)


def is_glossary_head(texts: Sequence[str], *, named: bool = False) -> bool:
    """Whether a row heads a glossary ("Abbreviation", "Description"); `named` where a title already says so."""
    heads = [plain(text) for text in texts]
    first, others = heads[0] if heads else "", [h for h in heads[1:] if h]
    if not others or not _CODE_HEAD.match(first) or len(first) > 30:
        return False
    strong = bool(re.match(r"abbr|acronym|initial|short", first, re.I))
    return (
        (strong or named)
        if len(others) == 1 and not _MEANING_HEAD.match(others[0])
        else (strong or named or len(others) <= 3)
        and any(_MEANING_HEAD.match(h) for h in others)
        and not re.match(r"(?i)(code|role|title)$", first)
        or strong
        and named
    )


def is_list_heading_text(line: str) -> bool:
    """Whether a short line announces a list of abbreviations or a key."""
    return len(line) < 60 and bool(_LIST_HEAD.search(line)) and len(line.split()) <= 6


def _rows_under(grid: Grid, header: int, heads: list[str], ledger: Ledger) -> list[GlossaryRow]:
    meaning = next((i for i, h in enumerate(heads) if i and _MEANING_HEAD.match(h)), 1)
    person = next((i for i, h in enumerate(heads) if i not in (0, meaning) and _PERSON_HEAD.search(h)), None)
    comments = [i for i, h in enumerate(heads) if i not in (0, meaning, person)]
    ledger.use(*grid.rows[: header + 1])
    found: list[GlossaryRow] = []
    for row in grid.rows[header + 1 :]:
        texts = [cell.text.strip() for cell in row.cells]
        if not any(texts) or [plain(t) for t in texts] == heads:
            ledger.use(row)
            continue
        if not texts[0]:
            if found:  # a wrapped row continues the one above
                _continue_row(found[-1], texts, meaning, person)
                ledger.use(row)
            continue
        comment = "\n".join(texts[i] for i in comments if i < len(texts) and texts[i])
        who = texts[person] if person is not None and person < len(texts) else ""
        means = texts[meaning] if meaning < len(texts) else ""
        found += _run_together(texts[0], means, who, comment) or [
            _plain_row(plain(texts[0]), means, who, comment, named=person is not None)
        ]
        ledger.use(row)
    return found


def _plain_row(code: str, meaning: str, who: str, comment: str, *, named: bool) -> GlossaryRow:
    """One row; where the table has no column for people, a name in the meaning is parted from it."""
    row = GlossaryRow(code, meaning, who or None) if named else _with_person(code, meaning)
    row.comment = comment or None
    return row


def _run_together(code: str, meaning: str, who: str, comment: str) -> list[GlossaryRow]:
    """Several rows whose lines stand in one ("BIDA", "Comms" over one another); none where it is one row."""
    codes = [c.strip() for c in code.split("\n") if c.strip()]
    lines = [m.strip() for m in meaning.split("\n") if m.strip()]
    if len(codes) < 2 or len(codes) != len(lines) or not all(re.fullmatch(_CODE + r"(?: [A-Z]\w+)?", c) for c in codes):
        return []
    people, comments = (
        part.split("\n") if part.count("\n") == len(codes) - 1 else [""] * len(codes) for part in (who, comment)
    )
    return [
        GlossaryRow(c, m, p.strip() or None, k.strip() or None)
        for c, m, p, k in zip(codes, lines, people, comments, strict=True)
    ]


def continue_glossary(grid: Grid, columns: int, ledger: Ledger) -> list[GlossaryRow] | None:
    """A table without heads that goes on from a glossary of as many columns on the page before, or None."""
    rows = [row for row in grid.rows if filled(row)]
    codes = [plain(row.cells[0].text) for row in rows]
    if (
        not rows
        or len(grid.rows[0].cells) != columns
        or not all(re.fullmatch(_CODE + r"(?: [A-Z]\w+)?", c) and len(c) <= 14 for c in codes)
    ):
        return None
    return _rows_under(grid, -1, ["Abbreviation", "Description", "Person", "Comment"][:columns], ledger)


def _continue_row(row: GlossaryRow, texts: list[str], meaning: int, person: int | None) -> None:
    if meaning < len(texts) and texts[meaning]:
        row.meaning = f"{row.meaning} {texts[meaning]}".strip()
    if person is not None and person < len(texts) and texts[person]:
        row.person = f"{row.person or ''} {texts[person]}".strip()


def _headless(grid: Grid, ledger: Ledger) -> list[GlossaryRow] | None:
    """A two- or three-column table whose first column is abbreviations only, named a glossary by its title."""
    rows = [row for row in grid.rows if filled(row)]
    if not rows or len(grid.rows[0].cells) > 4 or not _LIST_HEAD.search(grid.title or ""):
        return None
    codes = [plain(row.cells[0].text) for row in rows]
    if sum(bool(re.fullmatch(_CODE + r"(?: [A-Z]\w+)?", code)) and len(code) <= 14 for code in codes) < 0.8 * len(rows):
        return None
    return _rows_under(Grid(tuple(grid.rows), grid.source, grid.title), -1, [""] * len(grid.rows[0].cells), ledger)


def read_glossary_list(texts: Sequence[Text], ledger: Ledger) -> tuple[list[GlossaryRow], list[Phase]]:
    """Abbreviations and phases from lines under a heading such as "Abbreviations"; phases are read anywhere."""
    rows: list[GlossaryRow] = []
    phases: list[Phase] = []
    under_heading = False
    for text in texts:
        line = plain(text.text)
        if not line:
            continue
        if _is_list_heading(text, line):
            under_heading = True
            ledger.use(text)
            continue
        dated = _phases_of(line)
        if dated:
            phases += dated
            ledger.use(text)
            continue
        if text.kind == "heading":
            under_heading = False
        if not under_heading:
            strict = explained_by(line)
            if strict:
                rows += strict
                ledger.use(text)
            continue
        entries = [e for part in _entries_of(line) if (e := _entry(part, {row.code for row in rows}))]
        if entries:
            rows.extend(entries)
            ledger.use(text)
        elif text.kind == "paragraph" and len(line) > 90:
            under_heading = False
    return rows, phases


def explained_by(line: str) -> list[GlossaryRow]:
    """The abbreviations that a line explains by itself, one or several; none where any part of it does not."""
    body = re.sub(r"^(?:key(?: to \w+)?|abbreviations?|initials|leads?|owners?)\s*:\s*", "", line, flags=re.I)
    entries = [strict_entry(part) for part in _entries_of(body)]
    return [entry for entry in entries if entry] if all(entries) else []


def is_key_line(line: str) -> bool:
    """Whether a line is a key by itself: abbreviations explained or phases dated."""
    return bool(explained_by(line)) or bool(_phases_of(line))


def strict_entry(line: str) -> GlossaryRow | None:
    """The abbreviation that a line explains by itself ("TSM: Technical Services Manager"), or None."""
    match = _STRICT.match(line.strip(" .;"))
    if not match or read_phase(line) or re.search(r"(?i)^(?:rag|kpis?|ref|id|faqs?|nb)$", match["code"]):
        return None
    letters = [c for c in match["code"] if c.isupper()]
    heads = [w[0].upper() for w in re.findall(r"[A-Za-z]+", match["meaning"])]
    return _with_person(match["code"], match["meaning"]) if letters[0] in heads else None


def _phases_of(line: str) -> list[Phase]:
    """One phase a line, or several: "Key: Y1 = August 2024 to July 2025; Y2 = …"."""
    parts = re.split(
        r"\s*[;|]\s*|,\s+(?=(?:P|Y|Yr|Year|Phase)\s?\d)",
        re.sub(r"^(?:key|phases?|years?)\s*:\s*", "", line, flags=re.I).rstrip(" ."),
    )
    found = [phase for part in parts if (phase := read_phase(part))]
    return found if len(found) == len(parts) else []


def _is_list_heading(text: Text, line: str) -> bool:
    return (
        len(line) < 60
        and bool(_LIST_HEAD.search(line))
        and (text.kind == "heading" or line.endswith(":") or len(line.split()) <= 5)
    )


def _entries_of(line: str) -> list[str]:
    """A line's entries: "TG = Technical Group; HR = Human Resources" is two."""
    parts = re.split(r";\s+(?=[A-Z][\w&/]{0,9}\s*[=:–-])", line)
    return parts if len(parts) > 1 else [line]


def _entry(line: str, known: set[str]) -> GlossaryRow | None:
    match = _ENTRY.match(line.strip(" .;"))
    if not match:
        return None
    code = (match["code"] or match["code2"]).strip()
    meaning = (match["meaning"] or match["meaning2"]).strip()
    if code in known and (more := re.match(r"([A-Z][a-z]{1,6}) (.+)", meaning)):
        code, meaning = f"{code} {more[1]}", more[2]  # "TG Rep …" where TG is explained already
    if match["code"] and match["sign"] == "-" and " - " not in line and "- " not in line:
        return None
    if not re.search(r"[A-Z]", code) or len(code) > 20:
        return None
    return _with_person(code, meaning)


def _with_person(code: str, meaning: str) -> GlossaryRow:
    """The row with its person set apart: "Ann Smith, Technical Manager" names one, as does "Manager (Ann Smith)"."""
    if len(meaning) > 400:
        return GlossaryRow(code, meaning)
    first, _, rest = meaning.partition(",")
    if looks_like_name(first):
        return GlossaryRow(code, rest.strip() or meaning, first.strip())
    match = re.fullmatch(r"(?P<meaning>.+?)\s*\((?P<person>[^()]+)\)", meaning)
    if match and (
        all(looks_like_name(p) for p in match["person"].split("/"))
        or re.match(r"(?:Chair|Contact|Lead): ", match["person"])
    ):
        return GlossaryRow(code, match["meaning"], match["person"])
    match = re.fullmatch(r"(?P<meaning>.+?)\s*[-:,]\s*(?P<person>[^,:]+)", meaning)
    if match and looks_like_name(match["person"]):
        return GlossaryRow(code, match["meaning"], match["person"])
    return GlossaryRow(code, meaning)


def read_phase(line: str) -> Phase | None:
    """The phase that a line dates ("(P2) Phase 2: Jan 2026 to December 2026"); a mere mention dates none."""
    match = _PHASE.match(line.strip())
    if not match or len(line) > 90:
        return None
    rest = match["rest"]
    dates, _ = find_dates(rest)
    leftover = re.sub(
        r"(?i)\b(phase|year|yr|stage|term|from|to|the|of|and|academic|ay|jan|by|until)\b|[\d\W_]",
        "",
        _without(rest, [(d.at, d.to) for d in dates]),
    )
    if not dates or len(leftover) > 12:
        return None
    code = re.sub(r"[\s.]", "", match["code"])
    code = re.sub(r"(?i)^(phase|ph)", "P", re.sub(r"(?i)^(year|yr)", "Y", code))
    return Phase(code, min(d.start for d in dates), max((d.end for d in dates), key=upper))


def read_phase_grid(grid: Grid, ledger: Ledger) -> list[Phase] | None:
    """A small table whose every row dates a phase ("Year 1 | August 2024 | July 2025")."""
    rows = [row for row in grid.rows if filled(row)]
    if not 1 <= len(rows) <= 12:
        return None
    found = [(row, read_phase(plain(" ".join(c.text for c in row.cells)))) for row in rows]
    phases = [phase for _, phase in found if phase]
    if len(phases) < max(1, len(rows) - 1):
        return None
    ledger.use(*rows)
    return phases


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text
