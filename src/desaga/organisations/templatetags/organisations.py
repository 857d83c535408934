"""The tabs of the pages that share an entry of the navigation."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

TABS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "organisation": (
        ("Units", "list_units", "organisations.see_organisation"),
        ("Roles", "list_roles", "organisations.see_roles"),
        ("Grants", "list_grants", "organisations.see_grants"),
        ("Audit", "list_entries", "organisations.read_audit"),
        ("Settings", "show_settings", "organisations.see_organisation"),
    ),
    "parties": (
        ("Parties", "list_parties", "organisations.see_organisation"),
        ("Glossary", "list_terms", "organisations.see_organisation"),
    ),
    "people": (("People", "list_people", "organisations.see_people"),),
}
FEWEST_TABS = 2


def add_tab(name: str, *, label: str, url_name: str, permission: str, after: str = "") -> None:
    """For slices above: one tab more in a set, such as "people", at its end or after the tab of that URL name.

    `url_name` takes the organisation's slug. Repeats harmlessly.
    """
    tab, tabs = (label, url_name, permission), TABS[name]
    if tab in tabs:
        return
    place = next((at for at, (_, known, _) in enumerate(tabs, 1) if known == after), len(tabs))
    TABS[name] = (*tabs[:place], tab, *tabs[place:])


@register.inclusion_tag("ui/components/subnavigation.html", takes_context=True)
def tabs(context: template.Context, name: str, current: str) -> dict[str, Any]:
    """The tabs of a set that are open to whoever looks; `current` is the URL name of the one they are on."""
    request = context["request"]
    shown = [tab for tab in TABS[name] if request.user.has_perm(tab[2], request.organisation)]
    entries = [
        {
            "label": label,
            "url": reverse(
                url_name if ":" in url_name else f"organisations:{url_name}", args=[request.organisation.slug]
            ),
            "is_current": url_name == current,
            "count": None,
        }
        for label, url_name, _ in shown
    ]
    return {"entries": entries if len(entries) >= FEWEST_TABS else [], "label": name.capitalize()}


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str) -> bool:
    """Whether whoever looks has a permission of this slice here: `{% may "keep_people" as may_keep %}`."""
    request = context["request"]
    return request.user.has_perm(f"organisations.{permission}", request.organisation)


@register.simple_tag(takes_context=True)
def sorted_by(context: template.Context, order: str) -> str:
    """The address of this list in another order, with its filters kept."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = order
    return f"?{query.urlencode()}"
