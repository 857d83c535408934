"""What moved, what slipped, what is silent: two states of a plan held beside each other. Pure Python.

A state is the `content` of a snapshot (see `freezing.py`). An action is the same where its id is, whatever its words became.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desaga.plans.dates import first_day, last_day, said

Frozen = Mapping[str, Any]

SETTLED = ("complete", "stopped")
#: The order in which delivery goes on; what is not here is neither forward nor back.
ALONG = ("not_started", "paused", "delayed", "in_progress", "complete")
CONFIDENCE = ("red", "amber", "green", "blue")
WORDS = {
    "": "no status", "not_started": "not started", "in_progress": "in progress", "complete": "complete",
    "delayed": "delayed", "paused": "paused", "stopped": "stopped",
}  # fmt: skip
#: Without an earlier snapshot, an action is silent when nothing was said of it for so long.
SILENT_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Found:
    """An action and, in words, why it stands where it stands. `way` is 1 for the better, -1 for the worse, else 0."""

    action: Frozen
    words: tuple[str, ...] = ()
    way: int = 0

    @property
    def id(self) -> int:
        return int(self.action["id"])


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the actions since `since`; None where there is nothing to compare with. An action may stand in several lists."""

    since: date | None
    until: date
    moved: Sequence[Found] = ()
    completed: Sequence[Found] = ()
    new: Sequence[Found] = ()
    slipped: Sequence[Found] = ()
    silent: Sequence[Found] = ()
    red: Sequence[Found] = ()
    usual: Sequence[Found] = ()
    gone: Sequence[Found] = ()
    unchanged: int = 0


def compare(before: Frozen | None, now: Frozen) -> Comparison:
    """One state against an earlier one. Without an earlier one: what is red and what is silent."""
    was = {one["id"]: one for one in before["actions"]} if before else {}
    since = date.fromisoformat(before["taken_on"]) if before else None
    until = date.fromisoformat(now["taken_on"])
    lists: dict[str, list[Found]] = {name: [] for name in LISTS}
    unchanged = 0
    for action in now["actions"]:
        told = _told(was.get(action["id"]), action, since, until, is_first=before is None)
        for name, one in told.items():
            lists[name].append(one)
        unchanged += not told
    lists["gone"] = _gone(was, now)
    return Comparison(since, until, unchanged=unchanged, **lists)


LISTS = ("moved", "completed", "new", "slipped", "silent", "red", "usual", "gone")


def _told(was: Frozen | None, action: Frozen, since: date | None, until: date, *, is_first: bool) -> dict[str, Found]:
    """The lists that an action belongs in."""
    told: dict[str, Found] = {}
    if was is None and not is_first:
        told["new"] = Found(action)
    if was is not None:
        told |= _changed(was, action)
    if action["rag"] == "red" and _is_chased(action):
        told["red"] = Found(action, _why_red(action))
    if is_silent(action, since, until):
        told["silent"] = Found(action, (_last_heard(action),))
    return told


def _changed(was: Frozen, action: Frozen) -> dict[str, Found]:
    told: dict[str, Found] = {}
    if action["status"] == "complete" != was["status"]:
        told["completed"] = Found(action, _what_shows_it(action), 1)
    elif words := _moves(was, action):
        told["moved"] = Found(action, words, way_of(was, action))
    if action["usual"] != was["usual"]:
        told["usual"] = Found(action, ("Now business as usual." if action["usual"] else "Back in the plan.",))
    if words := slips(was, action):
        told["slipped"] = Found(action, words, -1)
    return told


def _gone(was: Mapping[int, Frozen], now: Frozen) -> list[Found]:
    here = {one["id"] for one in now["actions"]}
    return [Found(one, ("No longer in the plan.",)) for pk, one in was.items() if pk not in here]


def _is_chased(action: Frozen) -> bool:
    return not action["usual"] and action["status"] not in SETTLED


def _moves(was: Frozen, action: Frozen) -> tuple[str, ...]:
    words = []
    if was["status"] != action["status"]:
        words.append(f"From {WORDS[was['status']]} to {WORDS[action['status']]}.")
    if was["rag"] != action["rag"]:
        words.append(f"RAG from {was['rag'] or 'none'} to {action['rag'] or 'none'}.")
    if set(was["owners"]) != set(action["owners"]):
        words.append(f"New owner: from {_names(was['owners'])} to {_names(action['owners'])}.")
    return tuple(words)


def _names(owners: Sequence[str]) -> str:
    return ", ".join(owners) or "nobody"


def way_of(was: Frozen, action: Frozen) -> int:
    """1 where it goes better, -1 where it goes worse, 0 where one cannot say or one thing goes against the other."""
    ways = {
        _step(ALONG, was["status"], action["status"]),
        _step(CONFIDENCE, was["rag"], action["rag"]),
    } - {0}
    return ways.pop() if len(ways) == 1 else 0


