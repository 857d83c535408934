"""In whose name we read and write, told to django-scopes and to PostgreSQL together.

PostgreSQL is told with `SET LOCAL` inside a transaction: a setting of the session would pass to whoever uses the pooled
connection next. Set in two places only: the request's middleware and the job runner (`desaga.tenancy.jobs`); tests,
commands and operations that open a tenant of their own use the same `within`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django_scopes import get_scope, scope
from django_scopes.state import state

ORGANISATION = "app.organisation_id"
PERSON = "app.person_id"
USER = "app.user_id"
PLATFORM = "app.platform"


class NoOrganisation(Exception):
    """Code that needs a current organisation ran without one."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The ids in whose name the database is spoken to; None is nobody.

    `platform` is set by the few operations that make organisations; see docs/adr/0002-tenancy-and-grants.md.
    """

    organisation_id: int | None = None
    person_id: int | None = None
    user_id: int | None = None
    platform: bool = False

    def settings(self) -> dict[str, str]:
        return {
            ORGANISATION: text_of(self.organisation_id),
            PERSON: text_of(self.person_id),
            USER: text_of(self.user_id),
            PLATFORM: "on" if self.platform else "",
        }


NOBODY = Standing()


def text_of(identifier: int | None) -> str:
    return "" if identifier is None else str(int(identifier))


@contextmanager
def standing_as(standing: Standing, **scopes: Any) -> Iterator[None]:
    """One transaction (or savepoint) in which the database knows this standing; the former one returns after it."""
    # At the end of the outermost transaction PostgreSQL forgets by itself.
    former = current_standing() if connection.in_atomic_block else None
    with transaction.atomic():
        tell_database(standing)
        with scope(**scopes):
            yield
        # Where the block is to be undone, undoing it brings the former settings back by itself.
        if former is not None and not connection.needs_rollback:
            tell_database(former)


def tell_database(standing: Standing) -> None:
    """`SET LOCAL`: forgotten at the end of the transaction."""
    settings = standing.settings()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join("set_config(%s, %s, true)" for _ in settings),
            [word for pair in settings.items() for word in pair],
        )


def current_standing() -> Standing:
    """What the database has been told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join("nullif(current_setting(%s, true), '')" for _ in range(4)),
            [ORGANISATION, PERSON, USER, PLATFORM],
        )
        organisation, person, user, platform = cursor.fetchone()
    return Standing(
        organisation_id=number_of(organisation),
        person_id=number_of(person),
        user_id=number_of(user),
        platform=platform == "on",
    )


def number_of(text: str | None) -> int | None:
    return int(text) if text else None


@contextmanager
def within(organisation: Any = None, *, person: Any = None, user: Any = None) -> Iterator[None]:
    """Read and write as an organisation, as a person, or as a person within an organisation.

    Takes saved model instances. Scoped managers answer for the same organisation and person. Nested use replaces the
    outer standing wholly until it ends: nothing of the outer tenant is left to leak in.
    """
    standing = Standing(
        organisation_id=organisation and organisation.pk,
        person_id=person.pk if person else getattr(user, "person_id", None),
        user_id=user and user.pk,
    )
    scopes = {"organisation": organisation} if organisation else {}
    if standing.person_id:
        scopes["person"] = standing.person_id
    with only_scopes(), standing_as(standing, **scopes):
        yield


@contextmanager
def only_scopes() -> Iterator[None]:
    """Forget the outer scopes for a while: an outer organisation must not stay in force inside a person's own scope."""
    token = state.set({})
    try:
        yield
    finally:
        state.reset(token)


@contextmanager
def within_platform(user: Any = None) -> Iterator[None]:
    """As the platform itself: only to make organisations and to say who leads them."""
    former = current_standing() if connection.in_atomic_block else NOBODY
    with standing_as(replace(former, platform=True, user_id=user.pk if user else former.user_id)):
        yield


def current_organisation() -> Any:
    """The organisation in whose name we act. Raises `NoOrganisation` where there is none."""
    organisation = get_scope().get("organisation")
    if organisation is None:
        raise NoOrganisation("Nothing says which organisation this is for.")
    return organisation


def enter(organisation: Any, *, user: Any = None, person: Any = None, elevated: bool = False) -> None:
    """Go on in an organisation's name until the enclosing `within` ends. For the middleware and views of signed links.

    What is done `elevated` is marked so in the audit.
    """
    person_id = person.pk if person else getattr(user, "person_id", None)
    tell_database(Standing(organisation_id=organisation.pk, person_id=person_id, user_id=user and user.pk))
    scopes = {"organisation": organisation, "person": person_id, "elevated": elevated}
    state.set({name: value for name, value in scopes.items() if value})
