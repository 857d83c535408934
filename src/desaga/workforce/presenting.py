"""What the pages show of an extract: sealed words opened for whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import Extract, Fault, Match
from .packing import about, unpacked
from .reading.codes import CodeList, code_list, unknown_words
from .reading.faults import KINDS
from .reading.fields import BY_KEY, FIELDS, LABELS, Field
from .reading.propose import code_columns
from .sealing import seal_of
from .states import ExtractState, MatchKind, Purpose

FORGOTTEN = "Deleted, since the person objected"
HIDDEN = "(for the equality data steward)"
STEPS = (("map_columns", "Columns"), ("choose_codes", "Codes"), ("check_extract", "Check and load"))
#: Said to whoever goes on to a check that is not there yet, on the page of the step that comes first.
BEFORE_THE_CHECK = {
    "map_columns": "Nothing is checked yet. First say what each column is.",
    "choose_codes": "Nothing is checked yet. First say here what your words are as codes; then the file is checked.",
}


@dataclass(frozen=True, slots=True)
class ShownFault:
    row: int
    column: str
    value: str
    what: str
    mend: str
    weight: str


def shown_faults(
    extract: Extract, faults: Iterable[Fault], heads: Sequence[str], *, equality: bool
) -> Iterator[ShownFault]:
    """Faults with their values opened; values of equality fields only with `equality`."""
    seal = seal_of(extract.organisation, Purpose.FILE)
    for fault in faults:
        kind = KINDS[fault.kind]
        value = HIDDEN if fault.is_equality and not equality else seal.open(fault.value).decode()
        column = heads[fault.column] if fault.column is not None else ""
        yield ShownFault(fault.row, column, value, kind.what, kind.mend, fault.weight)


@dataclass(frozen=True, slots=True)
class ShownCount:
    """How many faults of one kind there are in one column. `key` is what the filter calls it."""

    key: str
    number: int
    what: str
    column: str
    weight: str


def shown_counts(counts: Iterable[Mapping[str, Any]], heads: Sequence[str]) -> list[ShownCount]:
    return [
        ShownCount(
            f"{one['kind']}.{'' if one['column'] is None else one['column']}",
            one["number"],
            KINDS[one["kind"]].what,
            "" if one["column"] is None else heads[one["column"]],
            one["weight"],
        )
        for one in counts
    ]


def fields_in_doubt(extract: Extract, heads: Sequence[str]) -> list[tuple[str, str]]:
    """Fields that a stop doubts, with the heading of the column that each is mapped to."""
    doubted = {stop["field"] for stop in extract.stops if stop.get("field")}
    return [(LABELS[key], heads[n]) for n, key in sorted(extract.mapped.items()) if key in doubted]


def asked_for(key: str) -> tuple[str, int | None]:
    """The kind and column of a filter's key; ("", None) for no filter."""
    kind, _, column = key.partition(".")
    return (kind, int(column) if column.isascii() and column.isdecimal() else None) if kind in KINDS else ("", None)


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """Two that may be one: number, name and date of birth as they were and as they are."""

    match: Match
    was: Sequence[str]
    now: Sequence[str]

    @property
    def question(self) -> str:
        return {
            MatchKind.NEW_NUMBER: "Is this the same person under a new number?",
            MatchKind.REHIRED: "Was this person here before?",
            MatchKind.RETURNED: "Is this the person of that number, who had left?",
            MatchKind.NEW_NAME: "Is this the same person under a new name?",
            MatchKind.OTHER_PERSON: "Is this the same person? The date of birth differs.",
        }[MatchKind(self.match.kind)]


def shown_matches(extract: Extract, matches: Iterable[Match]) -> list[ShownMatch]:
    return shown_log(extract.organisation, matches)


def shown_log(organisation: Any, matches: Iterable[Match]) -> list[ShownMatch]:
    """Matches with their words opened, where they were not deleted for an objection."""
    seal = seal_of(organisation, Purpose.FILE)
    found = []
    for match in matches:
        if not match.words:
            found.append(ShownMatch(match, (FORGOTTEN,), ()))
            continue
        words = unpacked(seal.open(match.words, about(match.number_key.hex)))
        for at in (2, 5):
            words[at] = f"{date.fromisoformat(words[at]):%d/%m/%Y}" if words[at] else ""
        found.append(ShownMatch(match, words[:3], words[3:]))
    return found


