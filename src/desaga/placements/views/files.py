"""A table as a file that somebody takes out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from desaga.documents.out import Imprint, Table


def table_response(table: Table, format: Any, title: str, organisation: Any) -> HttpResponse:
    """No cell can act as a formula, and no machine on the way keeps it."""
    today = timezone.localdate()
    content = format.write([table], Imprint(title, organisation.name, today))
    name = f"{slugify(title)[:80]}-{today.isoformat()}.{format.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)
