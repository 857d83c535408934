"""No sentence of the real documents that we test with stands in the repository: eight words in a row is too many.

Says nothing where the seeds are absent (see `tools.no_skips` for where they are looked for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.no_skips import seeds_folder

LENGTH = 8
EXEMPT = ("LICENSE", "uv.lock", "package-lock.json")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def problems(files: Mapping[str, str]) -> Iterator[str]:
    """Each first place in a file where eight words in a row are also in a seed."""
    known = _shingles_of_seeds(seeds_folder())
    for path, text in files.items():
        if path in EXEMPT or not known:
            continue
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


def _shingles_of_seeds(folder: Path) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for seed in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
        for _, shingle in shingles(seed.read_text(encoding="utf-8", errors="replace")):
            # Numbers and lone letters in a row (tables, marks) are nobody's sentence.
            if sum(len(word) > 2 for word in shingle) >= 5:
                found.setdefault(shingle, seed.name)
    return found
