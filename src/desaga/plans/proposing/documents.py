"""The actions of a plan as they are proposed for: what they say, without what the document itself states of frameworks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from desaga.frameworks.shipped import frameworks_read
from desaga.plans.reading.alignments import Principles, alignments_of_heading, read_alignments

from .model import ActionText

#: Kinds of frameworks whose principles are proposed; a charter that an action names is what it is about.
PROPOSED = {"pillars", "recommendations", "pledges"}
#: A heading with more words is a statement, such as the pledge that the actions below answer.
MOST_WORDS_OF_HEADING = 10
#: From 0 to 100: how much a heading may be like a principle's wording.
ALIKE = 80
#: More words are a sentence, however much it is like a name.
MOST_WORDS_OF_NAME = 3
_LIST = re.compile(r"[;,|/&•]|\band\b")
_BRACKETED = re.compile(r"[(\[{][^()\[\]{}\n]{1,80}[)\]}]")
#: What is said of a framework and stands before its principles.
_LABELLED = re.compile(
    r"(?im)\b(?:TC|TALENT|N8|framework|pillars?|pledges?|alignments?|aligns? (?:to|with)|links? to)\b[^:\n.]{0,40}:\s*(?P<named>[^\n.]{1,80})"
)
_RECOMMENDATION = re.compile(
    r"(?i)\b(?:TALENT|N8|NTDC)\b(?:\s+(?:commission|report|survey))?\s+(?:recommendations?|recs?\.?|pledges?|responses?|sign[ -]?up)"
    r"(?:\s+\d{1,2}(?:\s*(?:,|&|and|-|–)\s*\d{1,2})*)?"
)


def action_texts(plan: Mapping[str, Any], codes: Iterable[str | None] | None = None) -> list[ActionText]:
    """The actions of a plan in the interchange format, in its order. Its alignments, codes and frameworks are left out.

    `codes` are those of all its actions, where only some of them are given.
    """
    reader = _Reader(plan, [action["code"] for action in plan["actions"]] if codes is None else codes)
    return [reader.text_of(action) for action in plan["actions"]]


class _Reader:
    def __init__(self, plan: Mapping[str, Any], all_codes: Iterable[str | None]) -> None:
        self._principles = Principles()
        self._proposed = {one.name for one in frameworks_read() if one.kind in PROPOSED}
        codes = sorted({code for code in all_codes if code}, key=lambda code: (-len(code), code))
        self._codes = _any_of(code for code in codes if re.search(r"\d", code) and re.search(r"[^\W\d_]", code))
        self._wordings = [
            *(principle["text"] for framework in plan["frameworks"] for principle in framework["principles"]),
            *(principle.title for framework in frameworks_read() for principle in framework.principles),
        ]
        self._headings = {theme["code"] or theme["title"]: self._heading(theme) for theme in plan["themes"]}
        self._headings |= {theme["title"]: self._headings[theme["code"] or theme["title"]] for theme in plan["themes"]}

    def text_of(self, action: Mapping[str, Any]) -> ActionText:
        return ActionText(
            title=self._unstated(action["title"]),
            how=self._unstated(action["how"]),
            success=self._unstated(action["success"]),
            heading=self._headings.get(action["theme"] or "", ""),
        )

    def _heading(self, theme: Mapping[str, Any]) -> str:
        """The heading's words where they are the plan's own; nothing where they are a framework's."""
        code, title = theme["code"] or "", theme["title"]
        stated = (
            alignments_of_heading(f"{code} {title}".strip(), self._principles)
            or alignments_of_heading(title, self._principles)
            or len(title.split()) > MOST_WORDS_OF_HEADING
            or any(fuzz.token_sort_ratio(title.casefold(), one.casefold()) >= ALIKE for one in self._wordings)
        )
        return "" if stated else self._unstated(title)

    def _unstated(self, text: str) -> str:
        """The text with spaces where it names a principle by its code, or in a list of principles; each word keeps its place."""
        if self._codes:
            text = self._codes.sub(_blank, text)
        text = _RECOMMENDATION.sub(_blank, text)
        for framework in frameworks_read():
            if framework.code_pattern:
                text = re.sub(rf"(?i)(?<![\w-])(?:{framework.code_pattern.pattern})(?![\w])", _blank, text)
        text = _BRACKETED.sub(self._blank_if_named, text)
        text = _LABELLED.sub(self._blank_if_listed, text)
        return "\n".join(self._blank_line(line) for line in text.split("\n"))

    def _blank_line(self, line: str) -> str:
        return " " * len(line) if self._only_names(line) else line

    def _blank_if_named(self, found: re.Match[str]) -> str:
        return _blank(found) if self._only_names(found.group()[1:-1]) else found.group()

    def _blank_if_listed(self, found: re.Match[str]) -> str:
        return _blank(found) if self._only_names(found["named"]) else found.group()

    def _only_names(self, text: str) -> bool:
        """Whether the words are nothing but principles of frameworks that are proposed, each in a few words."""
        pieces = [piece for piece in _LIST.split(text) if piece.strip(" .-–•")]
        if not pieces or any(len(piece.split()) > MOST_WORDS_OF_NAME for piece in pieces):
            return False
        known, unknown, _ = read_alignments(text, self._principles)
        return bool(known) and not unknown and all(one.framework in self._proposed for one in known)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    listed: Sequence[str] = [re.escape(word) for word in words]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w-])") if listed else None


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())
