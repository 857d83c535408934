"""What differs between two public copies, in sentences: pure.

They are made of codes, dates and states alone. No former wording stands in them, so that what was reworded for a reason stays gone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from desaga.plans.dates import said
from desaga.plans.presenting import when_of
from desaga.plans.states import Rag, Status

from .copying import Content, labels_of

Action = Mapping[str, Any]
Line = dict[str, str]


def changes_between(old: Content, new: Content) -> list[Line]:
    """Each change with the part that it tells of, in the plan's order; only of parts that both copies show."""
    parts = set(old["parts"]) & set(new["parts"])
    return [*_of_page(old, new), *_of_actions(old, new, parts)]


def _of_page(old: Content, new: Content) -> list[Line]:
    told = []
    if set(old["parts"]) != set(new["parts"]):
        told.append("What is shown of the plan changed.")
    if old["plan"]["title"] != new["plan"]["title"]:
        told.append("The plan has another title.")
    if old["plan"]["period"] != new["plan"]["period"]:
        told.append("The plan’s period changed.")
    if old["contact"] != new["contact"]:
        told.append("Whom to write to changed.")
    if old["words"] != new["words"]:
        told.append("The introduction was reworded.")
    if new["reviewed_on"] and old["reviewed_on"] != new["reviewed_on"]:
        told.append(f"The plan was reviewed on {said(new['reviewed_on'])}.")
    return [_line("", words) for words in told]


def _of_actions(old: Content, new: Content, parts: Collection[str]) -> list[Line]:
    before = {one["id"]: one for one in old["plan"]["actions"]}
    after = {one["id"]: one for one in new["plan"]["actions"]}
    labels = labels_of(old["plan"]["actions"]) | labels_of(new["plan"]["actions"])
    lines: list[Line] = []
    for key, action in after.items():
        if key not in before:
            lines.append(_line("", f"{labels[key]} was added."))
        else:
            lines += _of_action(labels[key], before[key], action, parts)
            lines += _beside(labels[key], key, old, new, parts)
    return lines + [_line("", f"{labels[key]} was taken out.") for key in before if key not in after]


def _of_action(label: str, was: Action, now: Action, parts: Collection[str]) -> list[Line]:
    lines = [
        _line(part, f"{label}: {say(was, now)}.")
        for part, name, say in FIELDS
        if _shows(part, parts) and was[name] != now[name]
    ]
    return list({line["text"]: line for line in lines}.values())


def _beside(label: str, key: str, old: Content, new: Content, parts: Collection[str]) -> list[Line]:
    """Measures and accounts, which stand beside the actions."""
    lines = []
    if "measures" in parts and old["measures"].get(key) != new["measures"].get(key):
        lines.append(_line("measures", f"{label}: what is measured, or where it stands, changed."))
    if "narrative" in parts and old["narratives"].get(key) != new["narratives"].get(key):
        lines.append(_line("narrative", f"{label}: a new account of how it goes."))
    return lines


def _shows(part: str, parts: Collection[str]) -> bool:
    return not part or part in parts


def _line(part: str, text: str) -> Line:
    return {"part": part, "text": text}


def _became(name: str, what: str, kind: Any) -> Callable[[Action, Action], str]:
    def say(was: Action, now: Action) -> str:
        words = [kind(one[name]).label if one[name] else "not said" for one in (was, now)]
        return f"{what} is now {words[1]}, and was {words[0]}"

    return say


def _always(words: str) -> Callable[[Action, Action], str]:
    return lambda was, now: words


def _when(was: Action, now: Action) -> str:
    return f"when it is to be done is now {when_of(now['timeframe']) or 'not said'}"


def _usual(was: Action, now: Action) -> str:
    return "it is business as usual now" if now["business_as_usual"] else "it is no longer business as usual"


FIELDS: tuple[tuple[str, str, Callable[[Action, Action], str]], ...] = (
    ("status", "status", _became("status", "status", Status)),
    ("rag", "rag", _became("rag", "RAG", Rag)),
    ("", "business_as_usual", _usual),
    ("when", "timeframe", _when),
    ("when", "milestones", _always("its stages changed")),
    ("who", "owners", _always("who carries it changed")),
    ("answers", "alignments", _always("what it answers changed")),
    ("themes", "theme", _always("it stands under another theme")),
    ("", "title", _always("reworded")),
    ("how", "how", _always("reworded")),
    ("success", "success", _always("reworded")),
)
