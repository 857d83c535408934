"""Identities of actions that stay the same from one reading to the next.

An action with a code keeps its id whatever happens to its text; one without is known by the longer words of its
title, in any order, so that moved rows and small changes of wording keep it.
"""

from __future__ import annotations

import hashlib
import re

from .model import Action
from .words import key


def set_ids(actions: list[Action]) -> None:
    """Give every action an id that is unique in the plan."""
    taken: dict[str, int] = {}
    for action in actions:
        base = _from_code(action.code) or _from_words(action)
        if action.business_as_usual and action.code is None:
            base = f"bau-{base}"
        count = taken.get(base, 0)
        taken[base] = count + 1
        action.id = base if count == 0 else f"{base}-{count + 1}"


def _from_code(code: str | None) -> str | None:
    slug = re.sub(r"[^a-z0-9.]+", "-", (code or "").casefold()).strip("-.")
    return f"c-{slug}" if slug else None


def _from_words(action: Action) -> str:
    words = sorted({w for w in key(action.title or action.how or action.success).split() if len(w) > 3})
    longest = sorted(sorted(words, key=lambda w: (-len(w), w))[:8])
    return "w-" + hashlib.sha256(" ".join(longest).encode()).hexdigest()[:12]
