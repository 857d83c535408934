"""What every page template may count on having."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import navigation as places


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`masthead` (or None), `navigation`, `account_navigation` and `footer_navigation` (lists of shown entries), `banners`.

    Each is worked out when a template first asks: a fragment that htmx swaps pays for none.
    """
    return {
        "masthead": SimpleLazyObject(lambda: places.masthead_for(request)),
        "navigation": SimpleLazyObject(lambda: places.entries_for(request)),
        "account_navigation": SimpleLazyObject(lambda: places.account_entries_for(request)),
        "footer_navigation": SimpleLazyObject(lambda: places.footer_entries_for(request)),
        "banners": SimpleLazyObject(lambda: places.banners_for(request)),
    }