def _step(ladder: Sequence[str], before: str, after: str) -> int:
    if before not in ladder or after not in ladder:
        return 0
    step = ladder.index(after) - ladder.index(before)
    return (step > 0) - (step < 0)


def slips(was: Frozen, action: Frozen) -> tuple[str, ...]:
    """What was put off and what was added: the start, the end, stages, more to be reached. Of what is done no more is said."""
    if action["status"] in SETTLED:
        return ()
    words = []
    if starts_later(was.get("starts", ""), action.get("starts", "")):
        words.append(f"It starts later: from {said(was['starts'])} to {said(action['starts'])}.")
    if is_later(was["ends"], action["ends"]):
        words.append(f"The end was put off from {said(was['ends'])} to {said(action['ends'])}.")
    elif was["ends"] and not action["ends"] and not action["usual"]:
        words.append(f"It was to end by {said(was['ends'])}; now no end is given.")
    return (*words, *_slipped_stages(was, action), *_raised(was, action))


def _slipped_stages(was: Frozen, action: Frozen) -> list[str]:
    known = {one["label"]: one["ends"] for one in was["milestones"]}
    words = []
    for one in action["milestones"]:
        label = one["label"]
        if label not in known:
            words.append(f"A stage was added: {label}.")
        elif is_later(known[label], one["ends"]):
            words.append(f"“{label}” was put off from {said(known[label])} to {said(one['ends'])}.")
    return words


def _raised(was: Frozen, action: Frozen) -> list[str]:
    known = {one["id"]: one["aim"] for one in was["measures"]}
    words = []
    for one in action["measures"]:
        if one["id"] not in known:
            words.append(f"A measure was added: {one['aim']}.")
        elif known[one["id"]] != one["aim"]:
            words.append(f"The aim “{known[one['id']]}” became “{one['aim']}”.")
    if _is_more(was["success"], action["success"]):
        words.append("More is to be reached than was written.")
    if _is_more(was.get("how", ""), action.get("how", "")):
        words.append("More is to be done than was written.")
    return words


def _is_more(before: str, after: str) -> bool:
    return bool(before) and len(after.split()) > len(before.split())


def is_later(before: str, after: str) -> bool:
    """Whether a partial date was pushed out: by its last day, so that from "2026" to "2026-06" is no delay."""
    was, now = last_day(before), last_day(after)
    return was is not None and now is not None and now > was


def starts_later(before: str, after: str) -> bool:
    """Whether a start was put off: its first day and its last are later, so that neither from "2026" to "2026-06" nor back is a delay."""
    was, now = first_day(before), first_day(after)
    return was is not None and now is not None and now > was and is_later(before, after)


def is_silent(action: Frozen, since: date | None, until: date) -> bool:
    """Still to be done, and nothing was said of it since the last snapshot, or for 90 days where there is none."""
    if not _is_chased(action):
        return False
    heard = action["heard_on"]
    return not heard or date.fromisoformat(heard) < (since or until - SILENT_AFTER)


def _last_heard(action: Frozen) -> str:
    if not action["heard_on"]:
        return "Nothing was ever said of it."
    day = date.fromisoformat(action["heard_on"])
    return f"Last heard of on {day.day} {day:%B %Y}."


def _why_red(action: Frozen) -> tuple[str, ...]:
    told = [one for one in action["updates"] if one["rag"] == "red"] or action["updates"]
    words = []
    for one in told:
        unit = f"{one['unit']}: " if one["unit"] else ""
        words += [
            f"{unit}{text}" for text in (one["reason"], one["recovery"] and f"Way back: {one['recovery']}") if text
        ]
    return tuple(words) or ("No reason was given.",)


def _what_shows_it(action: Frozen) -> tuple[str, ...]:
    return tuple(one["evidence"] for one in action["updates"] if one["evidence"])


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda: an action, and all that brings it there."""

    action: Frozen
    reasons: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=())

    @property
    def id(self) -> int:
        return int(self.action["id"])


#: What brings an action before the group, what matters most first.
AGENDA = (
    ("red", "Red"), ("slipped", "Slipped"), ("silent", "Silent"), ("completed", "Completed"), ("moved", "Moved"),
    ("new", "New"), ("usual", "Business as usual"),
)  # fmt: skip
WANTED = "Decision wanted"


def agenda(comparison: Comparison, now: Frozen, wanted: Sequence[int]) -> list[Item]:
    """Each action that the meeting is to look at, once, under what matters most: decisions wanted first."""
    reasons: dict[int, list[str]] = {}
    words: dict[int, list[str]] = {}
    for pk in wanted:
        reasons.setdefault(pk, [WANTED])
    for name, label in AGENDA:
        for one in getattr(comparison, name):
            reasons.setdefault(one.id, []).append(label)
            words.setdefault(one.id, []).extend(one.words)
    known = {one["id"]: one for one in now["actions"]}
    return [Item(known[pk], tuple(told), tuple(words.get(pk, ()))) for pk, told in reasons.items() if pk in known]
