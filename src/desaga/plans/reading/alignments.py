"""Which principles of which frameworks a cell names: codes, titles, misspellings, several frameworks in one cell.

Known are the shipped frameworks and those that the document itself spells out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from desaga.frameworks.shipped import Framework, frameworks_read

from .hints import hints_now
from .model import Alignment, Basis, FrameworkSheet, Notice
from .words import key, plain, words_of

_SEPARATORS = re.compile(r"\s*[;,|•]\s*|\s+/\s+|\s*\+\s*|\.\s+(?=[A-Z])")
#: A letter and, later, a number: what can begin an action's own code.
_CODE = re.compile(r"[a-z].*\d")
_LIST_OF_NUMBERS = re.compile(
    r"(?P<stem>(?:TALENT\s*)?(?:Recs?|Recommendations?|R)\.?)\s*(?P<first>\d{1,2})(?P<more>(?:\s*(?:,|&|and|/|-|–|to)\s*R?\d{1,2})+)",
    re.I,
)
#: No cell of alignments is longer; what a runaway cell holds beyond is kept as unplaced text.
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class _Known:
    framework: str
    code: str


class Principles:
    """Every principle that a document can name, by each way of writing it."""

    def __init__(self, sheets: Sequence[FrameworkSheet] = ()) -> None:
        self._names: dict[str, _Known] = {}
        self._shipped = frameworks_read()
        own = hints_now().frameworks
        for sheet in sheets:
            name = _name_of(sheet, own)
            for principle in sheet.principles:
                if len(principle.code.split()) <= 6:
                    self._names.setdefault(key(principle.code), _Known(name, principle.code))
        for framework in self._shipped:
            for known in framework.principles:
                for form in (known.code, *known.names):
                    self._names.setdefault(key(form), _Known(framework.name, known.code))
        self._own_codes: dict[str, _Known] = {}
        for sheet in own:
            self._note_own(sheet)
        self._fuzzy = [name for name in self._names if len(name) >= 8 and not re.search(r"\d", name)]

    def _note_own(self, sheet: FrameworkSheet) -> None:
        """The principles of a framework of the institution's own; what somebody else's is called already stays theirs."""
        for principle in sheet.principles:
            for form in map(key, (principle.code, *getattr(principle, "names", ()))):
                meant = self._names.setdefault(form, _Known(sheet.name, principle.code))
                if _CODE.search(form) and meant.framework == sheet.name:
                    self._own_codes[form] = meant

    def exact(self, text: str) -> _Known | None:
        """The principle that the words are, whole; None where they are not exactly one."""
        form = key(_without_label(text))
        if form in self._names:
            return self._names[form]
        for framework in self._shipped:
            if framework.code_pattern and (match := framework.code_pattern.fullmatch(plain(text).strip(" .:"))):
                return _Known(framework.name, framework.code_format.format(number=match["number"]))
        return None

    def similar(self, text: str) -> _Known | None:
        """The principle that the words misspell, or None. Short words are never guessed at."""
        form = key(text)
        if len(form) < 7 or re.search(r"\d", form):
            return None
        best = process.extractOne(form, self._fuzzy, scorer=fuzz.ratio, score_cutoff=84)
        if best:
            return self._names[best[0]]
        stems = [name for name in self._fuzzy if " " not in name and " " not in form and name[:7] == form[:7]]
        return self._names[stems[0]] if len(stems) == 1 else None

    def _own_prefixes(self, form: str) -> list[_Known]:
        """Of the institution's own principles the one whose code, a letter and a number in it, most of the text begins with."""
        begun = [code for code in self._own_codes if form.startswith(code) and not form[len(code) :][:1].isdigit()]
        return [self._own_codes[max(begun, key=len)]] if begun else []

    def prefix_codes(self, text: str) -> list[_Known]:
        """Principles whose code begins the text ("N8-4b" and "N8 Response 4" begin with pledge N8-4)."""
        found = self._own_prefixes(key(text))
        for framework in self._shipped:
            pattern = framework.code_pattern
            match = pattern.match(plain(text)) if pattern else None
            if match and framework.key != "talent" or match and re.match(r"(?i)talent", plain(text)):
                rest = plain(text)[match.end() :]
                if not rest or not rest[0].isdigit():
                    found.append(_Known(framework.name, framework.code_format.format(number=match["number"])))
        return found


def _name_of(sheet: FrameworkSheet, own: Sequence[FrameworkSheet]) -> str:
    """What a sheet of the document is called: as the institution's own framework, else as the shipped one that it names."""
    mine = next((one.name for one in own if key(one.name) == key(sheet.name)), "")
    shipped = shipped_as(sheet.name)
    return mine or (shipped.name if shipped else sheet.name)


def shipped_as(name: str) -> Framework | None:
    """The shipped framework that a heading names ("TALENT Report recommendations"), or None."""
    form = key(name)
    for framework in frameworks_read():
        if any(form == key(label) or form == key(label) + "s" for label in (framework.name, *framework.names) if label):
            return framework
    for framework in frameworks_read():
        if any(len(key(label)) > 5 and key(label) in form for label in (framework.name, *framework.names)):
            return framework
    return None


def _without_label(text: str) -> str:
    """The name alone: "Pillar 2: Recognition" and "TC: Recognition" are Recognition."""
    text = re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[ivx]{1,4})[.):]\s*", "", plain(text).strip(" .:-\"'"))
    return (
        re.sub(
            r"^(?:TC|the)?\s*(?:pillar|theme|pledge|value|principle|strand|area|key area|challenge|priority)(?:\s*\w{0,4}\s*[:.)–-]|\s+\d{1,2}(?=\s))\s*",
            "",
            text,
            flags=re.I,
        ).strip()
        or text
    )


