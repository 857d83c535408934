"""Pages of slices above that belong to a plan: each is a tab beside the plan's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """`url_name` takes the organisation's slug and `plan_pk`; `permission` is asked about the plan. `after` is the URL name of the tab before it."""

    label: str
    url_name: str
    permission: str
    after: str = ""


TABS: list[Tab] = []

#: The same beside the list of plans: `url_name` takes the organisation's slug, `permission` is asked about the organisation.
LIST_LINKS: list[Tab] = []


def add_tab(*, label: str, url_name: str, permission: str, after: str = "") -> None:
    """For slices above: one tab more on every plan, behind the one named. Repeats harmlessly."""
    tab = Tab(label, url_name, permission, after)
    if tab not in TABS:
        TABS.append(tab)


def in_order(names: Sequence[str], tabs: Iterable[Tab]) -> list[str]:
    """The URL names of the plan's own tabs with the others put in behind those that they name; else at the end."""
    told = list(names)
    for tab in tabs:
        told.insert(told.index(tab.after) + 1 if tab.after in told else len(told), tab.url_name)
    return told


def add_list_link(*, label: str, url_name: str, permission: str) -> None:
    """For slices above: one link more above the list of plans. Repeats harmlessly."""
    link = Tab(label, url_name, permission)
    if link not in LIST_LINKS:
        LIST_LINKS.append(link)
