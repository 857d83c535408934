"""Status and RAG as the one colour that the Commitment's forms ask for: shown, never kept. Pure Python.

The forms know green for completed, amber for ongoing and red for delayed or failed (the sector study's reading of them:
https://github.com/Sammjjj/TCDOC_EXTRACT, Methods.txt). The rule is an organisation's own to change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from .states import Rag, Reported, Status

STATUSES, RAGS = ("", *Status.values), ("", *Rag.values)
#: The colour by which the forms name each.
COLOURS = {Reported.COMPLETED: Rag.GREEN, Reported.ONGOING: Rag.AMBER, Reported.DELAYED: Rag.RED}
Pair = tuple[str, str]


def by_default(status: str, rag: str) -> Reported:
    """Complete counts as completed whatever one feared; late, stopped or red as delayed; all else that was said as ongoing."""
    if status == Status.COMPLETE or not status and rag == Rag.BLUE:
        return Reported.COMPLETED
    if status in (Status.DELAYED, Status.STOPPED) or rag == Rag.RED:
        return Reported.DELAYED
    return Reported.ONGOING if status or rag else Reported.NOT_SAID


def key_of(status: str, rag: str) -> str:
    return f"{status}-{rag}"


def rule_from(changed: Mapping[str, str]) -> dict[Pair, Reported]:
    """The whole rule, from what an organisation says otherwise than the default; what it says of unknown pairs is left out."""
    return {
        (status, rag): Reported(changed.get(key_of(status, rag)) or by_default(status, rag))
        for status in STATUSES
        for rag in RAGS
    }


def changes_of(rule: Mapping[Pair, str]) -> dict[str, str]:
    """What a rule says otherwise than the default."""
    return {key_of(*pair): str(value) for pair, value in rule.items() if value != by_default(*pair)}


def said(status: str | None, rag: str | None, rule: Mapping[Pair, Reported]) -> str:
    """What an action is reported as, in words; nothing where nothing was said of it."""
    found = rule[status or "", rag or ""]
    return "" if found == Reported.NOT_SAID else str(found.label)


def counted(pairs: Iterable[tuple[str, str, int]], rule: Mapping[Pair, Reported]) -> list[tuple[Reported, int]]:
    """How many actions are reported as what, from how many have each status and RAG; in the order of the forms."""
    numbers: Counter[Reported] = Counter()
    for status, rag, number in pairs:
        numbers[rule[status, rag]] += number
    return [(one, numbers[one]) for one in Reported]
