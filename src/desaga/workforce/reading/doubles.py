"""Whoever an extract may hold twice, under two numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from .gather import Person


def people_again(people: Iterable[Person], words: Mapping[str, str]) -> Iterator[tuple[Person, Person]]:
    """Whoever has the full name and the date of birth of somebody before, with that one. `words`: names as they are compared."""
    first: dict[tuple[str, date], Person] = {}
    for person in people:
        name = words[person.name]
        if person.birth_date and " " in name:
            before = first.setdefault((name, person.birth_date), person)
            if before is not person:
                yield person, before
