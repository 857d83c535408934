"""Kinds of report that Desaga ships as package data, in our own words. Pure Python."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def shipped_kinds() -> dict[str, dict[str, Any]]:
    """By key, what each file holds: `kinds.py` says the shape. Do not change what is answered."""
    found = {}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            told = tomllib.loads(file.read_text(encoding="utf-8"))
            told["as_of"] = told["as_of"].isoformat()
            found[file.name.removesuffix(".toml")] = told
    return found
