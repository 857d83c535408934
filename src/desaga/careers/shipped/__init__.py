"""The reference data that Desaga ships: routes, fields of work, titles, what teachers need. Pure Python; see `kinds.py` for their fields."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from ..kinds import KINDS, tidied

FILES = ("routes", "fields", "titles", "teaching", "vacancies")


@lru_cache(maxsize=1)
def shipped() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """By kind and key, in the order of the files: the content of each entry."""
    return {(kind, key): content for kind, key, content in _read()}


def _read() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name in FILES:
        told = tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
        about = told.pop("about", None)
        for kind, entries in told.items():
            for entry in entries:
                yield kind, entry["key"], tidied(KINDS[kind], entry)
        if about:
            yield "about_benchmarks", "about", tidied(KINDS["about_benchmarks"], {"name": "About the benchmarks", **about})  # fmt: skip


def digest_of(content: Mapping[str, Any]) -> str:
    """The same content, the same mark: a version says on which shipped one it was based."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
