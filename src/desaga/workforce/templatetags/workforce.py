"""What the templates of this slice ask for."""

from __future__ import annotations

from django import template

from ..counting import exact, exact_fte

register = template.Library()
register.filter("exact", exact)
register.filter("exact_fte", exact_fte)
