"""Abbreviations that lines spell out without a table: "HTS – Head of Technical Services", or a code over its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desaga.documents.model import Text

from .document import Ledger
from .glossary import is_list_heading_text, strict_entry
from .model import GlossaryRow
from .words import plain

_DASHED = re.compile(r"^(?P<code>[A-Z][A-Z&/]{1,6})\s+-\s+(?P<meaning>[A-Z].{3,90})$")
_CODE = re.compile(r"[A-Z][A-Z&/]{1,8}s?")


def read_spelt_out(texts: Sequence[Text], ledger: Ledger) -> list[GlossaryRow]:
    """The abbreviations of two or more lines in a run, or under a heading such as "Abbreviations"."""
    lines = [
        (t, plain(t.text))
        for t in texts
        if t.text.strip() and (not ledger.is_used(t) or is_list_heading_text(plain(t.text)))
    ]
    rows: list[GlossaryRow] = []
    for found in (_dashed(lines), _pairs(lines)):
        rows += [row for row, _ in found]
        ledger.use(*(text for _, used in found for text in used))
    return rows


def _dashed(lines: Sequence[tuple[Text, str]]) -> list[tuple[GlossaryRow, list[Text]]]:
    """Lines "CODE – Meaning" that stand next to another such line; a lone one may be anything."""
    entries: list[GlossaryRow | None] = []
    for _, line in lines:
        match = _DASHED.match(line)
        entries.append(strict_entry(f"{match['code']}: {match['meaning']}") if match else None)
    beside = [None, *entries, None]
    return [
        (entry, [lines[i][0]])
        for i, entry in enumerate(entries)
        if entry is not None and (beside[i] is not None or beside[i + 2] is not None)
    ]


def _pairs(lines: Sequence[tuple[Text, str]]) -> list[tuple[GlossaryRow, list[Text]]]:
    """Code and meaning on lines in turn, under a heading that announces them."""
    start = next(
        (i for i, (_, line) in enumerate(lines) if is_list_heading_text(line) and _is_pair(lines, i + 1)), None
    )
    if start is None:
        return []
    found: list[tuple[GlossaryRow, list[Text]]] = []
    index = start + 1
    while _is_pair(lines, index):
        (code, letters), (meaning, words) = lines[index], lines[index + 1]
        found.append((strict_entry(f"{letters}: {words}") or GlossaryRow(letters, words), [code, meaning]))
        index += 2
    if len(found) > 1:
        found[0][1].append(lines[start][0])
    return found if len(found) > 1 else []


def _is_pair(lines: Sequence[tuple[Text, str]], index: int) -> bool:
    if index + 1 >= len(lines):
        return False
    code, meaning = lines[index][1], lines[index + 1][1]
    return (
        bool(_CODE.fullmatch(code))
        and not _CODE.fullmatch(meaning)
        and meaning[0].isupper()
        and 2 <= len(meaning) <= 90
    )
