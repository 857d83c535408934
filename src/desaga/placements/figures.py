"""Figures of a scheme for the public: counts of applications by what became of them, protected. Pure.

Only what was told is counted: applications of panels whose outcomes were released. Each is one person's, so counts are counts of people, and go
through `desaga.disclosure` under its public policy: totals are rounded after they are calculated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desaga.disclosure import PUBLIC, Cell, Table, protect, show, words

from .states import AWARDED, ApplicationState

AWARD, NO_AWARD, OTHER = "Awarded", "Not funded", "Not eligible, or withdrawn"
OUTCOMES = (AWARD, NO_AWARD, OTHER)
_A = ApplicationState
#: What became of an application, in the words of the table. What is still on the reserve list has not been funded.
OUTCOME_OF: Mapping[str, str] = {
    **dict.fromkeys((*AWARDED, _A.TURNED_DOWN, _A.CALLED_OFF), AWARD),
    **dict.fromkeys((_A.DECLINED, _A.RESERVE), NO_AWARD),
    **dict.fromkeys((_A.INELIGIBLE, _A.WITHDRAWN), OTHER),
}
UNKNOWN = "Not asked"


@dataclass(frozen=True, slots=True)
class Told:
    """One application whose outcome was told: the year of its panel, where its applicant works, their field, its outcome."""

    year: str
    nation: str
    discipline: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A protected table as it is shown: what its rows are, its columns, and rows of label and cells; the last row is the total."""

    title: str
    by: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def as_words(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each cell as it is seen and as it is heard, where that differs."""
        return [(label, [(show(cell), words(cell)) for cell in cells]) for label, cells in self.rows]


#: The cuts, each with the attribute of `Told` and what its rows are called. Fixed: no reader chooses others.
CUTS = (
    ("Year by year", "Year of the panel", "year"),
    ("By nation", "Nation", "nation"),
    ("By field", "Field", "discipline"),
)
SENTENCE = PUBLIC.sentence


def figures(told: Sequence[Told]) -> list[Shown]:
    """The tables of all cuts that say something: one is left out where the scheme does not ask for it. Nothing where nothing was told."""
    if not told:
        return []
    return [
        shown
        for title, by, name in CUTS
        if (shown := _shown(title, by, [(getattr(one, name), one.outcome) for one in told])) is not None
    ]


def _shown(title: str, by: str, pairs: Iterable[tuple[str, str]]) -> Shown | None:
    counted = Counter(pairs)
    labels = sorted({label for label, _ in counted}, key=lambda label: (label == UNKNOWN, label))
    if labels == [UNKNOWN]:
        return None
    table = Table(tuple(labels), OUTCOMES, tuple(tuple(counted[label, one] for one in OUTCOMES) for label in labels))
    cells = protect(table, PUBLIC).cells
    rows = tuple(zip((*labels, "All"), cells, strict=True))
    return Shown(title, by, (*OUTCOMES, "All"), rows)
