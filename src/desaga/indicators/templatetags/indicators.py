"""How a reading is written."""

from __future__ import annotations

from django import template

from ..models import Reading
from ..states import said

register = template.Library()


@register.filter
def stands(reading: Reading, unit: str) -> str:
    """Its value with its unit; what is hidden says so."""
    return said(reading.value, unit, reading.kind)
