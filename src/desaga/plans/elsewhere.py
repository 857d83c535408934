"""Others' actions that are like one, as a page shows them: their words with those marked that they share, and whether it worked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from .mayanswer import marked
from .public_addresses import public_addresses_of
from .queries.published import Elsewhere
from .states import Status

LONGEST_TEXT = 400
#: What became of them, in the order in which one wants to know.
WORDS = {
    Status.COMPLETE: "complete",
    Status.IN_PROGRESS: "in progress",
    Status.DELAYED: "delayed",
    Status.PAUSED: "paused",
    Status.STOPPED: "stopped",
    Status.NOT_STARTED: "not started",
}


def sentence(found: Sequence[Elsewhere]) -> str:
    """What one wants to know first: "3 of 8 are complete, 1 is stopped; of 4 nothing is said." """
    counts = Counter(one.status for one in found)
    told = [f"{counts[status]} {_is(counts[status])} {word}" for status, word in WORDS.items() if counts[status]]
    silent = counts[None]
    unsaid = f"of {'one' if silent == 1 else silent} the status is not said" if silent else ""
    return f"Of {len(found)} that are like it, {'; '.join(filter(None, [', '.join(told), unsaid]))}." if found else ""


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def elsewhere_shown(found: Sequence[Elsewhere]) -> list[dict[str, Any]]:
    urls = public_addresses_of([one.plan for one in found])
    return [_shown(one, [form for forms in one.forms for form in forms], urls.get(one.plan.pk, "")) for one in found]


def _shown(one: Elsewhere, forms: Sequence[str], url: str) -> dict[str, Any]:
    return {
        "one": one,
        "title": marked(" ".join(one.data["title"].split()) or "(no title)", forms),
        "texts": [(label, marked(_short(one.data[name]), forms)) for name, label in _TEXTS if one.data[name]],
        "url": url,
    }


_TEXTS = (("how", "How"), ("success", "How one will know"))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rsplit(' ', 1)[0]}…"
