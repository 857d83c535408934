"""Frameworks that Desaga ships as package data, titles in our own words. Pure Python: the reader uses them too.

Each file holds `{key, name, kind, version, source, names, is_read?, family?, is_current?, principles[{code, title, names?,
optional?}]}`; `names` are other ways in which plans write the framework or the principle. What is not `is_read` is never looked
for in documents; an `optional` principle is no gap where nothing answers it. `code_pattern` finds a principle's code in running
text and `code_format` writes it in one way ("Recommendation 3" and "R 3" are both "R3"). Editions of one framework have one
`family`, and all but the latest are not `is_current`, nor is what is historic; `successions/` says how one follows another.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from ..moving import Move, Relation, Succession


@dataclass(frozen=True, slots=True)
class Principle:
    """One recommendation, pledge, pillar or value. `code` is unique within its framework."""

    code: str
    title: str
    names: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """A charter or report with its principles, as one dated version."""

    key: str
    name: str
    kind: str
    version: str
    source: str
    names: tuple[str, ...]
    principles: tuple[Principle, ...]
    code_pattern: re.Pattern[str] | None = None
    code_format: str = ""
    is_read: bool = True
    family: str = ""
    is_current: bool = True


def _load(text: str) -> Framework:
    data = json.loads(text)
    pattern = data.get("code_pattern")
    return Framework(
        key=data["key"],
        name=data["name"],
        kind=data["kind"],
        version=data["version"],
        source=data["source"],
        names=tuple(data["names"]),
        principles=tuple(
            Principle(p["code"], p["title"], tuple(p.get("names", ())), p.get("optional", False))
            for p in data["principles"]
        ),
        code_pattern=re.compile(pattern, re.IGNORECASE) if pattern else None,
        code_format=data.get("code_format", ""),
        is_read=data.get("is_read", True),
        family=data.get("family", data["key"]),
        is_current=data.get("is_current", True),
    )


def _succession(data: dict[str, Any]) -> Succession:
    moves = (Move(m["old"], tuple(m["new"]), Relation(m["relation"]), m.get("note", "")) for m in data["moves"])
    return Succession(data["old_name"], data["new_name"], tuple(moves))


def _texts_in(*folders: str) -> list[str]:
    folder = resources.files(__name__).joinpath(*folders)
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".json")), key=lambda item: item.name)
    return [item.read_text(encoding="utf-8") for item in files]


@lru_cache(maxsize=1)
def shipped_frameworks() -> tuple[Framework, ...]:
    """Every shipped framework, in a fixed order (by key)."""
    return tuple(map(_load, _texts_in()))


@lru_cache(maxsize=1)
def shipped_successions() -> tuple[Succession, ...]:
    """How shipped editions follow one another."""
    return tuple(_succession(json.loads(text)) for text in _texts_in("successions"))


@lru_cache(maxsize=1)
def frameworks_read() -> tuple[Framework, ...]:
    """Those whose names and codes are looked for in documents."""
    return tuple(framework for framework in shipped_frameworks() if framework.is_read)
