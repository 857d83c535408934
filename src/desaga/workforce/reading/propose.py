"""What each column may be, and what a row stands for: proposed from headings and values, to be confirmed by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from rapidfuzz import fuzz

from .fields import BY_KEY, FIELDS, SEVERAL, Field
from .fitting import LEAST_FIT, fit
from .table import Table
from .values import folded, is_nothing, staff_number

SAMPLED = 400
#: How well a heading may name a field; what its values add; below `LEAST` nothing is proposed.
SAME_HEADING, SAME_WORDS, WITH_MORE, MISSPELT, LOOSE = 100, 90, 80, 70, 60
FOR_VALUES, LEAST = 25, 60
#: Of two columns, that whose heading stands further in front among a field's names is taken.
FOR_PLACE = 0.01
#: A heading that may mean much is believed where at least so many of its values are the field's.
LEAST_OF_LOOSE = 0.7
#: How headings are shortened, and words that say nothing of what a column holds. What stands after a name in `BESIDE`, or before it in
#: `WHOSE`, leaves it what it is.
WHOLE_WORDS = {
    "no": "number", "num": "number", "nr": "number", "hrs": "hours", "wk": "week", "weekly": "week", "pw": "week", "dept": "department",
    "org": "organisation", "ftc": "fixed term", "perm": "permanent", "emp": "employee", "empl": "employee", "pers": "personnel", "ref": "reference",
    "occ": "occupation", "occup": "occupation", "cat": "category", "dt": "date", "wkg": "working", "wkhrs": "hours week", "center": "centre",
    "ctr": "centre", "desc": "description", "dob": "date birth",
}  # fmt: skip
EMPTY_WORDS = frozenset({"or", "of", "the", "per", "in", "a", "an", "and", "at", "for", "is", "s"})
BESIDE = frozenset(
    "code description text long value name current main primary legal hesa key flag indicator m f y n yn id dd mm yyyy".split()
)
WHOSE = frozenset({"current"})
WHOSE_PERSON = frozenset({"employee", "worker", "person", "staff"})
#: A misspelt word has at least so many letters, one more or less than the known word at most, and is so like it; these are other words.
LEAST_LETTERS, LEAST_LIKENESS = 5, 85
OTHER_WORDS = frozenset({"contact"})
#: What the table adds to headings that repeat.
AGAIN = re.compile(r" \(\d\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column without any person's row: how full, how many different values."""

    head: str
    filled: int
    different: int


def heads_digest(heads: Sequence[str]) -> str:
    """A digest of the headings, whatever their order: files with the same headings are mapped alike."""
    return sha256("\n".join(sorted(map(folded, heads))).encode()).hexdigest()


def proposed_fields(table: Table, year: int, *, but: frozenset[str] = frozenset()) -> dict[int, str]:
    """Column numbers to keys of fields: the best fitting columns, each field once (`SEVERAL` excepted). `but` are fields not to propose."""
    scored = []
    for n, head in enumerate(table.heads):
        values, plain = _sample(table.columns[n]), _plain(head)
        for one in FIELDS:
            if one.key not in but and (score := _score(plain, values, one, year)) >= LEAST:
                scored.append((score, -n, one.key))
    taken: dict[int, str] = {}
    for _, minus_n, key in sorted(scored, reverse=True):
        if -minus_n not in taken and (key in SEVERAL or key not in taken.values()):
            taken[-minus_n] = key
    return dict(sorted(taken.items()))


def misfits(table: Table, columns: Mapping[int, str], year: int) -> dict[int, str]:
    """Of columns that are proposed to be nothing, those whose heading says what they are: that field, whose values theirs are not."""
    found = {}
    for n, head in enumerate(table.heads):
        if n in columns:
            continue
        plain = _plain(head)
        by_heading = [(_heading_score(plain, one), one) for one in FIELDS if one.key not in columns.values()]
        score, best = max(by_heading, key=lambda pair: pair[0], default=(0.0, FIELDS[0]))
        if score >= LEAST and not _score(plain, _sample(table.columns[n]), best, year):
            found[n] = best.key
    return found


def rivals(heads: Sequence[str], columns: Mapping[int, str]) -> dict[int, str]:
    """Of columns that are proposed to be nothing, those whose heading says a field that another column is."""
    taken = [BY_KEY[key] for key in columns.values() if key not in SEVERAL]
    found = {}
    for n in set(range(len(heads))) - set(columns):
        scored = [(_heading_score(_plain(heads[n]), one), one.key) for one in taken]
        score, key = max(scored, default=(0.0, ""))
        if score >= LEAST:
            found[n] = key
    return found


