"""`desaga make-extract`: files of a workforce that does not exist."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from .layouts import LAYOUTS, Layout, dirtied, rows_of
from .people import Institution

LAST_DAY = date(2026, 7, 31)


def extracts(
    *, seed: int, people: int, years: int, layout: str = "itrent", last_day: date = LAST_DAY, dirty: bool = False
) -> Iterator[tuple[date, Layout, list[list[str]]]]:
    """Each year's day, layout and rows, the oldest first. `dirty` spoils the last."""
    institution = Institution(seed, people, last_day.replace(year=last_day.year - years + 1))
    way = LAYOUTS[layout]
    for year in range(years):
        if year:
            institution.next_year()
        rows = rows_of(institution, way)
        is_last = year == years - 1
        yield institution.day, way, dirtied(rows, way, seed) if dirty and is_last else rows


def as_csv(heads: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "", total: bool = False) -> bytes:
    """As many systems write it: perhaps with a title above and totals below."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if title:
        writer.writerows([[title], []])
    writer.writerow(heads)
    writer.writerows(rows)
    if total:
        writer.writerow([f"Total: {len(rows)}"])  # not a count of people: of invented rows
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(heads: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "", total: bool = False) -> bytes:
    """As a workbook with a cover sheet."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.add_worksheet("Cover").write_row(0, 0, [title or "Extract"])
        sheet = book.add_worksheet("Data")
        above = [[title], []] if title else []
        below = [[f"Total: {len(rows)}"]] if total else []  # not a count of people: of invented rows
        for n, row in enumerate([*above, heads, *rows, *below]):
            sheet.write_row(n, 0, row)
    return out.getvalue()


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="desaga make-extract", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--layout", choices=[*LAYOUTS, "all"], default="itrent")
    parser.add_argument("--format", choices=["csv", "xlsx"], default="csv")
    parser.add_argument("--dirty", action="store_true", help="spoil the last year's file as real systems do")
    parser.add_argument("--out", type=Path, default=Path())
    told = parser.parse_args(list(words))
    told.out.mkdir(parents=True, exist_ok=True)
    for layout in LAYOUTS if told.layout == "all" else [told.layout]:
        made = extracts(seed=told.seed, people=told.people, years=told.years, layout=layout, dirty=told.dirty)
        for day, way, rows in made:
            write = as_xlsx if told.format == "xlsx" else as_csv
            path = told.out / f"staff-{way.key}-{day}.{told.format}"
            is_dirty = told.dirty and day == LAST_DAY
            path.write_bytes(write(way.heads, rows, title="Staff in post" if is_dirty else "", total=is_dirty))
            # Rows of a file, not a count of people.
            print(f"{path}: {len(rows):,} rows")
    return 0
