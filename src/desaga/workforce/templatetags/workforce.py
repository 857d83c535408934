"""What the templates of this slice ask for."""

from __future__ import annotations

from math import ceil

from django import template

from ..counting import exact, exact_fte

register = template.Library()
register.filter("exact", exact)
register.filter("exact_fte", exact_fte)


@register.filter
def per_cent(share: float) -> str:
    """A share between 0 and 1 in whole per cent, upward: of what was lost, never of people."""
    # not a count of people: how near a choice is to the best
    return f"{ceil(share * 100)} per cent"
