"""A view of a plan as one file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from desaga.documents.out import Format, Imprint, Table
from desaga.ui.fonts import font_files

from .. import queries
from ..models import Plan
from ..roundtrip.sheet import mark_of, write_csv, write_xlsx
from ..tables.actions import plan_taken_out, sheet_beside, sheet_keys
from .registry import TooLongForPDF, View

#: A PDF takes about 3 seconds for 100,000 characters (`bench/take_out.py`); nobody waits longer than for this many.
LONGEST_PDF = 150_000


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A file: what it is called, what it is, and what is in it."""

    name: str
    media_type: str
    content: bytes


def take_out(
    plan: Plan, view: View, format: Format, wanted: Mapping[str, Any], *, public: bool, today: date
) -> TakenOut:
    """A view of a plan in a format, narrowed as its page is. Raises `NotForThePublic`, `TooLongForPDF`.

    Actions as .xlsx and .csv are a sheet that can be edited and brought back (`roundtrip`); as .json they are the plan in
    the interchange format, which Desaga reads again; other views, and what the public may read, are their tables.
    """
    if view.name == "actions" and format.ending == "json":
        content = _interchange(plan, wanted, public=public)
    elif view.name == "actions" and format.ending in ("xlsx", "csv") and not public:
        content = _sheet(plan, format, wanted)
    else:
        content = _written(view.tables_for(plan, wanted, public=public), format, plan.title, plan.organisation, today)
    return TakenOut(_file_name(plan, view, format, public, today), format.media_type, content)


def tables_as_file(tables: Sequence[Table], format: Format, title: str, organisation: Any, today: date) -> TakenOut:
    """Tables that are of no one plan as one file. Raises `TooLongForPDF`."""
    name = f"{slugify(title)}-{today.isoformat()}.{format.ending}"
    return TakenOut(name, format.media_type, _written(tables, format, title, organisation, today))


def _written(tables: Sequence[Table], format: Format, title: str, organisation: Any, today: date) -> bytes:
    if format.ending == "pdf" and _length(tables) > LONGEST_PDF:
        raise TooLongForPDF
    return format.write(tables, Imprint(title, organisation.name, today, font_files()))


def _length(tables: Sequence[Table]) -> int:
    """How many characters stand in all cells."""
    return sum(len(str(value or "")) for table in tables for row in table.rows for value in row)


def _interchange(plan: Plan, wanted: Mapping[str, Any], *, public: bool) -> bytes:
    data = plan_taken_out(plan, wanted, public=public)
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _sheet(plan: Plan, format: Format, wanted: Mapping[str, Any]) -> bytes:
    actions = plan_taken_out(plan, wanted)["actions"]
    whole = len(actions) == queries.actions_of(plan).count()
    mark, pairs = mark_of(plan.pk, whole=whole, now=timezone.now()), [(one["id"], one) for one in actions]
    keys, beside = sheet_keys(wanted), sheet_beside(wanted)
    if format.ending == "csv":
        return write_csv(mark, pairs, keys, beside)
    return write_xlsx(plan.title, f"{plan.organisation.name}; {len(actions)} actions", mark, pairs, keys, beside)


def _file_name(plan: Plan, view: View, format: Format, public: bool, today: date) -> str:
    """Plan, view and day: "action-plan-2026-actions-2027-03-01.xlsx"."""
    title = slugify(plan.title)[:60].strip("-") or f"plan-{plan.pk}"
    return "-".join([title, view.name, *(["public"] if public else []), f"{today.isoformat()}.{format.ending}"])
