"""A world with two tenants, made once for all walks through it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Two tenants and all kinds of users; undone when the module is done."""
    from django.db import transaction

    from desaga.organisations.tests.factories import make_world

    from .things import furnish

    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        furnish(world.here, world.users["lead"])
        furnish(world.there, world.stranger)
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def things(world: Any) -> dict[Any, dict[str, Any]]:
    """What there is in each of the two, by its name in `answers`; read once: to look changes nothing."""
    from .things import things_of

    return {organisation: things_of(organisation) for organisation in (world.here, world.there)}


@pytest.fixture(scope="module")
def clients(world: Any) -> dict[str, Any]:
    """A signed-in browser for each kind of visitor."""
    from django.test import Client

    from .answers import ANONYMOUS, NOBODY, STRANGER

    clients = {ANONYMOUS: Client()}
    for name, user in {STRANGER: world.stranger, NOBODY: world.nobody, **world.users}.items():
        clients[name] = Client()
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients
