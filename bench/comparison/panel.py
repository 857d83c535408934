"""Two rounds of a panel, one with 200 applications and one with 5,000, each read and scored by three. Run as a program it fills a database.

`python -m bench.comparison.panel` migrates, makes them, counts the queries of each overview, and prints what the bench needs as JSON.
"""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

FEW, MANY, READERS, EACH = 200, 5_000, 12, 3


def fill() -> dict[str, Any]:
    """Make everything; answers addresses, cookie and numbers of queries."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from desaga.config import database
    from desaga.organisations.states import Role
    from desaga.organisations.tests.factories import member_of, peopled_organisation
    from desaga.placements.tests.factories import make_round, make_scheme
    from desaga.placements.tests.panels import make_member
    from desaga.plans.tests.factories import PlanFactory, many_actions

    call_command("migrate", verbosity=0)
    organisation = peopled_organisation("Northmoor Forum", "northmoor")
    manager = member_of(organisation, Role.SCHEME_MANAGER)
    plan = PlanFactory(organisation=organisation)
    many_actions(plan, 100)
    scheme = make_scheme(organisation, actor=manager)
    members = [
        make_member(scheme, actor=manager, name=f"Reader {number}", works_for=f"Institute {number}")[1]
        for number in range(READERS)
    ]
    few = scheme_rounds(scheme)[0]
    many = make_round(scheme, actor=manager, meets_in=120)
    receive_many(few, members, FEW)
    receive_many(many, members, MANY)
    # What the database does by itself within a minute of so many new rows. Only the owner may.
    with database.as_owner(connection), connection.cursor() as cursor:
        cursor.execute("ANALYSE")
    client = Client()
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    [(name, morsel)] = client.cookies.items()
    paths = {
        key: f"/o/{organisation.slug}/schemes/{scheme.slug}/panel/rounds/{one.pk}/"
        for key, one in (("few", few), ("many", many))
    }
    return {
        "slug": organisation.slug,
        "plan": plan.pk,
        "cookie": f"{name}={morsel.value}",
        "paths": paths,
        "queries": {key: queries_of(client, path) for key, path in paths.items()},
    }


def scheme_rounds(scheme: Any) -> list[Any]:
    from desaga.placements.models import Round
    from desaga.tenancy.context import within

    with within(scheme.organisation):
        return list(Round.objects.filter(scheme=scheme))


def receive_many(round_: Any, members: list[Any], number: int) -> None:
    """Straight in the tables: eligible, three readers each, scored; every tenth has a conflict noted, every fiftieth waits for a score."""
    from django.utils import timezone

    from desaga.placements.models import Application, Assignment, Interest
    from desaga.placements.queries.schemes import version_in_force
    from desaga.tenancy.context import within

    organisation, now = round_.organisation, timezone.now()
    with within(organisation):
        version = version_in_force(round_.scheme)
        made = Application.objects.bulk_create(
            Application(
                organisation=organisation, scheme=round_.scheme, version=version, round=round_, email=f"a{n}@bench.example", reference=f"B{round_.pk}-{n:05}",
                state="eligible", title=f"Learning to run instrument {n} at another facility", name=f"Applicant {n}", employer=f"University {n % 40}",
                host=f"Institute {n % 25}", asked=Decimal(300 + n % 4000), received_at=now - timedelta(minutes=n),
            )
            for n in range(number)
        )  # fmt: skip
        Assignment.objects.bulk_create(
            Assignment(
                organisation=organisation, application=one, member=members[(n + 4 * k) % READERS], sheet=0 if n % 50 == 0 else 1,
                mark=None if n % 50 == 0 else Decimal((n * 7 + k * 13) % 101), sent_at=None if n % 50 == 0 else now,
            )
            for n, one in enumerate(made)
            for k in range(EACH)
        )  # fmt: skip
        Interest.objects.bulk_create(
            Interest(
                organisation=organisation, application=one, person=members[(n + 1) % READERS].person, kind="employer", source="record", words="Both work there."
            )
            for n, one in enumerate(made)
            if n % 10 == 0
        )  # fmt: skip


def queries_of(client: Any, path: str) -> int:
    """How many queries a second look takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


if __name__ == "__main__":
    import django

    from desaga.config import database

    database.prepare()
    django.setup()
    print(json.dumps(fill()))
