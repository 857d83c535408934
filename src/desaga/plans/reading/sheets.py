"""Frameworks that the document itself spells out: recommendations, pledges, pillars, values.

Their labels are often torn from their text: lost on some rows, or standing on the last line of the text
("pledges whose text stands above their label"). A lost label is set again only where the numbering of the
neighbours and the row's own words leave one place for it, and the sheet's notice says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from desaga.documents.model import Grid

from .alignments import shipped_as
from .document import Ledger, filled
from .headings import column_of, period_in
from .model import FrameworkSheet, Notice, Principle
from .words import ends_unfinished, key, one_line, plain, starts_torn

_NAME = re.compile(
    r"\b(recommendations?|pledges?|pillars?|values|principles?|sign[- ]?up|commitments?|framework|charter|concordat|behaviours|strategic (?:aims|priorities|objectives))\b",
    re.I,
)
_NOT_NAME = re.compile(r"\b(action plan|timeframe|owner|progress|status|lead)\b", re.I)
_LABEL = re.compile(r"^(?:[A-Z][A-Za-z0-9]{0,7}[ -]?)?\d{1,2}[.:)]?$")
_EXPLAINS = re.compile(
    r"^(this|these|for example|along with|a good example|we |it |such|in addition|examples|e\.g|where|pilot|to enable|also|managers|institutions|universities|learned|the future)",
    re.I,
)


@dataclass(slots=True)
class _Line:
    label: str
    text: str


@dataclass(slots=True)
class SheetReading:
    sheet: FrameworkSheet
    notices: list[Notice] = field(default_factory=list)


def is_framework_name(text: str) -> bool:
    """Whether a short line names a framework ("TALENT recommendations", "N8 sign up", "Our values")."""
    return (
        len(text.split()) <= 6
        and len(text) < 60
        and bool(_NAME.search(text))
        and not _NOT_NAME.search(text)
        and not re.match(r"(?i)sheet:|(?:pillar|theme|principle|commitment|recommendation|pledge)s? \d", text)
    )


def read_framework_grid(
    grid: Grid, ledger: Ledger, *, heading: str = "", tail: list[str] | None = None
) -> SheetReading | None:
    """The framework that a two- or three-column table spells out, or None. `tail` is unstructured text after it."""
    found = _name_and_lines(grid, heading)
    if not found:
        return None
    name, lines, more = found
    reading = SheetReading(FrameworkSheet(name))
    reading.sheet.principles = (
        _label_below(lines) if _labels_stand_below(lines) else _label_beside(lines, name, reading)
    )
    if len(reading.sheet.principles) < 2:
        return None
    ledger.use(*(row for row in grid.rows if not _is_running(row.texts)))
    if more or tail:
        _read_tail(more + (tail or []), name, reading)
    return reading


def _is_running(texts: list[str]) -> bool:
    """Whether a row is running text rather than a label with its wording."""
    return len(texts[0]) > 60 and not any(texts[1:])


def _is_name(text: str) -> bool:
    return len(text) < 80 and bool(_NAME.search(text)) and not _NOT_NAME.search(text)


def _name_and_lines(grid: Grid, heading: str) -> tuple[str, list[_Line], list[str]] | None:
    rows = [row for row in grid.rows if filled(row)]
    if len(rows) < 3 or len(grid.rows[0].cells) > 4 or any(period_in(cell.text) for cell in rows[0].cells[1:]):
        return None
    first = [plain(cell.text) for cell in rows[0].cells if cell.text.strip()]
    title = grid.title or heading or (rows[0].cells[0].source.sheet or "")
    name, skip = "", 0
    if len(first) == 1 and (_is_name(first[0]) or re.search(r"\bvalues\b", first[0], re.I)):
        name, skip = first[0], 1
    elif _is_name(title):
        name = title
    if (
        not name
        and len(first) in (2, 3)
        and re.match(r"(ref|code|no|number|label|value|pillar|principle|pledge|name|recommendation)\b", first[0], re.I)
    ):
        if (
            _NAME.search(" ".join(first))
            or re.search(r"\bmeaning|description|what it means|wording|text|in full", " ".join(first[1:]), re.I)
            and _NAME.search(title)
        ):
            name, skip = title if _NAME.search(title) else " ".join(first), 1
    elif name and not skip and all(len(text) < 40 for text in first) and len(first) >= 2 and not _LABEL.match(first[0]):
        skip = 1 if column_of(first[0]).role or re.match(r"(ref|code|label|value|pillar|name)", first[0], re.I) else 0
    if not name:
        return None
    more = [row.texts[0] for row in rows[skip:] if _is_running(row.texts)]
    lines = [_line(row.texts) for row in rows[skip:] if not _is_running(row.texts)]
    lines = [line for line in lines if line.text]
    if any(len(line.label) > 60 for line in lines):
        return None
    return name.strip(" :"), lines, more


def _line(texts: list[str]) -> _Line:
    cells = [text.strip() for text in texts]
    return _Line(plain(cells[0]), one_line(" ".join(cells[1:])))


def _labels_stand_below(lines: list[_Line]) -> bool:
    """Whether a label closes its text: most unlabelled lines before a labelled one break off."""
    pairs = [(a, b) for a, b in pairwise(lines) if not a.label and b.label]
    if not pairs:
        return False
    open_ended = sum(not re.search(r"[.!?][\"”')]*$", a.text) or starts_torn(b.text) for a, b in pairs)
    return open_ended * 2 > len(pairs)


def _label_below(lines: list[_Line]) -> list[Principle]:
    principles: list[Principle] = []
    text = ""
    for line in lines:
        text = f"{text} {line.text}".strip()
        if line.label:
            principles.append(Principle(line.label, text))
            text = ""
    if text and principles:
        principles[-1].text = f"{principles[-1].text} {text}"
    return principles


def _label_beside(lines: list[_Line], name: str, reading: SheetReading) -> list[Principle]:
    labels = _restore_labels(lines, name)
    principles: list[Principle] = []
    for line, label in zip(lines, labels, strict=True):
        if label:
            principles.append(Principle(label, line.text))
            if not line.label:
                message = f"The label {label} was missing in the document and was set from its neighbours."
                reading.notices.append(Notice("frameworks", "label_restored", message))
        elif principles:
            principles[-1].text = f"{principles[-1].text}\n{line.text}".strip()
    return principles


def _restore_labels(lines: list[_Line], name: str) -> list[str]:
    """Labels with the lost ones filled in where numbers are missing between those that are there."""
    labels = [line.label for line in lines]
    numbered = [(i, int(m.group())) for i, label in enumerate(labels) if label and (m := re.search(r"\d+$", label))]
    if not numbered or len(numbered) < sum(bool(label) for label in labels):
        return labels
    stem = re.sub(r"\d+$", "", labels[numbered[0][0]])
    bounds = [(-1, 0), *numbered]
    for (before, low), (after, high) in pairwise(bounds):
        missing = list(range(low + 1, high))
        free = [i for i in range(before + 1, after) if not labels[i]]
        if not missing or len(free) < len(missing):
            continue
        ranked = sorted(free, key=lambda i: (-_likeness(lines, i, numbered), i))[: len(missing)]
        for number, index in zip(missing, sorted(ranked), strict=True):
            labels[index] = f"{stem}{number}"
    return labels


def _likeness(lines: list[_Line], index: int, numbered: list[tuple[int, int]]) -> float:
    """How much an unlabelled line begins like the labelled ones do."""
    text = lines[index].text
    score = max(fuzz.ratio(key(text)[:40], key(lines[i].text)[:40]) for i, _ in numbered)
    if _EXPLAINS.match(text):
        score -= 60
    if starts_torn(text) or (index and ends_unfinished(lines[index - 1].text)):
        score -= 40
    return score


def _read_tail(tail: list[str], name: str, reading: SheetReading) -> None:
    """Labels inside running text ("… ensure technical staff R12 sit on …"), and those that only the words betray."""
    principles = reading.sheet.principles
    match = re.match(r"(\D+)\d+$", principles[-1].code)
    if not match:
        return
    stem = match[1]
    sentences = [
        s for text in tail for s in re.split(r"(?<=[a-z)\]’'.])[.]?\s+(?=[A-Z][a-z]+ )", one_line(text)) if len(s) > 40
    ]
    known = {p.code for p in principles}
    placed: dict[int, int] = {}
    for index, sentence in enumerate(sentences):
        for label in re.finditer(rf"(?<!\w){re.escape(stem)}(\d{{1,2}})(?!\w)", sentence):
            code = label.group()
            if code in known or index in placed or re.search(r"\b(in|see)\s*$", sentence[: label.start()]):
                continue
            text = one_line(sentence[: label.start()] + sentence[label.end() :])
            principles.append(Principle(code, text))
            known.add(code)
            placed[index] = int(label[1])
    shipped = shipped_as(name)
    for number, missing in enumerate(shipped.principles if shipped else (), start=1):
        if missing.code in known:
            continue
        after = max((i for i, n in placed.items() if n < number), default=-1)
        before = min((i for i, n in placed.items() if n > number), default=len(sentences))
        free = [i for i in range(after + 1, before) if i not in placed and not _EXPLAINS.match(sentences[i])]
        scored = [(fuzz.token_set_ratio(key(missing.title), key(sentences[i])), -i) for i in free]
        score, place = max(scored, default=(0.0, 0))
        if score >= 50:
            principles.append(Principle(missing.code, sentences[-place]))
            placed[-place] = number
            message = f"The label {missing.code} was missing in the document and was set by the wording."
            reading.notices.append(Notice("frameworks", "label_restored", message))
    principles.sort(key=lambda p: int(re.search(r"\d+$", p.code)[0]) if re.search(r"\d+$", p.code) else 0)  # type: ignore[index]
