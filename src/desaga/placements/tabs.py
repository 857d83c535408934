"""The tabs of a scheme's pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

#: Label, URL name (it takes the organisation's and the scheme's slug), permission. Each part of the slice adds its own.
TABS: list[tuple[str, str, str]] = [
    ("Scheme", "placements:show_scheme", "placements.see_schemes"),
    ("Applications", "placements:list_applications", "placements.run_schemes"),
    ("Who is asked", "placements:list_approvals", "placements.run_schemes"),
    ("Panel", "placements:list_members", "placements.run_schemes"),
    ("Reading", "placements:list_reading", "placements.sit_on_panels"),
    ("Awards", "placements:list_awards", "placements.run_schemes"),
    ("Claims", "placements:list_claims", "placements.keep_money"),
    ("For the public", "placements:list_fund_reports", "placements.run_schemes"),
    ("What it is", "placements:show_definition", "placements.see_schemes"),
]


def tabs_of(user: Any, scheme: Any, current: str) -> list[dict[str, Any]]:
    """Those that are open to whoever looks."""
    slugs = [scheme.organisation.slug, scheme.slug]
    return [
        {"label": label, "url": reverse(name, args=slugs), "is_current": name == current, "count": None}
        for label, name, permission in TABS
        if user.has_perm(permission, scheme.organisation)
    ]
