"""What the templates of this slice ask for."""

from __future__ import annotations

from django import template

from ..counting import exact

register = template.Library()
register.filter("exact", exact)
