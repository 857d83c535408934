"""The rows of a plan's table as the page shows them: worked out once a row, so that the template only writes them down.

A table of a hundred rows is what people open most; `bench/workspace.py` measures it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

SHORT_WHEN, LONGEST_WHEN = 24, 60


@dataclass(slots=True)
class Row:
    """An action as the table shows it."""

    action: Action
    code: str
    url: str
    title: str
    owners: SafeString
    when: SafeString
    status: str
    rag: str
    doubts: str


def rows_of(actions: Sequence[Action], organisation: Any, today: date) -> list[Row]:
    """The rows of actions of an organisation's plan, as `queries.actions_listed` gives them."""
    address, owners = addresses_in(organisation.slug), queries.owners_listed(actions)

    def row(action: Any) -> Row:
        is_overdue = bool(action.last_day and action.last_day < today and not action.is_settled)
        return Row(
            action=action,
            code=action.code,
            url=address(action.plan_id, action.pk),
            title=action.short_title,
            owners=owner_links(tuple(owners.get(action.pk, ()))),
            when=when_shown(action.when, is_overdue),
            status=ui.status(action.status_member),
            rag=ui.rag(action.rag, short=True) if action.rag else "",
            doubts=str(action.open_doubts or ""),
        )

    return [row(action) for action in actions]


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
def when_shown(when: str, is_overdue: bool) -> SafeString:
    """When, in one line where it is short and cut where it is long, with a tag where it is past."""
    cut = when if len(when) <= LONGEST_WHEN else f"{when[: LONGEST_WHEN - 1]}…"
    shown = format_html('<span class="dsg-code">{}</span>', cut) if len(when) <= SHORT_WHEN else cut
    return format_html("{} {}", shown, ui.tag("Overdue", "late")) if is_overdue else format_html("{}", shown)
