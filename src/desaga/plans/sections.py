"""What slices above show of an action on its page: each tells `plans` a template and what fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import Action


@dataclass(frozen=True)
class Section:
    """A template, which is included with `section` as this; `shown` is what it needs."""

    template: str
    shown: Mapping[str, Any]


#: Answers what one slice has to show of an action, or None.
Provider = Callable[[Action], Section | None]

PROVIDERS: list[Provider] = []


def add_section(provider: Provider) -> None:
    """For slices above: one section more on every action's page. Repeats harmlessly."""
    if provider not in PROVIDERS:
        PROVIDERS.append(provider)


def sections_of(action: Action) -> list[Section]:
    """What slices above have to show of an action, in the order in which they told so."""
    return [section for provider in PROVIDERS if (section := provider(action)) is not None]
