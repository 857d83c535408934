"""What the pages of one's account share."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

TABS: list[tuple[str, str, str]] = [
    ("details", "Your details", "accounts:show_account"),
    ("email", "E-mail", "account_email"),
    ("password", "Password", "account_change_password"),
    ("two-step", "Passkeys and two-step sign-in", "mfa_index"),
    ("sessions", "Where you are signed in", "usersessions_list"),
]


def add_account_tab(key: str, label: str, url_name: str) -> None:
    """For slices above: one page more about one's account, at the end. Repeats harmlessly."""
    if (key, label, url_name) not in TABS:
        TABS.append((key, label, url_name))


@register.inclusion_tag("ui/components/subnavigation.html")
def account_tabs(current: str) -> dict[str, Any]:
    """The pages of one's account as tabs; `current` is the one that is shown."""
    entries = [
        {"label": label, "url": reverse(name), "is_current": key == current, "count": None} for key, label, name in TABS
    ]
    return {"entries": entries, "label": "Your account"}


# In this order: most browsers also name those that they descend from.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """What a browser calls itself, in words: "Firefox on Windows"; its own words where we do not know it."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if browser and system else browser or system or user_agent[:60] or "Not known"


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that a script reads; the template escapes it as any other text."""
    return json.dumps(value)


# How one shows again that it is oneself, by allauth's names.
WAYS = {
    "reauthenticate": "Use your password instead",
    "mfa_reauthenticate": "Use a code instead",
    "mfa_reauthenticate:webauthn": "Use a passkey instead",
    "institution": "Sign in at your institution instead",
}


@register.filter
def way_in_words(method: dict[str, Any]) -> str:
    """What a link to another way of proving oneself says."""
    return WAYS[method["id"]]
