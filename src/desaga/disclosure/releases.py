"""Releases audited together: overlapping cuts, other roundings, restatements, from which nobody may be subtracted out.

People are split into *groups* that no published figure parts (rank and unit and sex, say, down to what is published
anywhere). A figure counts the people of some groups, and is shown as its policy shows it. The attacker has all figures of
all releases of one snapshot at once. Another snapshot has other groups; people who are known to be the same in both are
given the same group by who calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .attack import intervals
from .cells import Cell, Kind
from .policies import Policy
from .solver import Row, Unsolved
from .web import believed


class Disclosive(ValueError):
    """A release from which a group under the threshold could be worked out; the sentence names the figures."""

    def __init__(self, found: Sequence[Finding]):
        self.found = tuple(found)
        super().__init__("This release would give people away. " + " ".join(one.sentence for one in found[:5]))


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure: what it is called, whose people it counts, and what is seen of it under which policy."""

    name: str
    groups: frozenset[str]
    cell: Cell
    policy: Policy


@dataclass(frozen=True, slots=True)
class Finding:
    """A group of people and the least and most that an attacker can believe of it; `figures` lead there."""

    group: str
    figures: tuple[str, ...]
    least: int
    most: int | None

    @property
    def sentence(self) -> str:
        """For who releases. The interval is the attacker's, not the count."""
        known = f"exactly {self.least}" if self.least == self.most else f"{self.least} to {self.most}"
        return f"{self.group} is known to be {known}: {', '.join(self.figures)}."


def refuse_disclosive(figures: Sequence[Figure], people: Mapping[str, int], policy: Policy) -> None:
    """Raises `Disclosive` where all these figures together give away a group under the policy's threshold.

    `figures`: those to be released and all released before of the same people; `people`: the true count of each group.
    """
    found = audit_releases(figures, people, policy)
    if found:
        raise Disclosive(found)


def audit_releases(figures: Sequence[Figure], people: Mapping[str, int], policy: Policy) -> list[Finding]:
    """The groups of 1 to threshold - 1 people of which less than the policy's protection is left in doubt.

    Asked for: each published figure, each group that no figure parts, and each difference of two figures of which one
    holds the other. Where the policy has no threshold (public), its protection is asked of groups smaller than its base.
    """
    limit = policy.threshold or policy.base
    targets = [one for one in _targets(figures) if 0 < sum(people[g] for g in one[1]) < limit]
    names = sorted({group for figure in figures for group in figure.groups})
    place = {name: i for i, name in enumerate(names)}
    seen = [row for row in (_row(figure, place) for figure in figures) if row]
    found = []
    for (label, groups, led), (least, most) in zip(targets, _reach(len(names), seen, place, targets), strict=True):
        if most is not None and most - least < policy.protection:
            found.append(Finding(label, led or _about(groups, figures), least, most))
    return found


Target = tuple[str, frozenset[str], tuple[str, ...]]


def _targets(figures: Sequence[Figure]) -> Iterator[Target]:
    """What an attacker would like to know, each set of groups once: label, groups, figures that lead there."""
    known: set[frozenset[str]] = set()
    for label, groups, led in _wished(figures):
        if groups and groups not in known:
            known.add(groups)
            yield label, groups, led


def _wished(figures: Sequence[Figure]) -> Iterator[Target]:
    for figure in figures:
        yield figure.name, figure.groups, ()
    for one, other in combinations(figures, 2):
        small, large = sorted((one, other), key=lambda figure: len(figure.groups))
        if small.groups < large.groups:
            yield f"{large.name} without {small.name}", large.groups - small.groups, (large.name, small.name)
    for group in sorted({group for figure in figures for group in figure.groups}):
        yield group, frozenset({group}), ()


def _row(figure: Figure, place: Mapping[str, int]) -> Row | None:
    """What a seen figure tells of its groups; a hidden one tells nothing that sums do not."""
    if figure.cell.kind not in (Kind.VALUE, Kind.ZERO) or not isinstance(figure.cell.value, int):
        return None
    least, most = believed(figure.cell.value, figure.policy)
    columns = sorted(place[group] for group in figure.groups)
    return columns, [1.0] * len(columns), float(least), float(most)


def _reach(
    size: int, seen: Sequence[Row], place: Mapping[str, int], targets: Sequence[Target]
) -> list[tuple[int, int | None]]:
    """The least and most whole number of people in each target: a column of its own, bound to its groups by a sum."""
    bound: list[Row] = [
        ([*(place[g] for g in sorted(groups)), size + k], [*[1.0] * len(groups), -1.0], 0.0, 0.0)
        for k, (_, groups, _) in enumerate(targets)
    ]
    wide = size + len(targets)
    try:
        found = intervals([0] * wide, [None] * wide, [*seen, *bound], range(size, wide), whole=True)
    except Unsolved as error:
        raise ValueError("The figures contradict one another: they are not of the same people.") from error
    return [found[i] for i in range(size, wide)]


def _about(groups: frozenset[str], figures: Sequence[Figure]) -> tuple[str, ...]:
    """The figures that count any of the groups and are seen."""
    return tuple(
        dict.fromkeys(one.name for one in figures if one.groups & groups and one.cell.kind is not Kind.SUPPRESSED)
    )


__all__ = ["Disclosive", "Figure", "Finding", "audit_releases", "refuse_disclosive"]
