"""The views of a plan that can be taken out: each module of `plans/tables/` is one, by the functions that it offers.

tables_of_<view>(plan, wanted)          what the page shows
public_tables_of_<view>(plan, wanted)   what of it the public may read; without it, nothing
wanted_of_<view>(plan, query)           what the address asks for; without it, its words as they stand
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.http import QueryDict

from desaga.documents.out import Table
from desaga.organisations.refusals import Refused

from .. import tables
from ..models import Plan

Wanted = Mapping[str, Any]
Tables = Callable[[Plan, Wanted], Sequence[Table]]


class NotForThePublic(Exception):
    """This page has no public version."""


class TooLongForPDF(Refused):
    """This is too long to be made a PDF at once. Narrow it with the filters, or take it out as Word, which can be saved as PDF."""


def words_of(plan: Plan, query: QueryDict) -> dict[str, Any]:
    """The last word that an address has for each name; none that no database can hold."""
    return {name: word for name, word in query.dict().items() if "\x00" not in word}


@dataclass(frozen=True, slots=True)
class View:
    """A page of a plan as tables. `public` gives what the public may read of it; None where that is nothing."""

    name: str
    tables: Tables
    public: Tables | None = None
    wanted: Callable[[Plan, QueryDict], Wanted] = words_of

    def tables_for(self, plan: Plan, wanted: Wanted, *, public: bool) -> Sequence[Table]:
        """The page's tables. Raises `NotForThePublic`."""
        if not public:
            return self.tables(plan, wanted)
        if self.public is None:
            raise NotForThePublic
        return self.public(plan, wanted)


@cache
def views() -> Mapping[str, View]:
    """All views by their names."""
    return {name: _view(name) for _, name, _ in pkgutil.iter_modules(tables.__path__)}


def _view(name: str) -> View:
    module = import_module(f"{tables.__name__}.{name}")
    return View(
        name=name,
        tables=getattr(module, f"tables_of_{name}"),
        public=getattr(module, f"public_tables_of_{name}", None),
        wanted=getattr(module, f"wanted_of_{name}", words_of),
    )