@dataclass(frozen=True, slots=True)
class WordToMap:
    """A word of the file that no code list knows, with the codes that it may be. `name` is its input's."""

    name: str
    list_key: str
    words: str
    number: int
    proposals: Sequence[str]


@dataclass(frozen=True, slots=True)
class ListToMap:
    """A code list and the words of the file that it does not know."""

    codes: CodeList
    column: str
    words: Sequence[WordToMap]


def lists_to_map(
    extract: Extract, profile: Mapping[str, Any], choices: Mapping[str, Mapping[str, str]], *, equality: bool
) -> list[ListToMap]:
    """For each mapped column of codes the words that are not known yet, those that are met most first."""
    found = []
    for n, field in code_columns(extract.mapped).items():
        if field.is_equality and not equality:
            continue
        codes = code_list(field.codes, extract.year)
        counted = dict(profile["columns"][n]["values"])
        unknown = unknown_words(counted, codes, choices.get(field.codes, {}))
        words = [_word(field, words, counted[words], codes) for words in unknown]
        found.append(ListToMap(codes, profile["heads"][n], words))
    return found


def _word(field: Field, words: str, number: int, codes: CodeList) -> WordToMap:
    return WordToMap(f"{field.codes}:{words}", field.codes, words, number, codes.proposals(words))


def fields_to_choose(*, equality: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a column's field, by what they belong to."""
    groups = {
        "person": "Person",
        "contract": "Contract",
        "activity": "Activity",
        "equality": "What people said of themselves",
    }
    shown: list[tuple[str, list[tuple[str, str]]]] = []
    for key, label in groups.items():
        if key != "equality" or equality:
            shown.append((label, [(one.key, one.label) for one in FIELDS if one.group == key]))
    return shown


#: How the values of a field are written, by its kind.
WRITTEN = {"date": "Dates are read as 31/07/2026 or 2026-07-31.", "soc": "SOC2020 has four figures.", "mark": "Yes or no are read as Y or N.", "part": "Yes and no are read, or shares as 0.2 or 20%."}  # fmt: skip


def misfit_words(key: str) -> str:
    """What to say of a column whose heading says a field that its values are not; empty without one."""
    if key not in BY_KEY:
        return ""
    one = BY_KEY[key]
    told = f"By its heading this is “{one.label}”, but hardly any of its values can be read so."
    return f"{told} {WRITTEN.get(one.kind, 'Look at them.')}"


def rival_words(key: str, head: str, taken: Mapping[str, str]) -> str:
    """What to say of a column whose heading says a field that another column is (`taken`: headings by field); empty where none is, or no other."""
    if key not in BY_KEY or (other := taken.get(key, head)) == head:
        return ""
    return f"By its heading this may be “{BY_KEY[key].label}” too, which the column “{other}” is already. Only one can be it."


def labels_of(mapping: Mapping[str, str]) -> list[tuple[str, str]]:
    """(field, heading) pairs of a snapshot's mapping, in the order of the fields."""
    return [(LABELS[one.key], mapping[one.key]) for one in FIELDS if one.key in mapping]


def step_of(extract: Extract) -> str:
    """The first step of an extract that is not done: its page."""
    if extract.state == ExtractState.CHECKED:
        return "check_extract"
    return "choose_codes" if extract.layout.get("is_said") else "map_columns"


def way_of(extract: Extract, current: str) -> list[dict[str, Any]]:
    """The steps of an extract as links, for the bar above its pages."""
    from django.urls import reverse

    if extract.state not in (ExtractState.READ, ExtractState.CHECKED):
        return []
    return [
        {
            "label": label,
            "url": reverse(f"workforce:{name}", args=[extract.organisation.slug, extract.pk]),
            "is_current": name == current,
            "count": None,
        }
        for name, label in STEPS
        if name == "map_columns" or extract.columns
    ]


#: Columns of a contract row whose names are not those of the fields.
FILLING_LABELS = {"unit_text": "Department or unit", "unit_known": "Department that is one of your units"}


def shown_filling(filled: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"label": FILLING_LABELS.get(name) or LABELS[name], "number": number} for name, number in filled.items()]
