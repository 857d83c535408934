"""Links that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from ..models import LostLink

#: A server may be out for a night: an address outside is told once it was lost twice.
TIMES_BEFORE_TOLD = 2
MOST_LINKS = 500


def lost_links() -> QuerySet[LostLink]:
    """Those that editors are told of."""
    from ..models import LostLink

    return LostLink.objects.filter(Q(is_outside=False) | Q(times__gte=TIMES_BEFORE_TOLD), state=LostLink.State.LOST)


def links_told() -> dict[str, Any]:
    """What leads nowhere, what nobody could check, and when the worker last looked."""
    from ..models import LinkCheck, LostLink

    return {
        "lost": list(lost_links()[:MOST_LINKS]),
        "unchecked": list(LostLink.objects.filter(state=LostLink.State.UNCHECKED)[:MOST_LINKS]),
        "check": LinkCheck.objects.first(),
    }