def read_alignments(
    text: str, principles: Principles, *, basis: Basis = "cell"
) -> tuple[list[Alignment], list[str], list[Notice]]:
    """The principles that a cell names in order, the pieces that name none, and what is doubtful."""
    found: list[Alignment] = []
    unknown: list[str] = []
    notices: list[Notice] = []
    for piece in (part for whole in _pieces(text) for part in _lines_of(whole, principles)):
        if (told := hints_now().principles_of(piece)) is not None:
            for framework, code in told:
                _add(found, _Known(framework, code), piece, basis, notices)
            if told:
                continue
            unknown.append(piece)
            continue
        known = principles.exact(piece)
        if known:
            _add(found, known, piece, basis, notices)
            continue
        near = principles.similar(piece)
        parts = [(near, piece)] if near else _greedy(piece, principles)
        for known, words in parts:
            _add(found, known, words, basis, notices)
            if not principles.exact(words):
                message = f"“{words}” was read as {known.code} ({known.framework})."
                notices.append(Notice("alignments", "spelling_mended", message))
        if parts:
            continue
        unknown.append(piece)
    return found, unknown, notices


def _pieces(text: str) -> list[str]:
    flat = re.sub(r"(?<=\w)-\n(?=[a-z])", "", re.sub(r"[^\S\n]{2,}", " ", text[:_LONGEST]))
    flat = _LIST_OF_NUMBERS.sub(_spell_out, flat)
    pieces = [piece.strip(" .()-–") for piece in _SEPARATORS.split(flat)]
    return [piece for piece in pieces if re.search(r"[A-Za-z0-9]", piece)]


def _lines_of(piece: str, principles: Principles) -> list[str]:
    """A piece's lines, where each names a principle; else the piece as one line (a cell may wrap at its edge)."""
    lines = [line.strip(" .()-–") for line in piece.split("\n") if line.strip(" .()-–")]
    if len(lines) < 2 or principles.exact(" ".join(lines)):
        return [" ".join(lines)] if lines else []
    together: list[str] = []
    for line in lines:
        if together and principles.exact(f"{together[-1]} {line}"):
            together[-1] = f"{together[-1]} {line}"
        else:
            together.append(line)
    if all(principles.exact(line) or principles.similar(line) or _greedy(line, principles) for line in together):
        return together
    return [" ".join(lines)] if _greedy(" ".join(lines), principles) else together


def _spell_out(match: re.Match[str]) -> str:
    """A list of numbers ("R1, 2 and 4", "Recommendations 3-5") with the letter before each."""
    numbers = [int(match["first"])]
    for sign, number in re.findall(r"(,|&|and|/|-|–|to)\s*R?(\d{1,2})", match["more"], re.I):
        if sign in {"-", "–", "to"} and int(number) > numbers[-1]:
            numbers += range(numbers[-1] + 1, int(number) + 1)
        else:
            numbers.append(int(number))
    return "; ".join(f"R{number}" for number in numbers)


def _greedy(piece: str, principles: Principles) -> list[tuple[_Known, str]]:
    """A piece made wholly of principles with nothing or "and" between: "Inclusivity Career Development"."""
    tokens = re.split(r"\s+|/|(?<=[a-z])&(?=[A-Z])", plain(piece))
    found: list[tuple[_Known, str]] = []
    at = 0
    while at < len(tokens):
        if tokens[at].casefold() in {"and", "&", "tc", "talent", "the", "-", ""} or (
            not found and tokens[at].casefold() in {"pillar", "pillars", "theme", "themes"}
        ):
            at += 1
            continue
        for size in range(min(6, len(tokens) - at), 0, -1):
            words = " ".join(tokens[at : at + size]).strip(" :.,()")
            known = principles.exact(words) or (principles.similar(words) if size <= 2 else None)
            if known:
                found.append((known, words))
                at += size
                break
        else:
            return []
    return found


def _add(found: list[Alignment], known: _Known, words: str, basis: Basis, notices: list[Notice]) -> None:
    if any(a.framework == known.framework and a.code == known.code for a in found):
        notices.append(Notice("alignments", "named_twice", f"{known.code} is named twice in this cell."))
        return
    found.append(Alignment(known.framework, known.code, words, basis))


def inherit(stated: list[Alignment], others: Iterable[Alignment]) -> list[Alignment]:
    """The stated alignments, and those others that name a principle not yet there."""
    merged = list(stated)
    for other in others:
        if not any(a.framework == other.framework and a.code == other.code for a in merged):
            merged.append(other)
    return merged


def alignments_of_heading(text: str, principles: Principles) -> list[Alignment]:
    """What a theme's heading says that all its actions answer: a pillar's name, or a framework's code."""
    flat = plain(text)
    known = principles.exact(flat)
    if known:
        return [Alignment(known.framework, known.code, flat, "theme")]
    by_code = principles.prefix_codes(flat)
    if by_code:
        return [Alignment(k.framework, k.code, flat, "theme") for k in by_code]
    if len(words_of(flat)) <= 8:
        found, unknown, _ = read_alignments(flat, principles, basis="theme")
        if found and not unknown:
            return found
        first = re.split(r"\s*[:–—-]\s+", flat, maxsplit=1)[0]
        if first != flat and (known := principles.exact(first)):
            return [Alignment(known.framework, known.code, first, "theme")]
    return []
