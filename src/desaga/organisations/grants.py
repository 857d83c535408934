"""What kinds of things a grant can open: each slice offers its own when it starts."""

from __future__ import annotations

from typing import Any

from django.apps import apps

_offered: dict[str, str] = {}


def offer(kind: str, name: str) -> None:
    """Let grants of a kind be given. `kind` is a model's label ("plans.plan"), `name` its plural as people say it."""
    _offered[kind] = name


def grantable_kinds() -> list[tuple[str, str]]:
    """The kinds that are offered with their names, by name."""
    return sorted(_offered.items(), key=lambda pair: pair[1])


def kind_name(kind: str) -> str:
    """A kind in words: "plans" for plans.plan."""
    return _offered.get(kind, kind)


def model_of(kind: str) -> Any:
    """The model whose rows are of the kind."""
    return apps.get_model(kind)
