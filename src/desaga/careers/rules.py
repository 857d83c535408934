"""Who may do what with questions, schools' interests and the reference data."""

from __future__ import annotations

from typing import Any

import rules

from desaga.organisations.models import Organisation
from desaga.organisations.rules import has_role, is_lead, runs_the_programme
from desaga.organisations.states import Role
from desaga.tenancy.context import current_organisation

from . import keeping

edits = runs_the_programme | has_role(Role.EDITOR)


@rules.predicate
def keeps_for_all(user: Any, thing: Any = None) -> bool:
    """The organisation runs the national site: what it writes counts everywhere."""
    organisation = thing if isinstance(thing, Organisation) else getattr(thing, "organisation", None)
    return keeping.keeps_for_all(organisation or current_organisation())


# To read, moderate and send on what was asked, to answer schools, and to publish answers that technicians gave.
rules.add_perm("careers.answer", edits)
# Which doors are open.
rules.add_perm("careers.open_doors", runs_the_programme)
# The reference data: written by editors of the national site, published by its lead.
rules.add_perm("careers.write_entries", edits & keeps_for_all)
rules.add_perm("careers.publish_entries", is_lead & keeps_for_all)
