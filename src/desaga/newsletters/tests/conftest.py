from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from desaga.notifications.tests.conftest import beside, committed, told

from .. import offering
from .factories import Shelf, a_piece

__all__ = ["beside", "committed", "told"]


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """How often somebody asked is kept in the cache."""
    cache.clear()


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The only thing that offers pieces."""
    one = Shelf()
    one.put(a_piece(1), a_piece(2), a_piece(3))
    monkeypatch.setattr(offering, "OFFERERS", [one])
    return one


@pytest.fixture
def lead(member: Any) -> Any:
    from desaga.organisations.states import Role

    return member(Role.LEAD)
