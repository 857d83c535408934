"""Faults as a file: the same that the page shows, all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from desaga.documents.out import FORMATS, Column, Imprint, Table
from desaga.ui.fonts import font_files

from .presenting import ShownFault

FORMATS_OFFERED = [(ending, FORMATS[ending].label) for ending in ("xlsx", "csv")]
COLUMNS = (
    Column("Row", "number", width=8), Column("Column", width=28), Column("Value", width=30), Column("What is wrong", width=60),
    Column("How to mend it", width=60),
)  # fmt: skip


def faults_as_file(
    faults: Sequence[ShownFault], ending: str, name: str, organisation: Any, today: date
) -> HttpResponse:
    """All faults of an extract; 404 where the format is not offered."""
    if ending not in dict(FORMATS_OFFERED):
        raise Http404("No such format.")
    rows = [[fault.row, fault.column, fault.value, fault.what, fault.mend] for fault in faults]
    table = Table("faults", f"Faults in {name}", COLUMNS, rows, notes=() if rows else ("There is none.",))
    format = FORMATS[ending]
    content = format.write([table], Imprint(f"Faults in {name}", organisation.name, today, font_files()))
    file = f"{slugify(f'faults {name}')}-{today.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)
