"""What the addresses of the walk name: ids of things of one organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from desaga.organisations.models import (
    Employment,
    GlossaryTerm,
    Grant,
    Group,
    GroupMembership,
    Party,
    RoleAssignment,
    Unit,
)
from desaga.tenancy.context import within

FIRST_OF: dict[str, type[Model]] = {
    "unit": Unit,
    "group": Group,
    "seat": GroupMembership,
    "party": Party,
    "term": GlossaryTerm,
    "employment": Employment,
    "role": RoleAssignment,
}


def things_of(organisation: Any) -> dict[str, Any]:
    """Names used in `answers.py` to ids of the organisation's rows."""
    with within(organisation):
        things = {name: model._default_manager.order_by("pk").first().pk for name, model in FIRST_OF.items()}
        things["person"] = Employment.objects.order_by("pk").first().person_id
        things["grant"] = Grant.objects.filter(owner_organisation=organisation).order_by("pk").first().pk
    return things
