"""The words of a document that stand for something else: principles, statuses, phases. All answer within the current scope."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Coalesce

from desaga.frameworks.shipped import frameworks_read

from ..models import DocumentContent, ImportedDocument, RememberedChoice, StagedRow
from ..reading.headings import column_of
from ..reading.hints import heeding, hints_from
from ..reading.values import read_rag, read_status
from ..reading.words import key, plain
from ..states import Basis, ChoiceKind, Status
from .finding import natural
from .remembered import hints_of_organisation

#: The kinds of notices that mapping words settles.
OPEN_KINDS = ("not_recognised", "status_not_understood", "phase_without_key")
#: A longer cell tells something, and is no word for a status.
LONGEST_STATUS = 80
_PHASES = re.compile(
    r"(?<![a-z])(?P<word>phase|year|yr|p|y)s?\.?\s*(?P<first>\d{1,2})(?P<more>(?:\s*(?:,|&|/|-|–|and|to)\s*(?:phase|year|yr|p|y)?\s*\d{1,2})*)(?!\d)",
    re.I,
)
_PHASE_NAMES = {"p": "Phase", "y": "Year"}
LAST_PHASE = 20


@dataclass
class Word:
    """Words of a document: of which kind, in how many rows, one of them, and what they were taken for.

    `taken` by kind: principles as (framework, code), a status or "", a phase's (start, end). `choice` is what was said of them.
    """

    kind: ChoiceKind
    words: str
    rows: int = 0
    example: str = ""
    taken: Any = None
    is_open: bool = False
    choice: RememberedChoice | None = None

    @property
    def taken_label(self) -> str:
        """The status that the words were taken for, as people read it."""
        return Status(self.taken).label if self.taken else ""


@dataclass
class _Found:
    alignments: dict[str, Word] = field(default_factory=dict)
    statuses: dict[str, Word] = field(default_factory=dict)
    phases: dict[str, Word] = field(default_factory=dict)


def words_of(document: ImportedDocument) -> dict[ChoiceKind, list[Word]]:
    """The document's words by kind, those first that are not understood; a phase that its own key dates is no question."""
    found = _Found()
    told = Coalesce("edited", "understood")
    rows = StagedRow.objects.filter(document=document, is_dropped=False).annotate(told=told).order_by("order")
    with heeding(hints_from(hints_of_organisation())):
        for data, sources in rows.values_list("told", "source_rows"):
            _note_row(found, data, sources)
    choices = RememberedChoice.objects.exclude(kind__in=[ChoiceKind.NAME, ChoiceKind.HEADING])
    said = {(choice.kind, choice.key): choice for choice in choices.select_related("by__person", "document")}
    _add_phases_said(found, document, said)
    groups = {
        ChoiceKind.ALIGNMENT: found.alignments,
        ChoiceKind.STATUS: found.statuses,
        ChoiceKind.PHASE: found.phases,
    }
    for kind, words in groups.items():
        for told_key, word in words.items():
            word.choice = said.get((kind, told_key))
            word.is_open = word.is_open and not word.choice
    return {kind: sorted(words.values(), key=_order) for kind, words in groups.items()}


def _order(word: Word) -> Any:
    return (not word.is_open, [-word.rows] if word.kind != ChoiceKind.PHASE else [], natural(word.words))


def _note_row(found: _Found, data: Mapping[str, Any], sources: Iterable[Mapping[str, Any]]) -> None:
    title = " ".join(data["title"].split())
    named: dict[str, list[Mapping[str, Any]]] = {}
    for one in data["alignments"]:
        if one["basis"] == Basis.CELL and key(one["text"] or one["code"]):
            named.setdefault(one["text"] or one["code"], []).append(one)
    for text, alignments in named.items():
        word = _noted(found.alignments, ChoiceKind.ALIGNMENT, text, title)
        word.taken = [(one["framework"], one["code"]) for one in alignments if one["framework"]]
        word.is_open = not word.taken
    for text in _status_cells(sources):
        word = _noted(found.statuses, ChoiceKind.STATUS, text, title)
        rag, blue = read_rag(text)
        word.taken = read_status(text) or blue or ""
        word.is_open = not (word.taken or rag)
    if any(notice["kind"] == "phase_without_key" for notice in data["notices"]):
        for name in phases_named(data["timeframe"]["text"]):
            _noted(found.phases, ChoiceKind.PHASE, name, title).is_open = True


def _noted(words: dict[str, Word], kind: ChoiceKind, text: str, example: str) -> Word:
    word = words.setdefault(key(text), Word(kind, plain(text), example=example))
    word.rows += 1
    return word


def _status_cells(sources: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    cells = (cell for source in sources for cell in source["cells"])
    for text in dict.fromkeys(cell["text"] for cell in cells if column_of(cell["head"]).role == "status"):
        if key(text) and len(text) <= LONGEST_STATUS:
            yield text


def phases_named(text: str) -> list[str]:
    """The phases and years that a timeframe names: "P1-3" names "Phase 1", "Phase 2" and "Phase 3"."""
    found: dict[str, None] = {}
    for match in _PHASES.finditer(plain(text)):
        numbers = [int(match["first"])]
        for sign, number in re.findall(r"(,|&|/|-|–|and|to)\s*[a-z]*\s*(\d{1,2})", match["more"], re.I):
            if sign in {"-", "–", "to"} and numbers[-1] < int(number) <= LAST_PHASE:
                numbers += range(numbers[-1] + 1, int(number) + 1)
            else:
                numbers.append(int(number))
        name = _PHASE_NAMES[match["word"][0].casefold()]
        found.update(dict.fromkeys(f"{name} {number}" for number in numbers))
    return list(found)


def _add_phases_said(found: _Found, document: ImportedDocument, said: Mapping[Any, RememberedChoice]) -> None:
    """Phases that were said before and that this document was read with, so that they can be said otherwise."""
    used = DocumentContent.objects.filter(document=document).values_list("choices_used", flat=True).first()
    for kind, words in used or []:
        if kind == ChoiceKind.PHASE and (choice := said.get((kind, words))):
            found.phases.setdefault(words, Word(ChoiceKind.PHASE, choice.words))


def principles_to_choose(document: ImportedDocument) -> dict[str, tuple[str, str, str]]:
    """What words can be said to mean: (framework, code, title) by "framework: code", of the known frameworks and the document's own."""
    sheets = DocumentContent.objects.filter(document=document).values_list("reading__frameworks", flat=True).first()
    own = [(sheet["name"], p["code"], p["text"]) for sheet in sheets or [] for p in sheet["principles"]]
    hinted = hints_from(hints_of_organisation()).frameworks
    own += [(sheet.name, principle.code, principle.text) for sheet in hinted for principle in sheet.principles]
    shipped = [(one.name, p.code, p.title) for one in frameworks_read() for p in one.principles]
    return {f"{framework}: {code}": (framework, code, title) for framework, code, title in (*shipped, *own)}


def words_open(messages: Counter[tuple[str, str]]) -> int:
    """How many different words are not understood, of notices counted by kind and sentence."""
    return sum(kind in OPEN_KINDS for kind, _ in messages)
