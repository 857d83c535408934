"""Entries of the directory, made as people make them."""

from __future__ import annotations

from typing import Any

from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from .. import operations
from ..fields import FIELDS
from ..models import Listing

SHOWN = {"name": "Ada Quill", "job": "Glassblower", "employer": "Northmoor University", "place": "Northmoor",
         "skills": ["Glassblowing", "Vacuum sealing"], "equipment": ["Glass lathe"], "offers": "A talk in your school."}  # fmt: skip


def list_them(
    organisation: Organisation, *, actor: Any, hides: tuple[str, ...] = (), writes: bool = True, **fields: Any
) -> Listing:
    """Somebody who ticks everything but what they hide."""
    told = SHOWN | fields | {f"show_{name}": name not in hides for name in FIELDS}
    with within(organisation, user=actor):
        return operations.list_oneself(actor=actor, organisation=organisation, told=told, may_be_written_to=writes)


def furnish_directory(organisation: Organisation, *, actor: Any) -> None:
    list_them(organisation, actor=actor, name="Somebody of ours")
