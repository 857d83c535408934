"""Where an account of one's own is offered: only on the way to something that anybody may do here. A slice above registers what that is."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.http import url_has_allowed_host_and_scheme

#: Whether a path leads to something for which whoever comes may have an account.
Leads = Callable[[str], bool]

_ways: list[Leads] = []


def register(leads: Leads) -> None:
    """Ask this function too. Repeats harmlessly."""
    if leads not in _ways:
        _ways.append(leads)


def is_way_in(path: str) -> bool:
    """A path of ours, and one on the way to which accounts are offered."""
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return is_ours and any(leads(path) for leads in _ways)
