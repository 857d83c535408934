"""No sentence of the real documents that we test with stands in the repository (eight words in a row is too many), and
nobody whom they name.

Says nothing where the seeds are absent (see `tools.no_skips` for where they are looked for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.no_skips import seeds_folder

LENGTH = 8
EXEMPT = ("LICENSE", "uv.lock", "package-lock.json")
NAME = r"[A-Z][a-z]+ [A-Z][a-z]+"
NAMED = re.compile(rf"^(?:- [A-Z]+ )?({NAME}),", re.M)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each first place in a file where eight words in a row are also in a seed, and each person of a seed."""
    texts = _seeds(seeds_folder())
    known, people = _known_shingles(texts), {name for text in texts.values() for name in people_in(text)}
    for path, text in files.items():
        if path in EXEMPT or not known:
            continue
        for name in sorted(people):
            if name in text:
                yield f"{path}:{text.count(chr(10), 0, text.index(name)) + 1}: names a person of a seed: leave them out"
        for line, shingle in shingles(text):
            if shingle in known:
                yield f"{path}:{line}: “{' '.join(shingle)}” is in {known[shingle]}: say it in your own words"
                break


def shingles(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(line of the first word, eight words in a row, in lower case), over the whole text."""
    words = [(number, word.lower()) for number, line in enumerate(text.splitlines(), 1) for word in WORD.findall(line)]
    for start in range(len(words) - LENGTH + 1):
        window = words[start : start + LENGTH]
        yield window[0][0], tuple(word for _, word in window)


def people_in(seed: str) -> Iterator[str]:
    """Who is named in a list of abbreviations, before what they said, or in a column for persons."""
    yield from NAMED.findall(seed)
    column = None
    for line in seed.splitlines():
        cells = line.split("\t")
        heads = [number for number, cell in enumerate(cells) if re.match(r"person\b", cell, re.I)]
        column = heads[0] if heads else column if len(cells) > 1 else None
        if column is not None and not heads and column < len(cells):
            yield from re.findall(rf"\b{NAME}\b", cells[column])


def _seeds(folder: Path) -> dict[str, str]:
    seeds = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    return {seed.name: seed.read_text(encoding="utf-8", errors="replace") for seed in seeds}


def _known_shingles(texts: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for name, text in texts.items():
        for _, shingle in shingles(text):
            # Numbers and lone letters in a row (tables, marks) are nobody's sentence.
            if sum(len(word) > 2 for word in shingle) >= 5:
                found.setdefault(shingle, name)
    return found
