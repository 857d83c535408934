"""Ages along one line: between which ages a band lies, or the years until an age that is looked ahead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ..figuring import BLANK

#: A band of age, or the years until an age: its dimension and label.
Age = tuple[str, str]


def stretches(ages: Iterable[Age]) -> dict[Age, tuple[int, int]]:
    """The least and most age of each band or horizon among all those that are met together."""
    met = set(ages)
    horizons = _horizons(met)
    return {one: _stretch(one, horizons) for one in met}


def _horizons(ages: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for dimension, label in ages:
        if label.startswith("within-"):
            found[dimension].add(int(label.removeprefix("within-")))
    return {dimension: sorted(years) for dimension, years in found.items()}


#: Who is of no known age stands before everybody who is.
NO_AGE = (-1, -1)
OLDEST = 200


def _stretch(one: tuple[str, str], horizons: Mapping[str, list[int]]) -> tuple[int, int]:
    """The least and most age of a band or a horizon."""
    dimension, label = one
    if label == BLANK.key:
        return NO_AGE
    if dimension == "age":
        return _band(label)
    at, ahead = int(dimension.removeprefix("until_")), horizons.get(dimension, [])
    if label == "reached":
        return at, OLDEST
    if label == "later":
        return 0, at - (ahead[-1] if ahead else 0) - 1
    years = int(label.removeprefix("within-"))
    before = ([0, *ahead])[ahead.index(years)]
    return at - years, at - before - 1


def _band(label: str) -> tuple[int, int]:
    if label == "all":
        return 0, OLDEST
    if label.startswith("to-"):
        return 0, int(label.removeprefix("to-"))
    first, last = label.split("-")
    return int(first), OLDEST if last == "up" else int(last)
