"""Where what Desaga holds about a person is found: each slice registers a source, asked within each organisation of the person, or once for the person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

# (person, user or None, organisation or None) -> rows, each a mapping of words to values as JSON can hold them.
Told = Iterable[Mapping[str, Any]]
Collect = Callable[[Any, Any, Any], Told]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One heading of a person's export. `asked` says whether within each of their organisations, or once."""

    key: str
    title: str
    collect: Collect
    asked: Literal["person", "organisation"] = "organisation"


SOURCES: dict[str, Source] = {}


def tell(source: Source) -> None:
    """Add a source, or put it in the place of the one of the same key."""
    SOURCES[source.key] = source
