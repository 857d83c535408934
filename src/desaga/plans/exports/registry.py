"""The views of a plan that can be taken out. A new view adds its line here, and its tables in `plans/tables/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from desaga.documents.out import Table
from desaga.organisations.refusals import Refused

from .. import queries
from ..forms import ActionFilterForm
from ..models import Plan
from ..tables.actions import public_tables_of_actions, tables_of_actions

Wanted = Mapping[str, Any]
Tables = Callable[[Plan, Wanted], Sequence[Table]]


class NotForThePublic(Exception):
    """This page has no public version."""


class TooLongForPDF(Refused):
    """This is too long to be made a PDF at once. Narrow it with the filters, or take it out as Word, which can be saved as PDF."""


@dataclass(frozen=True, slots=True)
class View:
    """A page of a plan as tables. `public` gives what the public may read of it; None where that is nothing."""

    name: str
    label: str
    tables: Tables
    public: Tables | None = None

    def tables_for(self, plan: Plan, wanted: Wanted, *, public: bool) -> Sequence[Table]:
        """The page's tables. Raises `NotForThePublic`."""
        if not public:
            return self.tables(plan, wanted)
        if self.public is None:
            raise NotForThePublic
        return self.public(plan, wanted)


def wanted_of(plan: Plan, query: QueryDict) -> dict[str, Any]:
    """What the address asks for, as the filters of the plan's page understand it; what they do not know is left out."""
    form = ActionFilterForm(query, parties=queries.parties_of(plan), principles=queries.principles_of(plan))
    form.is_valid()
    return form.cleaned_data


VIEWS = {one.name: one for one in (View("actions", "Actions", tables_of_actions, public_tables_of_actions),)}
