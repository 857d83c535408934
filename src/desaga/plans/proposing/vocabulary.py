"""The frameworks that can be proposed from, with the words by which each principle is spoken of.

The words are ours, from what the principles mean; "succession*3" weighs three times what a plain word does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desaga.frameworks.shipped import Framework, shipped_frameworks

from .words import stem

DATA = Path(__file__).with_name("vocabulary.json")
#: What the command calls each framework, and its name.
FRAMEWORKS = {"talent": "TALENT", "n8": "N8", "pillars": "Technician Commitment", "themes": "Sector themes"}


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle as it can be recognised: `terms` are sequences of stems with their weights."""

    code: str
    title: str
    terms: tuple[tuple[tuple[str, ...], float], ...]


@cache
def principles_of(framework: str) -> tuple[Principle, ...]:
    """The principles of a framework, by its name. Raises KeyError for one that has no vocabulary."""
    told = json.loads(DATA.read_text(encoding="utf-8"))[framework]
    titles = {one.code: one.title for one in _shipped(framework).principles}
    return tuple(Principle(code, titles.get(code, code), _terms(words)) for code, words in told.items())


def _shipped(framework: str) -> Framework:
    return next(one for one in shipped_frameworks() if one.name == framework)


def _terms(words: list[str]) -> tuple[tuple[tuple[str, ...], float], ...]:
    terms = {}
    for told in words:
        phrase, _, weight = told.partition("*")
        terms[tuple(stem(word) for word in phrase.split())] = float(weight or 1)
    return tuple(terms.items())
