"""The rows of a plan's table as the page shows them: worked out once a row, so that the template only writes them down.

A table of a hundred rows is what people open most; `bench/workspace.py` measures it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desaga.ui.templatetags import ui

from . import queries
from .models import Action
from .queries.reporting import reporting_rule
from .reporting import said
from .states import TableColumn

SHORT_WHEN, LONGEST_WHEN = 24, 60


#: Columns that are shown unless others are chosen; the last three only where something stands in them.
USUAL = (TableColumn.WHO, TableColumn.WHEN, TableColumn.STATUS, TableColumn.RAG, TableColumn.DOUBTS)
WHERE_FILLED = frozenset(USUAL[2:])
SORT_OF = {TableColumn.WHEN: "due"}


@dataclass(slots=True)
class Row:
    """An action as the table shows it; `line` is the row of the table, as HTML."""

    action: Action
    code: str
    url: str
    title: str
    told: dict[TableColumn, str]
    line: str = ""


def rows_of(actions: Sequence[Action], organisation: Any, today: date, chosen: Collection[str] = ()) -> Sequence[Row]:
    """The rows of actions of an organisation's plan, as `queries.actions_listed` gives them, with what the chosen columns need."""
    wanted = set(chosen or USUAL)
    owners = queries.owners_listed(actions) if TableColumn.WHO in wanted else {}
    answers = queries.answers_listed(actions) if TableColumn.ANSWERS in wanted else {}
    rule = reporting_rule() if TableColumn.REPORTED in wanted else None
    address = addresses_in(organisation.slug)

    def told(action: Any) -> dict[TableColumn, str]:
        return {
            TableColumn.THEME: action.theme_code or action.theme_title or "",
            TableColumn.WHO: owner_links(tuple(owners.get(action.pk, ()))),
            TableColumn.WHEN: when_shown(action.when, action.is_late_on(today)),
            TableColumn.ANSWERS: ", ".join(answers.get(action.pk, ())),
            TableColumn.STATUS: ui.status(action.status_member),
            TableColumn.RAG: ui.rag(action.rag, short=True) if action.rag else "",
            TableColumn.REPORTED: said(action.status, action.rag, rule) if rule else "",
            TableColumn.DOUBTS: str(action.open_doubts or ""),
        }

    return [
        Row(action, action.code, address(action.plan_id, action.pk), action.short_title, told(action))
        for action in actions
    ]


def columns_shown(rows: Sequence[Row], chosen: Collection[str]) -> list[TableColumn]:
    """The chosen columns in their order, else the usual ones: a column in which nothing stands says nothing."""
    if chosen:
        return [column for column in TableColumn if column in chosen]
    return [column for column in USUAL if column not in WHERE_FILLED or any(row.told[column] for row in rows)]


def write_lines(rows: Sequence[Row], columns: Sequence[TableColumn], *, can_tick: bool = False) -> None:
    """Write each row down, with a box to tick it where one may change it."""
    shape = (TICK if can_tick else "") + BEGINNING + "".join(SHAPES.get(column, "<td>{}</td>") for column in columns)
    for row in rows:
        tick = (row.action.pk, row.code, row.title) if can_tick else ()
        told = [row.told[column] for column in columns]
        row.line = _line(f"<tr>{shape}</tr>", *tick, row.code, row.url, row.title, *told)


# A row is the same until its action changes. By type too: words that look like the HTML of a cell are still words.
@lru_cache(maxsize=5000, typed=True)
def _line(shape: str, *told: Any) -> SafeString:
    return format_html(shape, *told)


BEGINNING = '<td class="dsg-code">{}</td><td class="dsg-wide"><a href="{}">{}</a></td>'
TICK = (
    '<td class="dsg-tick-cell"><input class="dsg-tick" type="checkbox" form="many" name="rows" value="{}" '
    'aria-label="Tick {} {}"></td>'
)
SHAPES = {
    TableColumn.DOUBTS: '<td class="dsg-number" data-label="Doubts">{}</td>',
    TableColumn.REPORTED: f'<td data-label="{TableColumn.REPORTED.label}">{{}}</td>',
    TableColumn.ANSWERS: '<td class="dsg-code">{}</td>',
    TableColumn.THEME: '<td class="dsg-quiet">{}</td>',
}


def heads_of(columns: Sequence[TableColumn], sort: str, address: Callable[[str], str]) -> list[dict[str, Any]]:
    """The heads of the table, each a link that sorts by it, then backwards, then not; `address` gives where an order stands."""

    def head(label: str, by: str, is_number: bool = False) -> dict[str, Any]:
        way = {by: "ascending", f"-{by}": "descending"}.get(sort, "")
        following = {"ascending": f"-{by}", "descending": ""}.get(way, by)
        return {"label": label, "way": way, "url": address(following), "is_number": is_number}

    others = [head(one.label, SORT_OF.get(one, one.value), one == TableColumn.DOUBTS) for one in columns]
    return [head("Code", "code"), head("Action", "title"), *others]


def addresses_in(slug: str) -> Callable[[int, int], str]:
    """What answers the address of an action of a plan: resolved once for all of them."""
    before, between, after = reverse("plans:show_action", args=[slug, 0, 0]).rsplit("0", 2)
    return lambda plan, action: f"{before}{plan}{between}{action}{after}"


@lru_cache(maxsize=1000)
def owner_links(owners: tuple[tuple[str, str], ...]) -> SafeString:
    """To everything that each owner carries, (short, in full); a plan names the same few in most of its rows."""
    link = '<a class="dsg-code" href="?party={}" title="{}">{}</a>'
    return format_html_join(", ", link, ((quote(short), told, short) for short, told in owners))


@lru_cache(maxsize=1000)
def when_shown(when: str, is_late: bool) -> SafeString:
    """When, in one line where it is short and cut where it is long, with a tag where it is past."""
    cut = when if len(when) <= LONGEST_WHEN else f"{when[: LONGEST_WHEN - 1]}…"
    shown = format_html('<span class="dsg-code">{}</span>', cut) if len(when) <= SHORT_WHEN else cut
    return format_html("{} {}", shown, ui.tag("Overdue", "late")) if is_late else format_html("{}", shown)
