"""Pages of slices above that belong to a plan: each is a tab beside the plan's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """`url_name` takes the organisation's slug and `plan_pk`; `permission` is asked about the plan."""

    label: str
    url_name: str
    permission: str


TABS: list[Tab] = []

#: The same beside the list of plans: `url_name` takes the organisation's slug, `permission` is asked about the organisation.
LIST_LINKS: list[Tab] = []


def add_tab(*, label: str, url_name: str, permission: str) -> None:
    """For slices above: one tab more on every plan. Repeats harmlessly."""
    tab = Tab(label, url_name, permission)
    if tab not in TABS:
        TABS.append(tab)


def add_list_link(*, label: str, url_name: str, permission: str) -> None:
    """For slices above: one link more above the list of plans. Repeats harmlessly."""
    link = Tab(label, url_name, permission)
    if link not in LIST_LINKS:
        LIST_LINKS.append(link)
