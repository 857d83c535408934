"""Changing a definition part by part. Pure: data in, new data out; whether it can work is said by `defining.Definition`.

A list in a definition is named by a *place*: "costs", "parts", "part.about_you" (the questions of that part), "later.a_year", …
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any, cast

from .conflict_kinds import KINDS
from .defining import CORE, Definition, Question, numbered

Data = dict[str, Any]

#: Places that are lists of the definition itself, and what they hold.
LISTS = {
    "parts": "sections",
    "costs": "cost_kinds",
    "approvers": "approvers",
    "criteria": "criteria",
    "conflicts": "conflict_kinds",
    "reasons": "decline_reasons",
    "ineligible": "ineligible_reasons",
    "duties": "duties",
    "later": "outcomes",
    "equality": "equality",
}
LONGEST_KEY = 40


class NoSuchPlace(KeyError):
    """The definition has no such list, or nothing of that key in it."""


def items(data: Mapping[str, Any], place: str) -> list[Data]:
    """The list at a place, itself and not a copy. Raises `NoSuchPlace`."""
    name, _, key = place.partition(".")
    if place == "duties":
        # Those of old versions have no keys yet.
        data["duties"] = numbered(data.get("duties", []))  # type: ignore[index]
        return cast("list[Data]", data["duties"])
    if place == "conflicts" and "conflict_kinds" not in data:
        # Those that every scheme begins with are not written down until one of them is changed.
        data["conflict_kinds"] = [one._asdict() for one in KINDS]  # type: ignore[index]
    if place in LISTS:
        return data.setdefault(LISTS[name], []) if isinstance(data, dict) else list(data.get(LISTS[name], []))
    if place == "report":
        return list_of(data["report"])
    if name in ("part", "later") and key:
        return list_of(item(data, "parts" if name == "part" else "later", key))
    raise NoSuchPlace(place)


def list_of(holder: Data) -> list[Data]:
    found: list[Data] = holder.setdefault("questions", [])
    return found


def item(data: Mapping[str, Any], place: str, key: str) -> Data:
    """One thing of a list. Raises `NoSuchPlace`."""
    for one in items(data, place):
        if one["key"] == key:
            return one
    raise NoSuchPlace(f"{place}: {key}")


def put(data: Mapping[str, Any], place: str, thing: Data) -> Data:
    """With the thing in the place of that of the same key, or at the end."""
    new = deepcopy(dict(data))
    things = items(new, place)
    for at, one in enumerate(things):
        if one["key"] == thing["key"]:
            things[at] = thing
            return new
    things.append(thing)
    return new


def remove(data: Mapping[str, Any], place: str, key: str) -> Data:
    """Without it; and without the conditions that other questions had on it. Raises `NoSuchPlace`."""
    new = deepcopy(dict(data))
    things = items(new, place)
    things.remove(item(new, place, key))
    beside = (
        [one for section in new["sections"] for one in section["questions"]] if place.startswith("part.") else things
    )
    for question in beside:
        if (question.get("only_if") or {}).get("question") == key:
            del question["only_if"]
    return new


def move(data: Mapping[str, Any], place: str, key: str, *, by: int) -> Data:
    """One place up (-1) or down (1); at the end it stays. Raises `NoSuchPlace`."""
    new = deepcopy(dict(data))
    things = items(new, place)
    at = things.index(item(new, place, key))
    to = min(max(at + by, 0), len(things) - 1)
    things.insert(to, things.pop(at))
    return new


def key_for(label: str, taken: Collection[str]) -> str:
    """A key made of what people read, unlike those that are taken."""
    words = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")
    base = re.sub(r"^[^a-z]+", "", words)[: LONGEST_KEY - 4].strip("_") or "item"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


def keys_of(data: Mapping[str, Any], place: str) -> set[str]:
    """The keys that a new thing at a place must not have: questions differ over all parts."""
    if place.startswith("part."):
        asked = {question["key"] for section in data["sections"] for question in section["questions"]}
        # A question of one's own never has the key of one that Desaga works with.
        return asked | set(CORE)
    return {one["key"] for one in items(data, place)}


def differences(old: Definition | None, new: Definition) -> list[str]:
    """What the new one says otherwise, each in a line for whoever puts it in force."""
    if old is None:
        return ["This is the first version."]
    before, after = old.as_data(), new.as_data()
    told = [f"Changed: {WORDS[name]}." for name in WORDS if before.get(name) != after.get(name)]
    for place, (name, said) in SAID.items():
        told += _of_list(said, items(before, place), items(after, place), name)
    told += _of_list("question", _questions(old), _questions(new), "label")
    if before["report"] != after["report"]:
        told.append("Changed: the report.")
    return told


def _questions(definition: Definition) -> list[Data]:
    return [question.model_dump(mode="json") for question in definition.questions()]


def _of_list(said: str, before: list[Data], after: list[Data], name: str) -> list[str]:
    """Without the questions of a part, which are told by themselves."""
    old = {one["key"]: one for one in before}
    new = {one["key"]: one for one in after}
    told = [f"Added: the {said} “{new[key][name]}”." for key in new if key not in old]
    told += [f"Removed: the {said} “{old[key][name]}”." for key in old if key not in new]
    told += [
        f"Changed: the {said} “{new[key][name]}”."
        for key in new
        if key in old and _alone(old[key], said) != _alone(new[key], said)
    ]
    return told


def _alone(thing: Data, said: str) -> Data:
    return {name: value for name, value in thing.items() if name != "questions"} if said == "part" else thing


#: By what a thing of each list is called, and as what it is told.
SAID = {
    "parts": ("title", "part"),
    "costs": ("label", "kind of cost"),
    "approvers": ("title", "approver"),
    "criteria": ("label", "criterion"),
    "conflicts": ("label", "kind of conflict"),
    "reasons": ("label", "reason"),
    "ineligible": ("label", "reason for not being eligible"),
    "duties": ("words", "duty"),
    "later": ("title", "later question"),
    "equality": ("label", "equality question"),
}
#: Single facts of a definition, as they are told.
WORDS = {
    "purpose": "the purpose",
    "noun": "what an award pays for, in a word",
    "host_word": "how one is with a host",
    "host_noun": "what a host is called",
    "who": "who may apply",
    "nations": "the nations",
    "role_words": "the words for roles",
    "employers": "whose people may apply",
    "funds": "what is funded",
    "least": "the least that is awarded",
    "most": "the most that is awarded",
    "home": "whether placements at home are funded",
    "abroad": "whether placements abroad are funded",
    "advance": "whether money can be paid before",
    "rests_one_round": "whether one rests a round after an award",
    "tells_employer": "what the employer learns",
    "names_hidden": "whether the panel reads names",
    "names_shown_at_meeting": "whether names are shown when the panel meets",
    "reviewers_each": "how many read each application",
    "accept_days": "days to accept",
    "needs_agreement": "whether an agreement is signed",
    "keep_months": "how long people are kept",
}


def questions_to_depend_on(data: Mapping[str, Any], place: str = "part.") -> list[Question]:
    """Those with answers to choose from, among which it stands: another question can be asked only if one of them was answered so."""
    stand = (
        [one for section in data["sections"] for one in section["questions"]]
        if place.startswith("part.")
        else items(deepcopy(dict(data)), place)
    )
    every = [Question.model_validate(one) for one in stand]
    return [one for one in every if one.kind in ("choice", "yes_no")]
