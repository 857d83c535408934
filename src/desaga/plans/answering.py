"""What units answer, in words and cells for the screen: no queries, no requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from desaga.ui.templatetags import ui

from .queries.units import AnsweredAction


def sentence_of(asked: int, answered: int, unit: str = "") -> str:
    """How many of the institution's actions are answered, by any unit or by this one."""
    if not asked:
        return "The plan has no actions yet that units could answer."
    who = unit or "at least one unit"
    return f"{answered} of {asked} actions {'is' if answered == 1 else 'are'} answered by {who}."


def cells_of(
    row: AnsweredAction, plans: Mapping[int, str], address: Callable[[int, int], str]
) -> list[tuple[str, SafeString]]:
    """For each plan, by the name of its unit, what of it answers the action: links with their status; empty where nothing does."""
    return [(name, _cell(row, plan, address)) for plan, name in plans.items()]


def _cell(row: AnsweredAction, plan: int, address: Callable[[int, int], str]) -> SafeString:
    links = (
        (address(plan, one.pk), one.short_title, one.code or one.short_title[:40], ui.status(one.status_member))
        for one in row.by_plan.get(plan, ())
    )
    return format_html_join("", '<div><a href="{}" title="{}">{}</a> {}</div>', links)
