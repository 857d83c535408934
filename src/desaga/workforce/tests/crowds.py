"""A workforce of invented people in a file, large enough for figures: units, grades, ages and FTE drawn from a seed."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from ..models import Snapshot
from .factories import HEADS, csv_of, loaded

UNITS = ("Chemistry", "Physics", "Workshops", "Imaging Facility")
MARKED = (*HEADS, "Technical Staff")


def crowd(people: int = 120, seed: int = 7) -> list[tuple[str, ...]]:
    """Rows of an extract; two in three are technical staff. No number, name or birthday of theirs is anybody's."""
    chance = random.Random(seed)
    return [_row(chance, number) for number in range(people)]


def _row(chance: random.Random, number: int) -> tuple[str, ...]:
    born = date(chance.randint(1959, 2003), chance.randint(1, 12), chance.randint(1, 28))
    joined = date(chance.randint(2004, 2024), 9, 1)
    unit = UNITS[0] if number < 5 else chance.choices(UNITS, (5, 4, 3, 2))[0]
    return (
        f"QZ{70000 + number}", f"Zq{number}quist", f"Vx{number}anna", f"{born:%d/%m/%Y}", "Technician", f"Grade {chance.randint(4, 7)}", unit,
        chance.choice(("1", "1", "1", "0.6", "0.5")), f"{joined:%d/%m/%Y}", "", "Y" if number % 3 else "N",
    )  # fmt: skip


def snapshot_of(organisation: Any, rows: Any, *, actor: Any = None, **fields: Any) -> Snapshot:
    return loaded(organisation, csv_of(rows, MARKED), actor=actor, **fields)
