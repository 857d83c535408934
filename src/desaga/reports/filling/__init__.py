"""Word forms that somebody else wants filled: their fields found, and filled without touching anything else. Pure Python, no Django.

`read_fields` and `fill_fields` are called in a process of their own (`desaga.documents.sandbox`): nobody vouches for the file.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .boxes import mirror_text_boxes
from .finding import Field, fields_of, fingerprint_of
from .package import open_form, with_parts
from .writing import write_into

__all__ = ["Field", "fill_fields", "fingerprint_of", "read_fields"]


def read_fields(payload: Mapping[str, Any]) -> dict[str, Any]:
    """`{"fields": […], "fingerprint"}` of the form at `payload["path"]`. Raises `UnreadableDocument`."""
    path = Path(payload["path"])
    form = open_form(path.read_bytes(), path.name)
    found = [place.field for place in fields_of(form)]
    return {"fields": [one.as_data() for one in found], "fingerprint": fingerprint_of(found)}


def fill_fields(payload: Mapping[str, Any]) -> dict[str, Any]:
    """`{"content"}`, the form as base64 with `payload["hints"]["values"]` written in, by key of the field. All else stays as it is."""
    path = Path(payload["path"])
    data = path.read_bytes()
    form = open_form(data, path.name)
    values = payload["hints"]["values"]
    changed = set()
    for place in fields_of(form):
        if values.get(place.field.key):
            changed.add(place.root)
            write_into(place, values[place.field.key])
    for root in changed:
        mirror_text_boxes(root)
    return {"content": base64.b64encode(with_parts(data, form, changed)).decode()}
