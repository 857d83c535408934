"""Frameworks that a plan's document spells out, and that may become the organisation's own. All answer within the current scope."""

from __future__ import annotations

from django.http import Http404

from desaga.frameworks.queries import editions_listed
from desaga.frameworks.reading import Part, read_pairs

from ..models import Plan
from ..reading.alignments import shipped_as
from ..reading.words import key


def names_to_keep(plan: Plan) -> list[str]:
    """Those that are neither shipped, under whatever name, nor kept already."""
    names = [sheet["name"] for sheet in plan.frameworks if not shipped_as(sheet["name"])]
    kept = {key(one.name) for one in editions_listed()} if names else set()
    return [name for name in names if key(name) not in kept]


def framework_of_document(plan: Plan, name: str) -> Part:
    """The principles that the plan's document spells out under this name, or 404."""
    sheet = next((one for one in plan.frameworks if one["name"] == name), None)
    if sheet is None:
        raise Http404("There is nothing here that is open to you.")
    return read_pairs(name, ((one["code"], one["text"]) for one in sheet["principles"]))