def _plain(head: str) -> str:
    """A heading as it is compared. American systems write with a z what is written with an s here."""
    return folded(AGAIN.sub("", head)).replace("organiz", "organis").replace("utiliz", "utilis")


def _sample(column: Sequence[str]) -> list[str]:
    return list(islice((text for text in column if not is_nothing(text)), SAMPLED))


def _score(head: str, values: Sequence[str], one: Field, year: int) -> float:
    """How well a column is a field: by its heading, and by its values, without which a heading that may mean much says nothing."""
    heading, is_loose = _heading_score(head, one), head in one.loose
    if heading < LEAST and not is_loose:
        return 0.0
    fits = fit(values, one, year)
    if heading >= LEAST and (fits is None or fits >= LEAST_FIT):
        return heading + FOR_VALUES * (fits or 0)
    is_borne_out = is_loose and fits is not None and fits >= LEAST_OF_LOOSE
    return LOOSE + FOR_VALUES * (fits or 0) - FOR_PLACE * one.loose.index(head) if is_borne_out else 0.0


@lru_cache(maxsize=20_000)
def _heading_score(head: str, one: Field) -> float:
    whose = WHOSE if one.group in ("contract", "activity") else WHOSE | WHOSE_PERSON
    names = enumerate((*one.names, folded(one.label)))
    return max(_head_score(head, name, whose) - FOR_PLACE * n for n, name in names)


def _head_score(head: str, name: str, whose: frozenset[str]) -> float:
    """How like a heading is to a known one. HESA's names and the systems' short ones only count whole."""
    plain = head.replace(" ", "")
    if head == name or plain == name.replace(" ", ""):
        return SAME_HEADING
    if len(name) < 4 or len(plain) < 4:
        return 0.0
    words, known = _words(head), _words(name)
    if sorted(words) == sorted(known):
        return SAME_HEADING if words == known else SAME_WORDS
    if _has_but_more(words, known, whose):
        return WITH_MORE
    return MISSPELT if len(words) == len(known) and all(map(_is_misspelt, words, known)) else 0.0


def _has_but_more(words: Sequence[str], known: Sequence[str], whose: frozenset[str]) -> bool:
    """Whether beside a known name there only stand words that leave it what it is."""
    at = 0 if words[:1] == known[:1] else next((n for n, word in enumerate(words) if word not in whose), 0)
    return words[at : at + len(known)] == known and set(words[at + len(known) :]) <= BESIDE


def _is_misspelt(word: str, known: str) -> bool:
    """Whether a word is a known one but for a letter: a word more, or another figure, makes it another thing."""
    if word == known:
        return True
    if not (word + known).isalpha() or word in OTHER_WORDS or min(len(word), len(known)) < LEAST_LETTERS:
        return False
    return abs(len(word) - len(known)) <= 1 and fuzz.ratio(word, known) >= LEAST_LIKENESS


@lru_cache(maxsize=5_000)
def _words(heading: str) -> list[str]:
    """The words of a heading, written out, without those that say nothing."""
    told = " ".join(WHOLE_WORDS.get(word, word) for word in heading.split())
    return [word for word in told.split() if word not in EMPTY_WORDS]


def proposed_grain(table: Table, columns: Mapping[int, str]) -> str:
    """What a row stands for: numbers that are all different say a person, else contracts; activities where those repeat too."""
    by_field = {key: n for n, key in columns.items()}
    if "staff_number" not in by_field:
        return "contract"
    numbers = [staff_number(text) for text in table.columns[by_field["staff_number"]]]
    if len(set(numbers)) == len(numbers):
        return "person"
    has_activities = bool({"activity_soc", "activity_share"} & set(by_field))
    if has_activities and _repeats(table, numbers, by_field):
        return "activity"
    return "contract"


def _repeats(table: Table, numbers: Sequence[str], by_field: Mapping[str, int]) -> bool:
    if "contract_number" not in by_field:
        return True
    pairs = set(zip(numbers, table.columns[by_field["contract_number"]], strict=True))
    return len(pairs) < len(numbers)


def columns_of(table: Table) -> list[Column]:
    return [
        Column(head, sum(map(bool, column)), len(set(column)))
        for head, column in zip(table.heads, table.columns, strict=True)
    ]


def code_columns(columns: Mapping[int, str]) -> dict[int, Field]:
    """The mapped columns that hold codes."""
    return {n: BY_KEY[key] for n, key in columns.items() if BY_KEY[key].codes}
