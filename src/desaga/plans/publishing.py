"""What of a plan in the interchange format the public may read: no person, no comment, no source cell, no suggestion.

What is left out is left out empty, so that the result is still in the format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desaga.organisations.states import PartyKind

from .states import Basis

#: Kinds of owners that name no person. What nobody has resolved may be a person's name.
NOT_A_PERSON = (PartyKind.ROLE, PartyKind.GROUP, PartyKind.UNIT)


def public_action(action: Mapping[str, Any]) -> dict[str, Any]:
    """The action without people, comments, the words of source cells, doubts, and what is only suggested that it answers."""
    return {
        **action,
        "owners": [public_owner(owner) for owner in action["owners"] if owner["kind"] in NOT_A_PERSON],
        "alignments": [{**one, "text": ""} for one in action["alignments"] if one["basis"] != Basis.SUGGESTED],
        "updates": [{**update, "text": ""} for update in action["updates"]],
        "depends_on": [one for one in action["depends_on"] if not one.get("on", {}).get("above")],
        "comments": "",
        "source": {"sheet": None, "page": None, "row": None},
        "notices": [],
    }


def public_owner(owner: Mapping[str, Any]) -> dict[str, Any]:
    """A role, group or unit by its code where it has one: the document's words may name who holds it."""
    return {**owner, "text": owner["code"] or owner["text"]}


def public_plan(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The plan without people, comments, text that has no place, and doubts."""
    return {
        **plan,
        "actions": [public_action(action) for action in plan["actions"]],
        "glossary": [{**row, "person": None, "comment": ""} for row in plan["glossary"]],
        "unplaced": [],
        "notices": [],
    }
