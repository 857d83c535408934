"""Joining and splitting actions in the interchange format: pure, nothing is lost and nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Data = Mapping[str, Any]

#: What an action says in running words, and what it holds as lists.
TEXTS = ("title", "how", "success", "comments")
LISTS = ("milestones", "depends_on", "owners", "alignments", "updates")
#: What goes along with the words when a row is cut: to the first, to the second, or to both.
CARRIED = ("owners", "alignments", "timeframe", "milestones", "depends_on", "updates", "status", "rag")
FIRST, SECOND, BOTH = "first", "second", "both"
#: Typed in a text, it says where the second action begins.
CUT = "|||"

_TORN = {"torn_start", "torn_end", "missing"}
_ENDED = re.compile(r"[.!?:;…]['\"’”)\]]*$")
_NEW_SENTENCE = re.compile(r"\n+|(?<=[.!?])\s+(?=[A-Z0-9“\"(])")
_MISSES_A_NUMBER = ("two_in_one", "gap_in_numbering")
_MISSING_NUMBER = re.compile(r"^(.{1,40}?) is missing from the numbering")


def joined(actions: Sequence[Data]) -> dict[str, Any]:
    """Several actions as the one that they were before a page or a cell tore them.

    Texts are put together in order, lists without repeats. Code, theme, dates, status and RAG are those of the first
    that has them; words about the time are all kept. Doubts that the join settles are gone.
    """
    first = actions[0]
    whole = {
        **first,
        **{name: _text_of(action[name] for action in actions) for name in TEXTS},
        **{name: _united(name, actions) for name in LISTS},
        **{name: _first_told(name, actions) for name in ("code", "theme", "status", "rag")},
        "timeframe": _time_of(actions),
    }
    whole["notices"] = _doubts_left(actions, whole)
    return whole


def _text_of(texts: Iterable[str]) -> str:
    whole = ""
    for text in texts:
        if not text.strip():
            continue
        if not whole:
            whole = text
        # A sentence that goes on goes on in the same line.
        elif not _ENDED.search(whole.rstrip()) and text.lstrip()[:1].islower():
            whole = f"{whole.rstrip()} {text.lstrip()}"
        else:
            whole = f"{whole}\n{text}"
    return whole


def _united(name: str, actions: Sequence[Data]) -> list[Any]:
    found: dict[Any, Any] = {}
    for one in (one for action in actions for one in action[name]):
        found.setdefault(_same(name, one), one)
    return list(found.values())


def _same(name: str, one: Data) -> Any:
    """What makes two entries of a list the same entry."""
    if name == "owners":
        return " ".join((one["code"] or one["text"]).split()).casefold()
    if name == "alignments":
        return one["framework"], " ".join(one["code"].split()).casefold()
    return tuple(sorted((key, str(value)) for key, value in one.items()))


def _first_told(name: str, actions: Sequence[Data]) -> Any:
    return next((action[name] for action in actions if action[name]), None)


def _time_of(actions: Sequence[Data]) -> dict[str, Any]:
    times = [action["timeframe"] for action in actions]
    dated = next((when for when in times if when["start"] or when["end"] or when["continuous"]), times[0])
    words = dict.fromkeys(when["text"] for when in times if when["text"].strip())
    return {**dated, "text": "\n".join(words)}


def _doubts_left(actions: Sequence[Data], whole: Data) -> list[Any]:
    """The doubts of all, less torn ends in the middle and what was missing and is there now."""
    left: dict[Any, Any] = {}
    for n, action in enumerate(actions):
        for notice in action["notices"]:
            kind, name = notice["kind"], notice["field"]
            mended = (
                (kind == "torn_start" and n > 0)
                or (kind == "torn_end" and n < len(actions) - 1)
                or (kind == "missing" and _is_told(whole, name))
            )
            if not mended:
                left.setdefault((kind, name, notice["message"]), notice)
    return list(left.values())


def _is_told(data: Data, name: str) -> bool:
    value: Any = data.get(name)
    return bool(value["text"] or value["start"] or value["end"]) if name == "timeframe" else bool(value)


@dataclass(frozen=True)
class Cut:
    """How a row is cut in two: its texts with `CUT` in them, where what is not cut goes, and both codes."""

    texts: Mapping[str, str] = field(default_factory=dict)
    goes: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str | None, str | None] = (None, None)


def split(data: Data, cut: Cut) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two actions out of one. A text is cut at its first mark; what has none goes where `cut.goes` says.

    Texts stay with the first unless told, everything else goes to both. The second has the id of the first with a
    number after it; the caller makes that unique. Doubts stay with the part that they are about.
    """
    first, second = dict(data), dict(data)
    for name in TEXTS:
        first[name], second[name] = _halves(cut.texts.get(name, data[name]), cut.goes.get(name, FIRST))
    for name in CARRIED:
        goes = cut.goes.get(name, BOTH)
        first[name] = data[name] if goes in (FIRST, BOTH) else _nothing(name, data)
        second[name] = data[name] if goes in (SECOND, BOTH) else _nothing(name, data)
    first["code"], second["code"] = cut.codes
    doubts = [notice for notice in data["notices"] if not _is_settled(notice, cut)]
    first["notices"] = _doubts_of(first, doubts, cut, drop="torn_end")
    second["notices"] = _doubts_of(second, doubts, cut, drop="torn_start")
    return first, second


def _halves(text: str, goes: str) -> tuple[str, str]:
    if CUT in text:
        before, _, after = text.partition(CUT)
        return before.strip(), after.replace(CUT, "").strip()
    return (text if goes in (FIRST, BOTH) else ""), (text if goes in (SECOND, BOTH) else "")


def _nothing(name: str, data: Data) -> Any:
    if name == "timeframe":
        return {"text": "", "start": None, "end": None, "precision": "none", "continuous": False}
    return [] if isinstance(data[name], list) else None


def _is_settled(notice: Data, cut: Cut) -> bool:
    """Whether the cut answers the doubt: that it was two, or that a number is missing which the second now has."""
    return notice["kind"] == "two_in_one" or (bool(cut.codes[1]) and _missed_code(notice) == cut.codes[1])


def _doubts_of(part: Data, notices: Iterable[Data], cut: Cut, *, drop: str) -> list[Any]:
    """The doubts that still hold of a part: not those about what it has not, nor the torn edge that the other has."""
    is_cut = {name for name, text in cut.texts.items() if CUT in text}
    return [
        notice
        for notice in notices
        if not (notice["kind"] == drop and notice["field"] in is_cut)
        and (notice["kind"] in _TORN - {drop} or notice["field"] not in part or _is_told(part, notice["field"]))
    ]


def only_place_to_cut(text: str) -> int | None:
    """Where a text has exactly one line or sentence that begins within it; None where there is none or a choice."""
    places = [match.end() for match in _NEW_SENTENCE.finditer(text.strip())]
    return places[0] if len(places) == 1 else None


def code_of_second(data: Data) -> str:
    """The code that the reader missed in the row or after it; "" where it missed none."""
    return next((code for notice in data["notices"] if (code := _missed_code(notice))), "")


def _missed_code(notice: Data) -> str:
    match = _MISSING_NUMBER.match(notice["message"]) if notice["kind"] in _MISSES_A_NUMBER else None
    return match.group(1) if match else ""
