"""Bars in groups: the same shares of ours and of others beside each other, all to one scale; what is hidden is drawn as hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .chart import NARROW, WIDE, Chart, Table, draw
from .colours import Hue
from .marked import LETTER, Mark, bar_line, spec_of, text_at, words_layer

#: "100 %" is longer than the counts that other bars have.
ROOM_FOR_SIGNS = 12
#: How the names of groups are told from other words.
NAME = "name"


@dataclass(frozen=True, slots=True)
class GroupBar:
    """A bar of a group: whose it is, its figure, and the hue that means them throughout."""

    label: str
    mark: Mark
    hue: Hue


@dataclass(frozen=True, slots=True)
class Group:
    """What is set beside each other, under its name."""

    name: str
    bars: Sequence[GroupBar]


def grouped_bars(*, title: str, counted: str, heading: str, value_heading: str, groups: Sequence[Group]) -> Chart:
    """Groups in the order given, each under its name. Raises ValueError where there is no bar."""
    if not any(group.bars for group in groups):
        raise ValueError("a chart of groups needs a bar")
    described = "; ".join(f"{group.name}: {_said(group)}" for group in groups) + "."
    rows = tuple((f"{group.name}: {bar.label}", (bar.mark.words,)) for group in groups for bar in group.bars)

    def drawn(width: int) -> str:
        return draw(_spec(width, groups), title=title, described=described)

    return Chart(title, counted, described, drawn(WIDE), drawn(NARROW), Table((heading, value_heading), rows))


def _said(group: Group) -> str:
    return ", ".join(f"{bar.label} {bar.mark.said}" for bar in group.bars)


def _spec(width: int, groups: Sequence[Group]) -> dict[str, Any]:
    """A row with the name of each group, then its bars; nearer to them than to the group before."""
    values = [(bar.label, bar.mark) for group in groups for bar in group.bars]
    labels = min(max(len(label) for label, _ in values) * LETTER + 12, width * 0.5)
    drawn: list[dict[str, Any]] = []
    row = 0
    for group in groups:
        drawn.append(text_at(row, 0, group.name, NAME))
        for bar in group.bars:
            row += 1
            drawn += bar_line(row, bar.label, bar.mark, width - ROOM_FOR_SIGNS, labels, bar.hue, values)
        row += 1
    spec = spec_of(width, row, drawn)
    return spec | {"layer": [*spec["layer"], words_layer(width, row, "left", NAME)]}
