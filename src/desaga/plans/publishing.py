"""What of a plan the public may read, in the interchange format: decided field by field, and left out empty.

- Owners: only who is known to be no person, by code, else by the name of the party. Words that nobody resolved do not go out;
  nor does what stands in brackets, which may name who holds a role, nor what looks like a person's name, whoever calls it a role.
- When: the dates that were understood, and whether it goes on. The author's words stay.
- What it waits for: the codes of actions of this plan. Words, and what of the plan above is waited for, stay.
- Alignments without the words of their cells, and nothing that is only suggested. Updates as period, status and RAG.
- Code, title, how, how one will know, theme and the labels of stages are the plan's own content and go as they stand.
- Abbreviations without who holds them; those that stand for a person not at all.
- Comments, sources, doubts and text that has no place never.

Of this, what the lead chose goes out (`Plan.public_parts`, names of `PARTS`); where nobody has chosen, all of it. Code, title and whether it
is business as usual always go: without them there is no action.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from desaga.organisations.states import PartyKind

from .interchange import action_as_data, blank_action, plan_as_data
from .models import Action, ActionOwner, Plan, Theme
from .reading.owners import kind_of
from .states import Basis

#: Kinds of owners that name no person. What nobody has resolved may be a person's name.
NOT_A_PERSON = (PartyKind.ROLE, PartyKind.GROUP, PartyKind.UNIT)
BRACKETED = re.compile(r"\s*(\([^()]*\)?|\[[^\[\]]*\]?)")

#: What a lead chooses of: each with the fields of an action in the interchange format that go only with it.
PARTS: Mapping[str, tuple[str, ...]] = {
    "themes": ("theme",),
    "how": ("how",),
    "success": ("success",),
    "who": ("owners",),
    "when": ("timeframe", "milestones", "depends_on"),
    "status": ("status",),
    "rag": ("rag",),
    "answers": ("alignments",),
    "measures": (),
    "narrative": (),
}
#: What is chosen until somebody chooses: how confident one is, and what was last said, wait for a word.
USUAL_PARTS = tuple(name for name in PARTS if name not in ("rag", "narrative"))
#: Of which parts a filter tells: it is heeded only where all of them are public.
FILTERED_BY = {
    "party": ("who",), "principle": ("answers",), "theme": ("themes",), "status": ("status",), "due": ("when", "status"),
}  # fmt: skip
NOTHING = blank_action()


def parts_open(plan: Plan) -> Collection[str]:
    """What of a plan's actions the public may read."""
    return tuple(PARTS) if plan.public_parts is None else plan.public_parts


def public_action(action: Action, parts: Collection[str] | None = None) -> dict[str, Any]:
    """An action as the public may read it; its parts must be prefetched (`queries.actions_whole`). `parts` as its plan's lead chose."""
    parts = parts_open(action.plan) if parts is None else parts
    data = _readable(action)
    closed = {field: NOTHING[field] for name, fields in PARTS.items() if name not in parts for field in fields}
    return {**data, **closed, "updates": _public_updates(data["updates"], parts)}


def _public_updates(updates: Iterable[Mapping[str, Any]], parts: Collection[str]) -> list[dict[str, Any]]:
    """Updates with what of status and RAG is public; none where neither is."""
    told = [name for name in ("status", "rag") if name in parts]
    if not told:
        return []
    return [{**one, **{name: None for name in ("status", "rag") if name not in told}} for one in updates]


def _readable(action: Action) -> dict[str, Any]:
    """All of an action that the public may ever read."""
    data = action_as_data(action)
    owners = map(public_owner, action.owners.all())
    waits = [one.on for one in action.dependencies.all() if one.on and one.on.plan_id == action.plan_id]
    return {
        **data,
        "timeframe": {**data["timeframe"], "text": ""},
        "owners": [owner for owner in owners if owner],
        "alignments": [{**one, "text": ""} for one in data["alignments"] if one["basis"] != Basis.SUGGESTED],
        "updates": [{**update, "text": ""} for update in data["updates"]],
        "depends_on": [{"text": on.code} for on in waits if on.code],
        "comments": "",
        "source": {"sheet": None, "page": None, "row": None},
        "notices": [],
    }


def public_owner(owner: ActionOwner) -> dict[str, Any] | None:
    """Who carries an action, as the public may read it; None where that may be a person."""
    party = owner.party
    if PartyKind.PERSON in (owner.kind, party and party.kind):
        return None
    is_known = party is not None and party.kind in NOT_A_PERSON
    kind = party.kind if party and is_known else owner.kind
    code = _without_people(owner.code or (party.code if party else ""))
    told = code or (_without_people(party.name) if party and is_known else "")
    if not told or kind not in NOT_A_PERSON:
        return None
    return {"text": told, "code": code or None, "kind": kind, "role": owner.role}


def public_plan(
    plan: Plan, themes: Iterable[Theme], actions: Iterable[Action], parts: Collection[str] | None = None
) -> dict[str, Any]:
    """A plan with these of its actions as the public may read it; give what `interchange.plan_as_data` is given."""
    parts = parts_open(plan) if parts is None else parts
    return {
        **plan_as_data(plan, themes if "themes" in parts else (), ()),
        "actions": [public_action(action, parts) for action in actions],
        "phases": plan.phases if "when" in parts else [],
        "frameworks": plan.frameworks if "answers" in parts else [],
        "glossary": [row for row in map(_public_abbreviation, plan.glossary) if row],
        "unplaced": [],
        "notices": [],
    }


def _public_abbreviation(row: Mapping[str, Any]) -> dict[str, Any] | None:
    meaning, holder = _without_people(row["meaning"]), row["person"]
    if row["meaning"] and not meaning or holder and holder.casefold() in meaning.casefold():
        return None
    return {**row, "meaning": meaning, "person": None, "comment": ""}


def _without_people(text: str) -> str:
    """Words without what stands in brackets; "" where the rest reads like a person's name."""
    told = BRACKETED.sub("", text).strip()
    return "" if kind_of(told) == "person" else told
