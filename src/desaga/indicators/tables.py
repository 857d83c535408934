"""The readings of one line as a table that can leave Desaga."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from desaga.disclosure import number, words
from desaga.documents.out import Column, Table

from .models import Reading
from .states import SHOWN, plain

COLUMNS = (
    Column("Day", width=14), Column("Value", width=14), Column("Instead of a value", width=24), Column("Out of", width=10), Column("Where from", width=40), Column("By", width=24),
    Column("Written down", width=20),
)  # fmt: skip


def readings_as_table(name: str, definition: str, readings: Iterable[Reading]) -> list[Table]:
    """One table, the first day first; the definition stands with it."""
    return [Table("readings", name, COLUMNS, [_row(one) for one in readings], definition)]


def _row(one: Reading) -> list[str | int | float | None]:
    return [
        one.on.isoformat(),
        "" if (value := number(one.cell)) is None else str(plain(Decimal(value))),
        "" if one.cell.kind in SHOWN else words(one.cell),
        one.of,
        one.note if one.series_id else f"Counted by Desaga. {one.note}".strip(),
        one.by.get_full_name() if one.by else "",
        f"{timezone.localtime(one.taken_at):%d.%m.%Y %H:%M}",
    ]
