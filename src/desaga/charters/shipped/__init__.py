"""Charters that a body can keep with one press: data with their sources, in our own words. Pure Python.

Each holds `{key, framework, name, summary, about, source, looked_at, asks_stage?, is_historic?, cohorts?[{code, label, due}], stages?[{code, label, asks}],
signatories?[{name, kind, signed_on, precision}]}`. `framework` names the framework whose principles are its aims; `due` is the month in which a cohort's third stage was due.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def shipped_charters() -> dict[str, dict[str, Any]]:
    """By their keys, in the order of the file."""
    text = resources.files(__name__).joinpath("charters.json").read_text(encoding="utf-8")
    return {one["key"]: one for one in json.loads(text)}


def labels(key: str, what: str) -> list[tuple[str, str]]:
    """The codes and labels of a shipped charter's "cohorts" or "stages"; nothing where it has none."""
    return [(one["code"], one["label"]) for one in shipped_charters().get(key, {}).get(what, [])]
