"""Keys to test with, made as leads make them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from desaga.tenancy.context import within

from .. import operations
from ..states import Scope

ALL = (Scope.ORGANISATIONS, Scope.FRAMEWORKS, Scope.PLANS)


def make_key(organisation: Any, *scopes: str, actor: Any = None, name: str = "Power BI") -> tuple[Any, str]:
    """A key of an organisation with its words; it opens everything unless scopes are named, for ninety days."""
    with within(organisation, user=actor):
        return operations.make_key(
            actor=actor,
            organisation=organisation,
            name=name,
            scopes=scopes or ALL,
            ends_on=timezone.localdate() + timedelta(days=90),
            submission=uuid4(),
        )


class Program:
    """A program that holds a key: `Program(words).get("plans")` asks `/api/v1/plans`."""

    def __init__(self, words: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {words}"} if words else {}

    def get(self, path: str, data: Any = None, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", data, headers={**self.headers, **headers})

    def send(self, method: str, path: str) -> Any:
        return self.client.generic(method, f"/api/v1/{path}", headers=self.headers)
