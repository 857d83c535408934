"""Tables as .json: for each its key, title, columns and rows, a row as long as there are columns (`tables.schema.json`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .model import Imprint, Table, text_of


def write(tables: Sequence[Table], imprint: Imprint) -> bytes:
    """UTF-8; an empty cell is an empty text or null, as the table has it."""
    told = {
        "title": text_of(imprint.title),
        "organisation": text_of(imprint.organisation),
        "made_on": imprint.made_on.isoformat(),
        "tables": [_table(table) for table in tables],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": text_of(table.title),
        "subtitle": text_of(table.subtitle),
        "columns": [{"heading": text_of(column.heading), "kind": column.kind} for column in table.columns],
        "rows": [[text_of(one) if isinstance(one, str) else one for one in row] for row in table.rows],
        "notes": [text_of(note) for note in table.notes],
    }
