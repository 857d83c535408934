"""Tables of this slice as one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from desaga.documents.out import FORMATS, Imprint, Table
from desaga.ui.fonts import font_files

FORMATS_OFFERED = [(ending, FORMATS[ending].label) for ending in ("xlsx", "docx", "csv")]


def as_file(tables: Sequence[Table], ending: str, title: str, organisation: Any, today: date) -> HttpResponse:
    """A file to keep, "budget-2026-27-2026-11-28.xlsx"; 404 where the format is not offered."""
    if ending not in dict(FORMATS_OFFERED):
        raise Http404("No such format.")
    format = FORMATS[ending]
    content = format.write(tables, Imprint(title, organisation.name, today, font_files()))
    name = f"{slugify(title.replace('/', '-'))}-{today.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)
