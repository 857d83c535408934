"""What all reads of plans share: the one row or 404, codes in their order, words on one line."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404


def found(rows: QuerySet[Any], **keys: Any) -> Any:
    """The one row, or 404: what is another's is answered as if there were no such thing."""
    row = rows.filter(**keys).first()
    if row is None:
        raise Http404("There is nothing here that is open to you.")
    return row


def natural(code: str) -> tuple[Any, ...]:
    """R2 before R10."""
    letters = "".join(letter if letter.isdecimal() else " " for letter in code).split()
    head = "".join(letter for letter in code if not letter.isdecimal()).casefold()
    return (head, [int(number) for number in letters])


def short(words: str, length: int = 70) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[: length - 1].rsplit(' ', 1)[0]}…"
