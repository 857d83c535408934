"""How long a plan takes to leave, by format: tables of 40 and of 500 actions as long as those of real plans, written to memory.

Run with `.venv/bin/python bench/take_out.py`. Beside each stands its limit in seconds; ends with status 1 where one is over it. A PDF
is made within a request only up to `LONGEST_PDF` characters (`plans/exports/taking.py`), and is measured at that length.
"""

from __future__ import annotations

import sys
import time
from datetime import date

from desaga.documents.out import FORMATS, Column, Imprint, Table

IMPRINT = Imprint("Technician Commitment action plan", "Northmoor University", date(2027, 3, 1))
HEADS = ("Code", "What will be done", "How", "How we will know", "Who carries it", "When", "What it answers", "Status")
WORDS = "Each faculty asks its technical services managers; the working group looks at the answers every term. "
#: Seconds: what one waits for a file without wondering.
LIMITS = {"xlsx": 2.0, "docx": 3.0, "pdf": 8.0, "csv": 1.0, "json": 1.0}
LONGEST_PDF = 150_000


def table_of(actions: int, sentences: int = 3) -> Table:
    text = WORDS * sentences
    rows = [
        [f"{n // 9 + 1}.{n % 9 + 1}", WORDS, text, text, "TSM\nPSO", "March 2026", "TALENT R4", "In progress"]
        for n in range(actions)
    ]
    return Table("actions", IMPRINT.title, [Column(head) for head in HEADS], rows, f"{actions} actions")


def length_of(table: Table) -> int:
    return sum(len(str(value)) for row in table.rows for value in row)


def seconds_for(ending: str, table: Table) -> float:
    """The better of two, so that loading a library is not counted."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        FORMATS[ending].write([table], IMPRINT)
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> int:
    slow = False
    longest = LONGEST_PDF // length_of(table_of(1))
    for ending, limit in LIMITS.items():
        for number in (40, longest if ending == "pdf" else 500):
            taken = seconds_for(ending, table_of(number))
            slow = slow or taken > limit
            print(f"{ending:5} {number:4} actions {taken:6.2f} s, limit {limit:.0f} s, ratio {taken / limit:.2f}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
