"""The audit of a release: what could be worked out of few people by whoever reads it, beside the other audience's and beside earlier releases.

It knows the exact figures, what each audience is shown, and nothing of how that was chosen. What it finds is named, and refused by who calls;
`mending` hides more, so that nothing is found. What is audited, and what is not, is said in ADR 0033.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from desaga.disclosure.knowledge import Name, Reader, Witnesses

from ..figuring import ALL, RawTable
from .crowds import dimensions_of
from .knowing import At
from .protecting import POLICIES
from .sides import Earlier, Policies, Reading, Side, Tables, rounds_of, sides_of
from .telling import name_of, word_of


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell out of which a person could be worked out, and by whom. `earlier`: only because other figures are out already."""

    figure: str
    said: str
    by: str
    earlier: bool = False

    def told(self) -> dict[str, Any]:
        return {"figure": self.figure, "cell": self.said, "by": self.by, "earlier": self.earlier}


class Exposed(NamedTuple):
    """Who would know too much of a cell; `earlier`: only because other figures are out already."""

    reading: Reading
    earlier: bool


def readers_of(
    side: Side, earlier: Sequence[Earlier], readings: Sequence[Reading], witnesses: Witnesses | None = None
) -> Iterator[tuple[Reading, Reader]]:
    for reading in readings:
        sources = {*reading.audiences, *((audience, one.number) for one in earlier for audience in reading.audiences)}
        yield reading, Reader(side.told, sources, witnesses)


def findings(
    raw: Sequence[RawTable], tables: Tables, earlier: Sequence[Earlier] = (), policies: Policies = POLICIES
) -> list[Finding]:
    """The cells of few people of which somebody would know too much, each once, for the first who would."""
    return named(raw, exposed(raw, tables, earlier, policies))


def exposed(
    raw: Sequence[RawTable],
    tables: Tables,
    earlier: Sequence[Earlier] = (),
    policies: Policies = POLICIES,
    witnesses: Witnesses | None = None,
) -> dict[Name, Exposed]:
    """The same, by the name of each cell. `witnesses` are states that somebody else came upon: each is looked at before it proves anything."""
    found: dict[Name, Exposed] = {}
    for beside, readings in rounds_of(earlier, policies):
        for side in sides_of(raw, tables, beside, policies):
            for reading, reader in readers_of(side, beside, readings, witnesses):
                for name in (*_exposed(side, reading, reader), *former_exposed(side, reading, reader)):
                    found.setdefault(name, Exposed(reading, bool(beside)))
    return found


def named(raw: Sequence[RawTable], found: Mapping[Name, Exposed]) -> list[Finding]:
    """What was found, in words."""
    labels = {
        (dimension, label.key): label.words
        for table in raw
        for dimension, some in zip(dimensions_of(table), (table.rows, table.columns), strict=True)
        for label in some
    }
    return [_finding(name, labels, one) for name, one in found.items()]


def _exposed(side: Side, reading: Reading, reader: Reader) -> Iterator[At]:
    asked = few_in(side, reading)
    reader.ask_together(asked)
    yield from (name for name in asked if not reader.is_free(name, reading.need))


def few_in(side: Side, reading: Reading) -> list[At]:
    """The cells of so few people that a reading must leave them in doubt."""
    return [name for name in side.small if side.exact[name].people < reading.limit]


def former_exposed(side: Side, reading: Reading, reader: Reader) -> Iterator[At]:
    """Of cells that are out already, as others or of another day: what was in doubt, and would not be any more. Their exact figures are gone."""
    before = None
    asked = [name for name, value in side.former.items() if value is None or 0 < value < reading.limit]
    reader.ask_together(asked)
    for name in asked:
        if reader.is_free(name, reading.need):
            continue
        reach = reader.reach(name)
        before = before or Reader(side.told, reader.sources - set(reading.audiences))
        if reach.least < reading.limit and reach.most > 0 and before.is_free(name, reading.need):
            yield name


def _finding(name: Any, labels: Mapping[tuple[str, str], str], found: Exposed) -> Finding:
    said = (
        ", ".join(word_of(one) or labels.get(one, one[1]) for one in sorted(name.said) if one[0] != "without")
        or ALL.words
    )
    if any(one[0] == "without" for one in name.said):
        said += ", without one part"
    if name.world:
        said += ", as it was released before"
    return Finding(name_of(name.key), said, found.reading.words, found.earlier)
