"""The pages of figures with 1, 2, 10 and 50 snapshots of 10,000 people: they read released tables alone, and so must not grow with them.

Run with `.venv/bin/python bench/workforce_pages.py`. It fills a database of its own, seeded, with rows of snapshots straight in the
tables and a release of each, then asks for pages in the same process, signed in as the lead, as a unit lead, and as nobody, and prints the time within which
95 of 100 were answered (and the processor's time, which others on the machine disturb less), and its ratio to that with two snapshots: from two on a page
has its lines over time, with one there are none. Ends with status 1 where a ratio is over its limit. BENCH_PEOPLE makes it smaller.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
SNAPSHOTS = (1, 2, 10, 50)
BASE = 2
ASKED = 60
LIMIT = 1.2
SLUG = "benchford"
INSIDE, PUBLIC = f"/o/{SLUG}/workforce/", f"/figures/{SLUG}/"
#: What is asked for, and by whom.
PAGES = (
    (f"{INSIDE}figures/", "lead"),
    (f"{INSIDE}figures/headcount/", "lead"),
    (f"{INSIDE}figures/", "unit-lead"),
    (PUBLIC, "nobody"),
)


def prepare(folder: str) -> None:
    """A database of its own, migrated."""
    os.environ |= {
        "DESAGA_VAR": folder,
        "DESAGA_ENVIRONMENT": "development",
        "DJANGO_SETTINGS_MODULE": "desaga.config.settings",
    }
    sys.path.insert(0, str(ROOT / "src"))
    from desaga.cli import main as desaga

    assert desaga(["db", "prepare"]) == 0
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def furnish() -> tuple[Any, dict[str, Any]]:
    """An organisation with its lead, who is the HR data steward too, and a unit lead."""
    from desaga.accounts.models import User
    from desaga.home.demo.load import load_people, load_units
    from desaga.home.demo.world import email_of
    from desaga.organisations.operations.organisation import make_organisation
    from desaga.tenancy.context import within

    platform = User.objects.create(email="platform@bench.example", is_platform_administrator=True)
    organisation = make_organisation(
        actor=platform, name="University of Benchford", slug=SLUG, kind="institution", has_workspace=True
    )
    units = [{"code": f"U{n}", "kind": "faculty", "name": f"Faculty {n}"} for n in range(8)]
    people = [
        {"name": "Bea Field", "login": "lead", "title": "Lead", "roles": ["lead", "hr_data_steward"]},
        {"name": "Cy Grove", "login": "unit-lead", "title": "Head", "roles": ["unit_lead"], "unit": "U1"},
    ]
    with within(organisation, user=platform):
        load_people(platform, organisation, people, load_units(platform, organisation, units))
    return organisation, {one["login"]: User.objects.get(email=email_of(SLUG, one["login"])) for one in people}


def add_snapshot(organisation: Any, lead: Any, number: int) -> Any:
    """A snapshot of so many people, a month before the former, and its release."""
    from uuid import uuid4

    from desaga.organisations.models import Unit
    from desaga.tenancy.context import within
    from desaga.workforce.models import ContractRow, Extract, PersonRow, Snapshot

    on = date(2026, 7, 31) - timedelta(days=30 * number)
    with within(organisation, user=lead):
        units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
        extract = Extract.objects.create(
            organisation=organisation,
            name="bench.csv",
            size=1,
            coverage="technical",
            as_at=on,
            year=on.year,
            submission=uuid4(),
            state="committed",
        )
        snapshot = Snapshot.objects.create(
            organisation=organisation, extract=extract, as_at=on, year=on.year, coverage="technical", taken_at="2026-08-01T00:00Z", people=PEOPLE,
            contracts=PEOPLE, mapping={"unit": "Unit", "birth_date": "Born", "grade": "Grade", "fte": "FTE"}, counts={"present": PEOPLE},
        )  # fmt: skip
        rows = [
            PersonRow(
                organisation=organisation,
                snapshot=snapshot,
                key=uuid4(),
                number_key=uuid4(),
                age=20 + n % 48,
                sealed=b"",
            )
            for n in range(PEOPLE)
        ]
        people = PersonRow.objects.bulk_create(rows, batch_size=5_000)
        ContractRow.objects.bulk_create(
            [
                ContractRow(organisation=organisation, snapshot=snapshot, person=one, key=uuid4(), unit_id=units[n % len(units)], grade=f"G{n % 9}", fte=1, fpe=1)
                for n, one in enumerate(people)
            ],
            batch_size=5_000,
        )  # fmt: skip
    return snapshot


def release(organisation: Any, lead: Any, snapshot: Any) -> None:
    from desaga.tenancy.context import within
    from desaga.workforce.models import Release
    from desaga.workforce.operations import counting, releases

    with within(organisation, user=lead):
        told = {"snapshot": snapshot, "name": f"{snapshot.as_at:%B %Y}", "in_background": False}
        made = releases.prepare(actor=lead, organisation=organisation, **told)
    counting.take_turn(organisation=organisation, actor=lead, release_id=made.pk)
    with within(organisation, user=lead):
        releases.release(actor=lead, release=Release.objects.get(pk=made.pk))


def show_to_public(organisation: Any, lead: Any) -> None:
    from desaga.tenancy.context import within
    from desaga.workforce.operations import releases

    with within(organisation, user=lead):
        releases.show_to_public(actor=lead, organisation=organisation)


def p95(client: Any, path: str) -> tuple[float, float]:
    """The time of the slowest but five of 100, and the processor's usual time, in milliseconds; the first answers, which draw, are left out."""
    times, spent = [], []
    for n in range(ASKED + 5):
        began, at = time.perf_counter(), time.process_time()
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        if n >= 5:
            times.append(time.perf_counter() - began)
            spent.append(time.process_time() - at)
    return sorted(times)[int(len(times) * 0.95)] * 1000, sorted(spent)[len(spent) // 2] * 1000


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from django.conf import settings
        from django.test import Client

        from desaga.cli import main as desaga

        try:
            settings.ALLOWED_HOSTS = ["testserver"]
            organisation, users = furnish()
            clients = {"nobody": Client(), **{who: Client() for who in users}}
            for who, user in users.items():
                clients[who].force_login(user)
            return measured(organisation, users["lead"], clients)
        finally:
            desaga(["db", "stop"])


def measured(organisation: Any, lead: Any, clients: dict[str, Any]) -> int:
    base: dict[tuple[str, str], float] = {}
    status = made = 0
    print(
        f"| page | asked by | snapshots of {PEOPLE:,} people | p95, ms | ratio to 2 | limit | of it the processor, usually |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    for wanted in SNAPSHOTS:
        while made < wanted:
            release(organisation, lead, add_snapshot(organisation, lead, made))
            made += 1
        if wanted == 1:
            show_to_public(organisation, lead)
        for page in PAGES:
            path, who = page
            took, spent = p95(clients[who], path)
            base[page] = took if wanted <= BASE else base[page]
            ratio = took / base[page]
            print(f"| {path} | {who} | {wanted} | {took:.1f} | {ratio:.2f} | {LIMIT} | {spent:.1f} |", flush=True)
            status |= ratio > LIMIT
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
