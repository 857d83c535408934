"""Posts of an extract that nobody holds: rows without a number or a name, or whose number or name says so. They are nobody's data.

They are kept by what a definition of technical staff looks at, so that it is settled later which of them are technical.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: What HR systems write in the place of whoever will hold the post, as names and as numbers are compared.
NOBODY = frozenset(
    {
        "vacant",
        "vacancy",
        "vacant post",
        "vacant position",
        "unfilled",
        "to be appointed",
        "to be recruited",
        "tba",
        "tbc",
    }
)
NO_NUMBER = frozenset(name.replace(" ", "").upper() for name in NOBODY)
#: What is kept of a post: the field of the extract by what it is called here.
KEPT = {
    "unit": "unit_id", "unit_text": "unit", "title": "job_title", "family": "job_family", "grade": "grade", "soc": "soc", "level": "level",
    "function": "academic_function", "marker": "marker",
}  # fmt: skip


def vacant_posts(read: Mapping[str, list[Any]], rows: Iterable[int]) -> list[dict[str, Any]]:
    """The posts of these rows, alike ones together: what `KEPT` says, `posts`, and `applicants`, None where any is not known."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    columns = {name: read.get(field) for name, field in KEPT.items()}
    applied = read.get("applicants")
    for at in rows:
        told = {name: (column[at] if column else None) or "" for name, column in columns.items()}
        number = applied[at] if applied else None
        one = found.setdefault(
            tuple(told.values()), {**told, "unit": told["unit"] or None, "posts": 0, "applicants": 0}
        )
        one["posts"] += 1
        known = one["applicants"] is not None and number is not None
        one["applicants"] = one["applicants"] + number if known else None
    return list(found.values())
