"""Lists in pages: how many, where from, and the addresses of the pages around. Imports ninja: only for `api.py` rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest
from ninja import Field, Schema
from ninja.errors import ValidationError
from pydantic import AfterValidator, AwareDatetime, StringConstraints

Row = TypeVar("Row")
MOST_ROWS = 200
FURTHEST = 1_000_000

#: Words of an address to look for. The database keeps no NUL, and cannot be asked for one.
Words = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]


def in_utc(moment: datetime) -> datetime:
    """The same moment as the database can be told it: it knows no offset of almost a day."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("This moment is before the first year or after the last.") from None


#: A moment with its offset from UTC.
Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]


class PageWanted(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(50, ge=1, le=MOST_ROWS, description="How many to answer at once.")
    offset: int = Field(0, ge=0, le=FURTHEST, description="How many to leave out first.")


class Page(Schema, Generic[Row]):
    """A part of a list, in an order that stays the same from page to page."""

    total: int = Field(description="How many there are in all.")
    next: str | None = Field(description="The address of the next page; null on the last.")
    previous: str | None = Field(description="The address of the page before; null on the first.")
    items: list[Row]


def page_of(request: HttpRequest, rows: Any, wanted: PageWanted, shape: Callable[[Any], Any]) -> dict[str, Any]:
    """A page of a queryset or a list; `shape` makes of each row what is answered. Words that the list does not know are refused."""
    refuse_unknown_words(request, wanted)
    total = len(rows) if isinstance(rows, list | tuple) else rows.count()
    part = rows[wanted.offset : wanted.offset + wanted.limit]
    after, before = wanted.offset + wanted.limit, max(wanted.offset - wanted.limit, 0)
    return {
        "total": total,
        "next": address_of(request, wanted.limit, after) if after < total else None,
        "previous": address_of(request, wanted.limit, before) if wanted.offset else None,
        "items": [shape(row) for row in part],
    }


def refuse_unknown_words(request: HttpRequest, wanted: PageWanted) -> None:
    """A filter with a slip in its name would otherwise answer everything. Raises ninja's `ValidationError`."""
    known = type(wanted).model_fields
    reason = f"This list knows no such word; it knows {', '.join(known)}."
    if errors := [{"loc": ("query", name), "msg": reason} for name in request.GET if name not in known]:
        raise ValidationError(errors)


def address_of(request: HttpRequest, limit: int, offset: int) -> str:
    """This list's address with another part wanted; the other words stay."""
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
