"""An agenda, its money line, its letters and its minutes, as pages say them to one who sits there. What they do not hear is not among what is given here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .models import AgendaItem, PendingOutcome
from .money_line import MoneyLine
from .queries.leaving import Out, out_of
from .queries.meeting import is_undecided, outcome_of
from .queries.reading import blackened_in, hides_names, title_told
from .queries.rounds import marks_of
from .telling import Hidden


@dataclass(frozen=True)
class Row:
    """One item. `number` counts those that whoever looks hears."""

    number: int
    item: AgendaItem
    title: str
    about: str
    mean: Decimal | None
    spread: Decimal | None
    marks: int
    outcome: PendingOutcome | None
    is_undecided: bool
    #: Who is out for it, and whether its chair is.
    out: Sequence[str] = ()
    chair_is_out: bool = False

    @property
    def reference(self) -> str:
        return self.item.application.reference


def rows_of(items: Sequence[AgendaItem], *, as_staff: bool) -> list[Row]:
    """In the order given; names as the panel reads them, unless for staff."""
    marks = marks_of([one.application for one in items])
    black = blackened_in([one.application_id for one in items]) if not as_staff else {}
    out = out_of(items)
    return [
        _row(
            number,
            item,
            marks.get(item.application_id, {}),
            _hidden_of(item, black, as_staff),
            out.get(item.application_id, ()),
        )
        for number, item in enumerate(items, start=1)
    ]


def _hidden_of(item: AgendaItem, black: dict[int, dict[str, list[str]]], as_staff: bool) -> Hidden:
    if as_staff:
        return Hidden()
    return Hidden(hides_names(item.application), black.get(item.application_id, {}))


def _row(number: int, item: AgendaItem, marks: Mapping[str, Any], hidden: Hidden, out: Sequence[Out]) -> Row:
    told = title_told(item.application, hidden)
    return Row(
        number=number,
        item=item,
        title=told.title,
        about=", ".join(filter(None, [told.name, told.employer, told.host])),
        mean=marks.get("mean"),
        spread=marks.get("spread") if marks.get("sent", 0) > 1 else None,
        marks=marks.get("sent", 0),
        outcome=outcome_of(item),
        is_undecided=is_undecided(item),
        out=[name for name, _ in item.out] if item.told_at else [one.name for one in out],
        chair_is_out=item.round.chair_id in {one.person for one in out},
    )


def money_said(line: MoneyLine[Any], *, whole: bool) -> str:
    """The money line in one sentence."""
    of_what = "" if whole else " Only what you hear is counted."
    if line.there_is is None:
        return f"Awards in mind: £{line.sum:,.2f}. Nobody has said how much money there is.{of_what}"
    if line.is_enough:
        return f"Awards in mind: £{line.sum:,.2f} of £{line.there_is:,.2f}. £{line.left:,.2f} is left.{of_what}"
    return f"Awards in mind: £{line.sum:,.2f} of £{line.there_is:,.2f}. £{-(line.left or 0):,.2f} too much.{of_what}"


def step_of(line: MoneyLine[AgendaItem], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The steps of the line with the words of their rows; `falls` marks the first that the money does not cover."""
    by_item = {row.item.pk: row for row in rows}
    fallen, told = False, []
    for step in line.steps:
        falls = not step.is_above and not fallen
        fallen = fallen or falls
        told.append({"row": by_item[step.key.pk], "step": step, "falls": falls})
    return told
