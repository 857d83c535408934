"""Identities of actions that stay the same from one reading to the next.

An action with a code keeps its id whatever happens to its text. One without is known by the first words of its
account of how, where it has one long enough to tell it apart, else by the first words of its title: so that moved
rows, a new title over the same account, or a new end of the title keep the id.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from .model import Action
from .words import key


def set_ids(actions: list[Action]) -> None:
    """Give every action an id that is unique in the plan."""
    bases = [_from_code(action.code) or _from_words(action.how, 8) or _from_title(action) for action in actions]
    common = Counter(bases)
    taken: Counter[str] = Counter()
    for action, base in zip(actions, bases, strict=True):
        if common[base] > 1 and not base.startswith("c-"):
            base = _from_title(action)
        if action.business_as_usual and action.code is None:
            base = f"bau-{base}"
        taken[base] += 1
        action.id = base if taken[base] == 1 else f"{base}-{taken[base]}"


def _from_code(code: str | None) -> str | None:
    slug = re.sub(r"[^a-z0-9.]+", "-", (code or "").casefold()).strip("-.")
    return f"c-{slug}" if slug else None


def _from_title(action: Action) -> str:
    return _from_words(action.title, 1) or _from_words(action.success, 1) or "w-untitled"


def _from_words(text: str, least: int) -> str | None:
    """A digest of the first six longer words, or None where there are fewer words than `least`."""
    words = [word for word in key(text).split() if len(word) > 3]
    if len(words) < least:
        return None
    return "w-" + hashlib.sha256(" ".join(words[:6]).encode()).hexdigest()[:12]
