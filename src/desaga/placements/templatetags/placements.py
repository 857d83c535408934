"""What the pages of schemes and applications say in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from ..wording import money

register = template.Library()


@register.filter
def pounds(amount: Decimal) -> str:
    """£1,020 or £1,020.50."""
    return money(amount)


@register.filter
def item(told: Mapping[str, Any], key: str) -> Any:
    """What stands under a key that is known only when the page is made."""
    return told[key]
