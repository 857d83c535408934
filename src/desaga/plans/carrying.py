"""What somebody carries, drawn small enough for a row of a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from desaga.charts.colours import MEANINGS, VERMILION

from .queries.parties import Load

LONGEST = 120


def bar_of(load: Load, most: int) -> SafeString | str:
    """The actions still to do as a bar, what is overdue before the rest; `most` is the longest bar's number."""
    if not most:
        return ""
    late, rest = round(load.overdue / most * LONGEST), round((load.going - load.overdue) / most * LONGEST)
    return format_html(
        '<svg class="dsg-load" width="{}" height="10" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="10" fill="{}"/><rect x="{}" width="{}" height="10" fill="{}"/></svg>',
        LONGEST, late, VERMILION.fill, late, rest, MEANINGS["in_progress"].fill,
    )  # fmt: skip


def sentence_of(loads: Sequence[Load]) -> str:
    """How many are named, who has most to do, and how many are still only words."""
    if not loads:
        return "The plan names nobody yet."
    words = sum(one.party is None for one in loads)
    if words == len(loads):
        known = "Nobody whom the plan names is a party yet"
    elif words:
        known = f"{words} of {len(loads)} whom the plan names {'is' if words == 1 else 'are'} only words so far"
    else:
        known = "Everybody whom the plan names is known"
    most = max(loads, key=lambda one: one.going)
    return f"{known}; {_clipped(most.name)} has most to do: {most.going}." if most.going else f"{known}."


def _clipped(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:59].rsplit(' ', 1)[0]}…"
