"""The demo's world as `world.toml` tells it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from desaga.organisations.states import Role

HERE = Path(__file__).resolve().parent


@cache
def world() -> dict[str, Any]:
    """Everything in `world.toml`: password, organisations with their units, people and groups, documents."""
    return tomllib.loads((HERE / "world.toml").read_text(encoding="utf-8"))


def email_of(slug: str, login: str) -> str:
    """Where a person of the demo signs in with: what they are, at their organisation."""
    return f"{login}@{slug}.example"


def sign_ins() -> list[tuple[str, str, str]]:
    """(what they are and where, e-mail, password) of everybody who can sign in."""
    found = []
    for organisation in world()["organisations"]:
        for person in organisation["people"]:
            roles = ", ".join(Role(role).label for role in person["roles"])
            found.append((f"{roles}, {organisation['short_name']}", email_of(organisation["slug"], person["login"])))
    found.append(("Platform administrator", world()["platform_administrator"]["email"]))
    return [(what, email, world()["password"]) for what, email in found]
