"""What an action of the plan before brings into the next one, in the interchange format. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .states import Fate

PARTS_OF_SPLIT = 2
Data = Mapping[str, Any]


def successors(members: Sequence[tuple[Data, str]]) -> list[dict[str, Any]]:
    """The new actions that one action, or several that become one, go on as: each member with its fate.

    What an action is, who carries it and what it answers are carried over. When, how it goes and what waits are not: they
    were of the plan before. A split action has two parts, a replaced one only a place for what comes instead.
    """
    lead = next((one for one in members if one[1] != Fate.MERGED), members[0])
    data = (
        carried(lead[0]) if len(members) == 1 else joined([lead[0], *(one for one, _ in members if one is not lead[0])])
    )
    if lead[1] == Fate.SPLIT:
        return [
            {**data, "title": f"{data['title']} (part {n} of {PARTS_OF_SPLIT})"} for n in range(1, PARTS_OF_SPLIT + 1)
        ]
    if lead[1] == Fate.REPLACED:
        return [{**data, "title": f"To be written, in place of: {data['title']}", "how": "", "success": ""}]
    return [data]


def carried(data: Data) -> dict[str, Any]:
    """An action as it goes on, without what was of its old plan alone."""
    timeframe = {
        "text": "",
        "start": None,
        "end": None,
        "precision": "none",
        "continuous": data["timeframe"]["continuous"],
    }
    of_the_old = {"milestones": [], "depends_on": [], "updates": [], "notices": [], "status": None, "rag": None}
    source = {"sheet": None, "page": None, "row": None}
    return {
        **data, **of_the_old, "id": "", "comments": "", "timeframe": timeframe, "business_as_usual": False, "source": source,
    }  # fmt: skip


def joined(several: Sequence[Data]) -> dict[str, Any]:
    """One action of several: the first one's code and theme, everybody's words, owners and principles, each once."""
    first = carried(several[0])
    texts = {name: "\n\n".join(_once(one[name] for one in several)) for name in ("how", "success")}
    title = "; ".join(_once(one["title"].strip().rstrip(".") for one in several))
    owners = _by(("text", "role"), (owner for one in several for owner in one["owners"]))
    alignments = _by(("framework", "code"), (told for one in several for told in one["alignments"]))
    return {**first, **texts, "title": title, "owners": owners, "alignments": alignments}


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _by(keys: Sequence[str], rows: Iterable[Data]) -> list[Data]:
    """The first row of each key."""
    found: dict[tuple[Any, ...], Data] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), row)
    return list(found.values())
