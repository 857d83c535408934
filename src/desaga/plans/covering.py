"""Coverage on a page: marks, the matrix written once a row, a sentence that says it first, and a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desaga.charts.bars import plain_bars
from desaga.charts.chart import Chart

from .queries.coverage import Answer, Coverage, PrincipleCovered
from .queries.editions import EditionsCompared
from .states import Basis

#: A mark tells by its shape, and says its word to those who do not see it.
MARKS = {
    Basis.CELL: ("●", "stated"),
    Basis.THEME: ("◐", "inherited from the theme"),
    Basis.CODE: ("◑", "told from the code"),
    Basis.SUGGESTED: ("◌", "suggested"),
}
NAMED_GAPS = 6
LONGEST_TITLE = 90


def sentence(found: Coverage) -> str:
    """What one wants to know first: "2 of 16 are answered by no action: R5 (…) and R13 (…)."."""
    gaps, asked, unsaid = found.gaps, found.asked, found.only_suggested
    if not asked:
        return "No action names anything of this framework, and Desaga does not know its principles."
    if not gaps and not unsaid:
        return f"All {asked} are answered." if asked > 1 else "It is answered."
    if not gaps:
        return f"{found.answered} of {asked} {'is' if found.answered == 1 else 'are'} answered; {_count(unsaid)} only suggested: {_named(unsaid)}."
    more = f" {_count(unsaid).capitalize()} only suggested: {_named(unsaid)}." if unsaid else ""
    return f"{len(gaps)} of {asked} {'is' if len(gaps) == 1 else 'are'} answered by no action: {_named(gaps)}.{more}"


def _count(principles: Sequence[PrincipleCovered]) -> str:
    return f"{len(principles)} {'is' if len(principles) == 1 else 'are'}"


def _named(principles: Sequence[PrincipleCovered]) -> str:
    named = [f"{one.code} ({one.title})" if one.title and one.title != one.code else one.code for one in principles]
    return "; ".join(named[:NAMED_GAPS]) + (f"; and {len(named) - NAMED_GAPS} more" if len(named) > NAMED_GAPS else "")


def rows_of(found: Coverage, address: Any) -> list[dict[str, Any]]:
    """The principles as the page lists them, each with links to the actions that answer it."""
    return [
        {
            "principle": one,
            "answers": _links(one.answers, address),
            "usual": _links(one.usual, address),
            "suggested": _links(one.suggested, address),
            "count": len(one.answers),
            "asks": urlencode({"answers": f"{found.framework.name} · {one.code}"}),
        }
        for one in found.principles
    ]


def _links(answers: Sequence[Answer], address: Callable[[int], str]) -> SafeString:
    return _joined(tuple((address(a.action), a.title[:LONGEST_TITLE], a.label, a.basis) for a in answers))


@lru_cache(maxsize=1000)
def _joined(links: tuple[tuple[str, str, str, str], ...]) -> SafeString:
    """Links with their marks; a principle's are the same until its actions change, so they are written once."""
    link = '<a href="{}" title="{}">{}</a> {}'
    return format_html_join(", ", link, ((href, title, label, SHAPES[basis]) for href, title, label, basis in links))


def matrix_of(found: Coverage, actions: Sequence[tuple[int, str, str]], address: Any) -> list[SafeString]:
    """Rows of the matrix, an action each: its cells hold a mark where it answers the principle of the column."""
    marks = {
        (answer.action, one.code): answer.basis
        for one in found.principles
        for answer in (*one.answers, *one.usual, *one.suggested)
    }
    codes = [one.code for one in found.principles]
    return [
        _matrix_row(address(pk), label, title[:LONGEST_TITLE], tuple(marks.get((pk, code)) for code in codes))
        for pk, label, title in actions
    ]


@lru_cache(maxsize=5000)
def _matrix_row(href: str, label: str, title: str, cells: tuple[str | None, ...]) -> SafeString:
    head = format_html(
        '<th scope="row"><a href="{}">{}</a> <span class="dsg-matrix__title">{}</span></th>',
        href,
        label or "Open",
        title,
    )
    shown = format_html_join("", "<td>{}</td>", ((SHAPES[basis] if basis else "",) for basis in cells))
    return format_html("<tr>{}{}</tr>", head, shown)


SHAPES: dict[str, SafeString] = {
    basis: format_html('<span class="dsg-basis dsg-basis--{}" role="img" aria-label="{}">{}</span>', basis, word, mark)
    for basis, (mark, word) in MARKS.items()
}


def standing_of(one: PrincipleCovered) -> str:
    """How a principle stands, in few words: "3 actions", "Only suggested", "No action"."""
    if one.answers:
        return f"{len(one.answers)} action{'' if len(one.answers) == 1 else 's'}"
    return "Only suggested" if one.is_only_suggested else "No action" if one.is_gap else "None, optional"


def compared_sentence(found: EditionsCompared) -> str:
    """What was a gap and what is: "In Our values, 2 of 5 have no action; in Our values 2026, none of 6"."""
    old, new = found.old, found.new
    was = f"In {old.framework.name}, {_gaps(old)} {'has' if len(old.gaps) <= 1 else 'have'} no action"
    now = f"in {new.framework.name}, {_gaps(new)}"
    more = f", and {_count(new.only_suggested)} only suggested" if new.only_suggested else ""
    return f"{was}; {now}{more}."


def _gaps(found: Coverage) -> str:
    return f"{len(found.gaps) or 'none'} of {found.asked}"


def compared_rows(found: EditionsCompared) -> list[dict[str, Any]]:
    """The principles of two editions as the page shows them: each side is (code, tone of its tag or "", words)."""
    rows = []
    for row in found.rows:
        shown = row.now or row.before[0]
        rows.append(
            {
                "code": shown.code,
                "title": shown.title if shown.title != shown.code else "",
                "how": row.how,
                "is_gap": bool(row.now and row.now.is_gap),
                "before": [_side(one) for one in row.before],
                "now": [_side(row.now)] if row.now else [],
            }
        )
    return rows


def _side(one: PrincipleCovered) -> tuple[str, str, str]:
    tone = "late" if one.is_gap else "waiting" if one.is_only_suggested else ""
    return one.code, tone, standing_of(one)


def chart_of(found: Coverage, today: date) -> Chart | None:
    """How many actions answer each principle; None where none does."""
    values = [
        (f"{one.code}: {one.title}" if one.title and one.title != one.code else one.code, len(one.answers))
        for one in found.principles
    ]
    if not any(number for _, number in values):
        return None
    most = max(len(one.answers) for one in found.principles)
    first = [one.code for one in found.principles if len(one.answers) == most]
    told = (
        f"{' and '.join(first)} {'is' if len(first) == 1 else 'are'}"
        if len(first) <= 3
        else f"{len(first)} principles are"
    )
    usual = "with business as usual" if found.counts_usual else "business as usual left out"
    return plain_bars(
        title=f"{told} answered most: by {most} action{'' if most == 1 else 's'}{'' if len(first) == 1 else ' each'}",
        counted=f"Actions that answer each principle of {found.framework.name}, {usual}, {today.day} {today:%B %Y}",
        heading="Principle",
        value_heading="Actions",
        values=values,
    )
