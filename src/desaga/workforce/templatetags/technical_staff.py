"""The definition stands beside every headcount: `{% definition_beside version %}` names it, its date, and where it can be read."""

from __future__ import annotations

from typing import Any

from django import template

from ..models import DefinitionVersion

register = template.Library()


@register.inclusion_tag("workforce/definition_beside.html", takes_context=True)
def definition_beside(context: template.Context, version: DefinitionVersion | None) -> dict[str, Any]:
    """Who is counted as technical staff. Without a version: that no definition is in force. `request` must be in the context."""
    return {"request": context["request"], "version": version}
