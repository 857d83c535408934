"""Doubts that only the whole plan shows: gaps in the numbering, two actions in one row, repeated actions."""

from __future__ import annotations

import re
from itertools import pairwise

from .model import Action, Notice, Plan
from .words import key


def check_plan(plan: Plan) -> None:
    """Add the notices that need more than one action to be seen."""
    _gaps(plan)
    _repeats(plan)


def _ordinal(code: str) -> tuple[str, int] | None:
    """("N8-1", 3) for N8-1c, ("V", 2) for V2, ("1", 4) for 1.4; None where the code counts nothing."""
    match = re.fullmatch(r"(.*?\d)\(?([a-z])\)?", code)
    if match:
        return match[1], ord(match[2]) - 96
    match = re.fullmatch(r"(.*?)(\d{1,3})", code)
    return (match[1], int(match[2])) if match else None


def _gaps(plan: Plan) -> None:
    groups: dict[str, list[tuple[int, Action]]] = {}
    for action in plan.actions:
        ordinal = _ordinal(action.code or "")
        if ordinal:
            groups.setdefault(ordinal[0], []).append((ordinal[1], action))
    for stem, members in groups.items():
        members.sort(key=lambda pair: pair[0])
        for (low, before), (high, after) in pairwise(members):
            if not 1 < high - low <= 4 or before.business_as_usual != after.business_as_usual:
                continue
            _report_gap(plan, stem, low, high, before)


def _report_gap(plan: Plan, stem: str, low: int, high: int, before: Action) -> None:
    letters = bool(re.fullmatch(r".*\d\(?[a-z]\)?", before.code or ""))
    missing = [f"{stem}{chr(96 + n) if letters else n}" for n in range(low + 1, high)]
    words = " and ".join(missing)
    twice = any(n.kind == "named_twice" for n in before.notices)
    if twice:
        before.note(
            "title",
            "two_in_one",
            f"{words} is missing from the numbering, and this row holds two lists: it may be two actions.",
        )
    else:
        before.note("code", "gap_in_numbering", f"{words} is missing from the numbering after this action.")
    plan.notices.append(
        Notice("actions", "gap_in_numbering", f"{words} is missing from the numbering after {before.code}.")
    )


def _repeats(plan: Plan) -> None:
    seen: dict[str, Action] = {}
    for action in plan.actions:
        words = key(action.title)
        if len(words) < 20:
            continue
        if words in seen:
            action.note("title", "repeated", "The same action stands earlier in the document.")
        else:
            seen[words] = action
