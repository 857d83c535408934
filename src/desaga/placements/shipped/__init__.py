"""Schemes that come with Desaga, as data: a scheme manager begins with one of them and changes what is otherwise at theirs. Pure.

What is known of the two is in `source`; what is not (limits, questions, criteria, wording) is a proposal of ours, and marked so.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ..defining import Definition

NAMES = ("knowledge-exchange", "collaboration-fund")


class Shipped(NamedTuple):
    """A scheme to begin with: how it is called, its code, where its facts come from, and its definition."""

    key: str
    name: str
    code: str
    source: str
    definition: Definition


@cache
def shipped(key: str) -> Shipped:
    """One that is shipped. Raises `KeyError` where there is none of that key."""
    if key not in NAMES:
        raise KeyError(key)
    data: dict[str, Any] = tomllib.loads(files(__package__).joinpath(f"{key}.toml").read_text("utf-8"))
    return Shipped(key, data["name"], data["code"], data["source"], Definition.model_validate(data["definition"]))


def all_shipped() -> list[Shipped]:
    return [shipped(key) for key in NAMES]
