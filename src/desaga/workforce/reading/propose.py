"""What each column may be, and what a row stands for: proposed from headings and values, to be confirmed by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import islice

from rapidfuzz import fuzz

from .codes import code_list
from .fields import BY_KEY, FIELDS, SEVERAL, Field
from .table import Table
from .values import Bad, day, folded, hours, is_marked, is_nothing, number, soc, staff_number

SAMPLED = 400
#: What a column's heading and its values may each add; below `LEAST` nothing is proposed.
SAME_HEADING, SAME_WORDS, LEAST = 100, 90, 60
#: How headings are shortened, and words that say nothing of what a column holds. What stands after a name in `BESIDE` leaves it what it is.
WHOLE_WORDS = {
    "no": "number", "num": "number", "nr": "number", "hrs": "hours", "hr": "hours", "wk": "week", "weekly": "week", "pw": "week", "dept": "department",
    "org": "organisation", "ftc": "fixed term", "perm": "permanent", "emp": "employee", "ref": "reference", "occ": "occupation", "occup": "occupation", "cat": "category",
}  # fmt: skip
EMPTY_WORDS = frozenset({"or", "of", "the", "per", "in", "a", "an", "and", "at", "for", "s"})
BESIDE = frozenset(
    {
        "code",
        "description",
        "desc",
        "text",
        "value",
        "current",
        "main",
        "primary",
        "spine",
        "spinal",
        "point",
        "m",
        "f",
        "y",
        "n",
        "yn",
        "id",
    }
)


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
        values = _sample(table.columns[n])
        # American systems write with a z what is written with an s here.
        plain = folded(head).replace("organiz", "organis")
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
        plain = folded(head).replace("organiz", "organis")
        by_heading = [(_heading_score(plain, one), one) for one in FIELDS if one.key not in columns.values()]
        score, best = max(by_heading, key=lambda pair: pair[0], default=(0.0, FIELDS[0]))
        if score >= LEAST and not _score(plain, _sample(table.columns[n]), best, year):
            found[n] = best.key
    return found


def _heading_score(head: str, one: Field) -> float:
    return max(_head_score(head, name) for name in (*one.names, folded(one.label)))


def _sample(column: Sequence[str]) -> list[str]:
    return list(islice((text for text in column if not is_nothing(text)), SAMPLED))


def _score(head: str, values: Sequence[str], one: Field, year: int) -> float:
    heading = _heading_score(head, one)
    if heading < 40:
        return 0.0
    fits = _fits(values, one, year)
    return 0.0 if fits is not None and fits < 0.3 else heading + (0 if fits is None else 25 * fits)


def _head_score(head: str, name: str) -> float:
    """How like a heading is to a known one. HESA's names and the systems' short ones only count whole."""
    plain = head.replace(" ", "")
    if head == name or plain == name.replace(" ", ""):
        return SAME_HEADING
    if len(name) < 4 or len(plain) < 4:
        return 0.0
    words, known = _words(head), _words(name)
    if sorted(words) == sorted(known):
        return float(SAME_WORDS)
    if words[: len(known)] == known and set(words[len(known) :]) <= BESIDE:
        return 80.0
    likeness = fuzz.token_sort_ratio(head, name)
    return 70.0 * likeness / 100 if likeness >= 78 else 0.0


@cache
def _words(heading: str) -> list[str]:
    """The words of a heading, written out, without those that say nothing."""
    told = " ".join(WHOLE_WORDS.get(word, word) for word in heading.split())
    return [word for word in told.split() if word not in EMPTY_WORDS]


def _fits(values: Sequence[str], one: Field, year: int) -> float | None:
    """The share of values that the field can read; None where any words would do."""
    if not values:
        return None
    if one.kind == "date":
        return _share(values, day)
    if one.kind in ("fte", "hours", "share", "count"):
        return _share(values, hours if one.kind == "hours" else number)
    if one.kind == "mark":
        return _share(values, is_marked)
    if one.kind == "soc":
        return _share(values, soc)
    if one.kind in ("code", "codes"):
        return max(0.35, _share(values, code_list(one.codes, year).code_of))
    if one.kind == "number":
        return min(1.0, 2 * len(set(values)) / len(values))
    return None


def _share(values: Sequence[str], read: object) -> float:
    good = 0
    for text, times in Counter(values).items():
        try:
            read(text)  # type: ignore[operator]
        except (Bad, ValueError):
            continue
        good += times
    return good / len(values)


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
