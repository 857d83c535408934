"""The lines of a table that has one cell a line, without what only the page had: titles, footers, repeated headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desaga.documents.model import Text

from .fields import is_time
from .fits import Ways, is_heading
from .headings import Column, Role, column_of
from .owners import names_party
from .parted import NOISE
from .words import key, plain, strip_bullet

_MOST_PIECES = 3000
_PAGE = re.compile(r"^page \d+(?: of \d+)?$", re.I)
#: "Head of Research & CWGDecember 2023": the owner and the date of two cells in one line.
_WHO_AND_WHEN = re.compile(
    r"^(?P<who>[A-Z][^\d\n]{0,150}?[A-Za-z.)])\s*(?P<when>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} (?:19|20)\d\d)$"
)


@dataclass(slots=True)
class Piece:
    """One line of a cell; `role` is set where a label over it says which column it belongs to."""

    words: str
    text: Text
    role: Role | None = None


def pieces_under(
    texts: Sequence[Text], start: int, end: int, columns: list[Column], ways: Ways
) -> tuple[list[Piece], list[Column], list[Text]]:
    """The cells' lines under the headings texts[start:end], the columns with inner labels told apart, the lines used."""
    known = {key(text.text) for text in texts[start:end]}
    before = {key(text.text) for text in texts[:start] if len(text.text.split()) <= 14}
    labels = _inner_labels(texts[end:], columns)
    skip = known | before | _running(texts, start, known)
    pieces: list[Piece] = []
    used = list(texts[start:end])
    role: Role | None = None
    opening = ""
    for text in texts[end:]:
        line = strip_bullet(text.text)
        if not plain(line):
            continue
        if (
            len(pieces) >= _MOST_PIECES
            or text.kind == "heading"
            and not is_heading(plain(line), ways)
            and len(pieces) > 3
        ):
            break
        used.append(text)
        if NOISE.match(line) or key(line) in skip or _is_empty_label(line):
            continue
        if key(line) in labels:
            role = labels[key(line)]
        elif line.endswith(":") and len(line.split()) <= 10:
            opening = f"{line} "
        else:
            pieces += [Piece(words, text, role) for words in _cells_in(opening + line, columns)]
            role, opening = None, ""
    return pieces, _with_labels(columns, labels), used


def _running(texts: Sequence[Text], start: int, known: set[str]) -> set[str]:
    """Lines that stand on every page: they repeat, and always near a page's number or the headings."""
    lines = [key(text.text) for text in texts if text.text.strip()]
    marks = {i for i, line in enumerate(lines) if _PAGE.match(line) or line in known}
    near = {i for mark in marks for i in range(mark - 2, mark + 3)}
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        places.setdefault(line, []).append(index)
    return (
        {line for line, at in places.items() if len(at) > 1 and len(line.split()) >= 3 and near.issuperset(at)}
        if marks
        else set()
    )


def _inner_labels(texts: Sequence[Text], columns: list[Column]) -> dict[str, Role]:
    """ "Delivery" and "Success measure" on lines of their own, under a heading such as "Delivery & Success"."""
    joint = {word for c in columns if re.search(r"\s(?:&|and)\s|/", c.heading) for word in key(c.heading).split()}
    times: dict[str, int] = {}
    for text in texts:
        words = key(text.text)
        if words and len(words.split()) <= 3 and words.split()[0] in joint:
            times[words] = times.get(words, 0) + 1
    roles = {words: column_of(words).role for words, count in times.items() if count > 1}
    return {words: role for words, role in roles.items() if role is not None}


def _with_labels(columns: list[Column], labels: dict[str, Role]) -> list[Column]:
    """The joint heading's column made one column for each label under it."""
    apart: list[Column] = []
    for column in columns:
        taken = {c.role for c in columns if c is not column}
        under = {role: words for words, role in labels.items() if words.split()[0] in key(column.heading).split()}
        apart += [Column(role, words.capitalize()) for role, words in under.items() if role not in taken] or [column]
    return apart


def _is_empty_label(line: str) -> bool:
    """ "Progress update:" with nothing after it is a label of the cell."""
    return line.endswith(":") and len(line.split()) <= 4 and column_of(line).role in {"comments", "status", "update"}


def _cells_in(line: str, columns: list[Column]) -> list[str]:
    match = None if is_time(line) else _WHO_AND_WHEN.match(line)
    roles = {column.role for column in columns}
    if (
        match
        and {"owner", "timeframe"} <= roles
        and all(names_party(p) for p in re.split(r"\s*[,;]\s*", match["who"].strip(" .")))
    ):
        return [match["who"], match["when"]]
    return [line]
