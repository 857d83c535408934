"""What a union learning representative can do, with sources: data in our own words. Pure Python.

`{looked_at, lines[{title, words, source}], time, sources{key: {label, url}}}`; `time` is about the law of time off, by its first source.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def what_they_can_do() -> dict[str, Any]:
    """The lines, each with its source's label and address."""
    told: dict[str, Any] = json.loads(resources.files(__name__).joinpath("what.json").read_text(encoding="utf-8"))
    lines = [one | {"source": told["sources"][one["source"]]} for one in told["lines"]]
    return told | {"lines": lines, "law": told["sources"]["law"], "looked_at": date.fromisoformat(told["looked_at"])}
