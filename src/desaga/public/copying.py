"""The public copy of a plan: everything that its public page, files and feed say, and nothing else.

Made within the organisation, from what `plans.publishing` lets out of the plan, narrowed to the parts that the lead chose; kept as data apart
from the plan's rows, so that whoever answers the public never loads them. docs/adr/0026 says why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from desaga.indicators.lines import Line
from desaga.indicators.registry import public_of
from desaga.indicators.trends import Point
from desaga.organisations.states import PartyKind
from desaga.plans import queries as plans
from desaga.plans.interchange import stable_id
from desaga.plans.models import Action, ActionOwner, Plan, Update
from desaga.plans.publishing import public_owner, public_plan
from desaga.plans.queries.coverage import Coverage, coverage, frameworks_for
from desaga.plans.queries.measures import MeasureRead, measures_of_plan, stood_at

from . import queries
from .models import HeldPlan, Publication

Content = dict[str, Any]

#: How the public reads of somebody who is not named.
A_PERSON, OTHERS = "a named person", "others"
#: Where a measure stands whose figures have a public side, and whose figures the public is not shown.
FROM_PUBLIC, NOT_PUBLIC = "rounded, from the figures for the public", "not shown to the public"


def content_of(publication: Publication) -> Content:
    """The copy as it would be made now. As many queries however many actions there are; one more for each framework that is named."""
    plan, parts = publication.plan, publication.parts
    actions = list(plans.actions_whole(plan).order_by("order", "pk"))
    narratives = _narratives(actions) if "narrative" in parts else {}
    interchange = public_plan(plan, plans.themes_of(plan), actions, parts)
    _tell(interchange["actions"], narratives)
    return {
        "organisation": publication.organisation.name,
        "unit": plan.unit.name if plan.unit else "",
        "words": publication.words,
        "contact": {name: getattr(publication, f"contact_{name}") for name in ("name", "role", "address")},
        "reviewed_on": publication.reviewed_on.isoformat() if publication.reviewed_on else "",
        "parts": list(parts),
        "plan": interchange,
        "measures": _measures(plan) if "measures" in parts else {},
        "narratives": narratives,
        "unnamed": _unnamed(actions) if "who" in parts else {},
        "coverage": _coverage(plan) if "answers" in parts else [],
        "origin": _origin(plan),
    }


def digest_of(content: Content) -> str:
    """The same for the same content, and for no other."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _narratives(actions: Iterable[Action]) -> dict[str, dict[str, str]]:
    """What was last said of each action as a whole, by its id."""
    told = {}
    for action in actions:
        last = next((one for one in reversed(list(action.updates.all())) if one.text and one.unit_id is None), None)
        if last:
            told[stable_id(action)] = _account(last)
    return told


def _account(update: Update) -> dict[str, str]:
    return {"period": update.period, "text": update.text}


def _tell(actions: Iterable[dict[str, Any]], narratives: Mapping[str, Mapping[str, str]]) -> None:
    """Put what was last said into the update of its period, which the interchange format has a place for."""
    for action in actions:
        if not (told := narratives.get(action["id"])):
            continue
        last = next((one for one in reversed(action["updates"]) if one["period"] == told["period"]), None)
        if last is None:
            last = {"period": told["period"], "status": None, "rag": None}
            action["updates"].append(last)
        last["text"] = told["text"]


def _measures(plan: Plan) -> dict[str, list[dict[str, str]]]:
    """What is counted of each action, and where it stands; by the action's id, in as many queries however many there are."""
    found = measures_of_plan(plan)
    lines = [one.measure.line for read in found.values() for one in read]
    public = public_of([line for line in lines if line])
    return {
        stable_id(read[0].measure.action): [
            {"aim": one.measure.aim, "stands_at": _stands_at(one, public)} for one in read
        ]
        for read in found.values()
    }


def _stands_at(read: MeasureRead, public: Mapping[Line, Point | None]) -> str:
    """Where a measure stands for the public: what has figures of its own for the public is read from those, or not shown."""
    line = read.measure.line
    if line is None or line not in public:
        return read.stands_at
    point = public[line]
    return f"{stood_at(point, read.measure.is_share)}, {FROM_PUBLIC}" if point else NOT_PUBLIC


def _unnamed(actions: Iterable[Action]) -> dict[str, list[str]]:
    """Who of each action the public is not told, by the action's id: A_PERSON, and OTHERS for words that may be one."""
    told = {stable_id(action): [_unnamed_as(one) for one in action.owners.all()] for action in actions}
    return {key: list(dict.fromkeys(filter(None, kinds))) for key, kinds in told.items() if any(kinds)}


def _unnamed_as(owner: ActionOwner) -> str:
    if public_owner(owner) is not None:
        return ""
    is_person = PartyKind.PERSON in (owner.kind, owner.party and owner.party.kind)
    return A_PERSON if is_person else OTHERS


def _coverage(plan: Plan) -> list[dict[str, Any]]:
    """What of each framework that the plan names is answered. Nothing that is only suggested; titles of an own framework are its keeper's."""
    found = (coverage(plan, one) for one in frameworks_for(plan) if one.name)
    return [_covered(one) for one in found if one.answered]


def _covered(found: Coverage) -> dict[str, Any]:
    rows = [
        {
            "code": one.code,
            "title": "" if found.framework.is_own else one.title,
            "actions": [answer.label for answer in one.answers],
        }
        for one in found.principles
        if one.answers or not one.is_optional
    ]
    return {"framework": found.framework.name, "answered": found.answered, "rows": _codes_once(rows)}


def _codes_once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "title": ""} if row["title"].casefold() == row["code"].casefold() else row for row in rows]


def _origin(plan: Plan) -> dict[str, str] | None:
    """Whose words a held plan is."""
    held = HeldPlan.objects.filter(plan=plan).select_related("of").first()
    if held is None:
        return None
    claim = queries.claims_of([held]).get(held.pk)
    return {
        "of": held.of.name,
        "address": held.source_address,
        "taken_on": held.taken_on.isoformat(),
        "claimed_on": timezone.localdate(claim.accepted_at).isoformat() if claim else "",
    }


def labels_of(actions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What each action is called in few letters, by its id: its code, else its place."""
    return {one["id"]: one["code"] or f"Action {place}" for place, one in enumerate(actions, 1)}


def kept_lines(lines: Iterable[Mapping[str, str]], parts: Collection[str]) -> list[Mapping[str, str]]:
    """Those lines of former changes that tell of nothing but what is public still."""
    return [line for line in lines if not line["part"] or line["part"] in parts]
