"""What a page of a plan's actions is asked for, as it is kept in a view, written in an address and told in words. Pure Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

#: Words of the address that say which actions, in which order, and which columns; "view" and "page" are of the moment.
FILTERS = ("q", "party", "principle", "theme", "status", "due")
KEPT = (*FILTERS, "sort", "columns")


def asks_of(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What is set of what a page was asked for."""
    return {name: wanted[name] for name in KEPT if wanted.get(name)}


def query_of(asks: Mapping[str, Any], **more: Any) -> str:
    """The same as the query of an address, without its question mark."""
    return urlencode({**asks, **{name: value for name, value in more.items() if value}}, doseq=True)


def words_of(form: Any) -> list[tuple[str, str]]:
    """What a filled-in filter form asks for, in words: (label, value)."""
    asks = asks_of(form.cleaned_data)
    told = [(form.fields[name].label, _label(form.fields[name], asks[name])) for name in FILTERS if name in asks]
    if sort := asks.get("sort"):
        told.append(("Sorted by", dict(form.fields["sort"].choices).get(sort, sort)))
    if columns := asks.get("columns"):
        known = dict(form.fields["columns"].choices)
        told.append(("Columns", ", ".join(known.get(one, one) for one in columns)))
    return told


def _label(field: Any, value: str) -> str:
    for known, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            if value in dict(label):
                return dict(label)[value]
        elif str(known) == value:
            return str(label)
    return value
