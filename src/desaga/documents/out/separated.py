"""Tables as .csv (RFC 4180), in UTF-8 with a byte order mark, which spreadsheets want. No cell can act as a formula.

https://owasp.org/www-community/attacks/CSV_Injection says which beginnings are dangerous. `defusedcsv` also rewrites the "|"
within such a text, after which nobody can tell what stood there; here one apostrophe is put before it, and `rearm` takes it off.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from .model import Imprint, Table, Value, text_of

FORMULA = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def disarm(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def rearm(text: str) -> str:
    """The very text that `disarm` was given."""
    return text[1:] if text.startswith("'") and text[1:].lstrip("'").startswith(FORMULA) else text


def write(tables: Sequence[Table], imprint: Imprint) -> bytes:
    """One table stands alone, headings first; several each under their title, with an empty line between."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for number, table in enumerate(tables):
        if len(tables) > 1:
            writer.writerows([[]] if number else [])
            writer.writerow([disarm(text_of(table.title))])
        writer.writerows(_lines(table))
    return out.getvalue().encode("utf-8-sig")


def _lines(table: Table) -> Iterable[list[Value]]:
    yield [disarm(text_of(column.heading)) for column in table.columns]
    for row in table.rows:
        yield [value if isinstance(value, int | float) else disarm(text_of(value)) for value in row]
