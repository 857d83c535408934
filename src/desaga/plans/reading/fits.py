"""How well a piece of text suits a column of a plan's table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .alignments import Principles, alignments_of_heading, read_alignments
from .fields import is_time
from .headings import Role
from .owners import Parties, names_party
from .rows import THEME_LABEL
from .timeframes import read_timeframe
from .values import is_code, read_rag, read_status
from .verbs import is_verb
from .words import plain

_FINITE = re.compile(
    r"\b(?:has|have|had|is|are|was|were|been|will|should|established|identified|agreed|recognised|shortlisted|created|launched)\b|%",
    re.I,
)
#: Verbs that are nouns too, and stand at the head of parties' names ("Research Office", "Support Staff").
_NOUNS = frozenset(
    "research support market work network form lead place post plan project report finance fund share train".split()
)


@dataclass(frozen=True, slots=True)
class Ways:
    """What is known of the document while its lines are told apart."""

    parties: Parties
    principles: Principles


def is_heading(line: str, ways: Ways) -> bool:
    """Whether a line is a pillar or a labelled theme, and so stands between the rows of a table."""
    count = len(line.split())
    return (
        count <= 10
        and bool(alignments_of_heading(line, ways.principles))
        or count <= 16
        and bool(THEME_LABEL.match(line))
    )


def fit(words: str, role: Role | None, ways: Ways) -> float:
    """How well a text suits a column; about 3 for a perfect fit, -3 for a bad one."""
    flat = plain(words)
    count = len(flat.split())
    if role == "code":
        return 3.0 if is_code(flat) else -5.0
    if role in {"timeframe", "start", "end"}:
        return _fit_time(flat, count)
    if role in {"owner", "support", "oversight"}:
        return _fit_owner(flat, count, ways)
    if role == "rag":
        return 3.0 if count <= 2 and read_rag(flat)[0] else -3.0
    if role == "status":
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


def _fit_time(flat: str, count: int) -> float:
    if is_time(flat):
        return 3.0
    frame = read_timeframe(flat).timeframe
    return 1.5 if count <= 10 and (frame.start or frame.end or frame.continuous) else -3.0


def _fit_owner(flat: str, count: int, ways: Ways) -> float:
    if is_time(flat) or is_code(flat) or read_status(flat) and count <= 2:
        return -3.0
    pieces = [piece for piece in re.split(r"\s*[;,/&]\s*| and ", flat) if piece]
    if pieces and all(ways.parties.code_of(piece) for piece in pieces):
        return 3.0
    if count >= 3 and _FINITE.search(flat) or count >= 4 and _is_imperative(flat):
        return -2.5
    return (
        1.8
        if count <= 16 and all(names_party(part) for part in re.split(r"\s*[;,]\s*", flat.rstrip(" .")) if part)
        else -2.5
    )


def _is_imperative(flat: str) -> bool:
    first = flat.split()[0].casefold()
    return is_verb(first) and not first.endswith("ing") and first not in _NOUNS
