"""The code lists, each with its year and source; and what a word or code of a file is in one of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from .values import Bad, folded, is_nothing

SHIPPED = Path(__file__).resolve().parents[1] / "shipped" / "codes"
LEADING_CODE = re.compile(r"\s*([A-Za-z]{0,2}\d{0,4})(?:\.0+)?\s*(?:[-:–.)(]|\s)\s*\S")
#: Below this likeness a proposal would only mislead.
LEAST_LIKENESS = 72


@dataclass(frozen=True, slots=True)
class CodeList:
    """One field's codes. `since` is the collection year (2022 for 2022/23) from which they hold; `source` an address.

    `is_certain` is False where no published list was read: pages say "not checked". `words` are further words for codes, folded.
    """

    key: str
    label: str
    since: int
    source: str
    is_certain: bool
    values: Mapping[str, str]
    words: Mapping[str, str]

    @property
    def version(self) -> str:
        return f"{self.key} {self.since}/{(self.since + 1) % 100:02}"

    def code_of(self, text: str) -> str:
        """The code of a text: a code, code and label, label, or a word for it. Raises `Bad`."""
        plain = text.strip()
        if found := self._code(plain.removesuffix(".0")):
            return found
        known = self.words.get(folded(plain))
        if known is not None:
            return known
        if (led := LEADING_CODE.match(plain)) and (found := self._code(led[1])) and self._says(found, plain):
            return found
        raise Bad("unknown_code")

    def _code(self, text: str) -> str | None:
        text = text.upper()
        if text in self.values:
            return text
        if text.isdigit():
            return next((padded for n in (2, 3) if (padded := text.zfill(n)) in self.values), None)
        return None

    def _says(self, code: str, text: str) -> bool:
        """Whether the words behind a code are those of the list: "1 person" is not the code 1."""
        return fuzz.token_set_ratio(folded(self.values[code]), folded(text)) >= LEAST_LIKENESS

    def proposals(self, text: str) -> list[str]:
        """The codes most like a text, the likeliest first, at most three; perhaps none."""
        likely = process.extract(folded(text), list(self.words), scorer=fuzz.token_sort_ratio, limit=8)
        found = [self.words[words] for words, score, _ in likely if score >= LEAST_LIKENESS]
        return list(dict.fromkeys(code for code in found if code))[:3]


@cache
def code_lists() -> dict[str, list[CodeList]]:
    """Every version of every list, by key, the newest first."""
    found: dict[str, list[CodeList]] = {}
    for path in sorted(SHIPPED.glob("*.toml")):
        made = _made(tomllib.loads(path.read_text(encoding="utf-8")))
        found.setdefault(made.key, []).append(made)
    return {key: sorted(lists, key=lambda one: -one.since) for key, lists in found.items()}


def _made(told: Mapping[str, object]) -> CodeList:
    values: Mapping[str, str] = told["values"]  # type: ignore[assignment]
    words = {folded(label): code for code, label in values.items()}
    further: Mapping[str, Iterable[str]] = told.get("words", {})  # type: ignore[assignment]
    words |= {folded(word): code for code, several in further.items() for word in several}
    return CodeList(
        key=str(told["key"]),
        label=str(told["label"]),
        since=int(str(told["since"])),
        source=str(told["source"]),
        is_certain=bool(told["certain"]),
        values=values,
        words=words,
    )


def code_list(key: str, year: int) -> CodeList:
    """The version of a list that holds in a collection year: the newest that is not newer. Of a year before all of them the oldest, which nobody checked for it."""
    versions = code_lists()[key]
    held = next((one for one in versions if one.since <= year), None)
    return held or replace(versions[-1], is_certain=False)


def choices_in(codes: CodeList, choices: Mapping[str, str]) -> dict[str, str]:
    """The choices that hold in this version of a list: those of a code that it has, and that none fits."""
    return {words: code for words, code in choices.items() if not code or code in codes.values}


def code_reader(codes: CodeList, choices: Mapping[str, str]) -> object:
    """A reader for a column of codes. `choices` are the organisation's own words, folded, and the codes that it gave them."""
    held = choices_in(codes, choices)

    def code(text: str) -> str:
        chosen = held.get(folded(text)) if held else None
        if chosen is not None:
            if not chosen:
                raise Bad("no_code_fits")
            return chosen
        return codes.code_of(text)

    return code


def unknown_words(texts: Iterable[str], codes: CodeList, choices: Mapping[str, str]) -> list[str]:
    """The texts of a column that no list and no choice knows."""
    unknown, held = [], choices_in(codes, choices)
    for text in texts:
        if is_nothing(text) or folded(text) in held:
            continue
        try:
            codes.code_of(text)
        except Bad:
            unknown.append(text)
    return unknown
