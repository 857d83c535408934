"""What the templates of this slice ask for."""

from __future__ import annotations

from decimal import Decimal

from django import template

from .. import money

register = template.Library()


@register.filter
def pounds(amount: Decimal) -> str:
    """An amount as people read it: "£1,250.00"."""
    return money.pounds(amount)


@register.simple_tag(takes_context=True)
def may_here(context: template.Context, permission: str) -> bool:
    """Whether whoever looks has a permission of this slice here: `{% may_here "keep_budget" as may_keep %}`."""
    request = context["request"]
    return bool(request.user.has_perm(f"governance.{permission}", request.organisation))
