"""The pages of figures with 1, 2, 10 and 50 snapshots of 10,000 people: they read released tables alone, of twelve periods at most, and so must not
grow with them beyond that. What the lines over time cost until then is in docs/adr/0033.

Run with `.venv/bin/python bench/workforce_pages.py`. It fills a database of its own, seeded, with rows of snapshots straight in the
tables and a release of each, then asks for pages in the same process, signed in as the lead, as a unit lead, and as nobody, and prints the time within which
95 of 100 were answered (and the processor's time, which others on the machine disturb less). Loading takes a quarter of an hour, in which the machine may become slower or
quicker by itself: each page is asked for in turn with one that reads no figures, and what is compared is how many times the time of that one it takes, in the middle of the pairs, beside the
same with one snapshot, with two and with ten. (By the slowest of both, which are the machine's, a page that took 30.9 and 30.7 ms of the processor came to 1.31.) The extracts cover all
staff, half of them technical, with what they said of themselves; most stay from one to the next. Ends with status 1 where a ratio is over its limit.
BENCH_PEOPLE makes it smaller.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
SNAPSHOTS = (1, 2, 10, 50)
ASKED = 120
#: Reads no figures: what it takes is the machine's doing.
YARDSTICK = "/account/login/"
#: From two on a page has its lines over time, and must cost the same.
LIMIT = 1.2
#: With one there are no lines: the second adds all of them to the page, once, and that may cost half of what the page did. More is growth.
LIMIT_FROM_ONE = 1.5
#: With ten, the lines are as long as they get, but for two periods: what comes after is growth.
LIMITS = {1: LIMIT_FROM_ONE, 2: LIMIT, 10: LIMIT}
#: So many leave and come from one snapshot to the next, of those whom HR marks as technical and of the others.
COME_AND_GO = 40
#: Codes as HESA has them.
SEXES, ETHNICITIES, DISABILITIES = ("10", "11", "11"), ("160", "160", "160", "100", "120"), ("95", "51")
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
    """A snapshot of so many people, a month before the former: all staff, every other marked as technical, with equality data."""
    from uuid import NAMESPACE_DNS, uuid4, uuid5

    from desaga.organisations.models import Unit
    from desaga.tenancy.context import within
    from desaga.workforce.models import ContractRow, EqualityRow, Extract, PersonRow, Snapshot
    from desaga.workforce.packing import about, packed
    from desaga.workforce.sealing import seal_of
    from desaga.workforce.states import Purpose

    on = date(2026, 7, 31) - timedelta(days=30 * number)
    with within(organisation, user=lead):
        units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
        extract = Extract.objects.create(
            organisation=organisation,
            name="bench.csv",
            size=1,
            coverage="all",
            as_at=on,
            year=on.year,
            submission=uuid4(),
            state="committed",
        )
        snapshot = Snapshot.objects.create(
            organisation=organisation, extract=extract, as_at=on, year=on.year, coverage="all", taken_at="2026-08-01T00:00Z", people=PEOPLE, has_equality=True,
            contracts=PEOPLE, mapping={name: name for name in ("unit", "birth_date", "grade", "fte", "marker", "sex", "ethnicity", "disability")},
            counts={"present": PEOPLE},
        )  # fmt: skip
        rows = [
            PersonRow(
                organisation=organisation,
                snapshot=snapshot,
                key=uuid5(NAMESPACE_DNS, f"{n + number * COME_AND_GO}"),
                number_key=uuid4(),
                age=20 + n % 48,
                sealed=b"",
            )
            for n in range(PEOPLE)
        ]
        seal = seal_of(organisation, Purpose.EQUALITY)
        people = PersonRow.objects.bulk_create(rows, batch_size=5_000)
        ContractRow.objects.bulk_create(
            [
                ContractRow(organisation=organisation, snapshot=snapshot, person=one, key=uuid4(), unit_id=units[n % len(units)], grade=f"G{n % 9}", fte=1, fpe=1, marker="yes" if n % 2 else "no")
                for n, one in enumerate(people)
            ],
            batch_size=5_000,
        )  # fmt: skip
        said = [packed((SEXES[n % 3], ETHNICITIES[n % 5], DISABILITIES[n % 7 == 0])) for n in range(PEOPLE)]
        sealed = [seal.seal(plain, about(one.key.hex)) for plain, one in zip(said, people, strict=True)]
        EqualityRow.objects.bulk_create(
            [
                EqualityRow(organisation=organisation, snapshot=snapshot, person=one, sealed=words)
                for one, words in zip(people, sealed, strict=True)
            ],
            batch_size=5_000,
        )
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


def p95(client: Any, path: str, stranger: Any) -> tuple[float, float, float]:
    """The time of the slowest but five of 100, how many times that of the yardstick is usual, and the processor's usual time; times in milliseconds.

    The first answers, which draw, are left out.
    """
    times, spent, beside = [], [], []
    for n in range(ASKED + 5):
        took, used = answered(client, path)
        other, _ = answered(stranger, YARDSTICK)
        if n >= 5:
            times.append(took)
            spent.append(used)
            beside.append(other)
    usual = statistics.median(ours / theirs for ours, theirs in zip(times, beside, strict=True))
    return nearly_slowest(times), usual, statistics.median(spent)


def answered(client: Any, path: str) -> tuple[float, float]:
    """How long an answer took, by the clock and of the processor, in milliseconds."""
    began, at = time.perf_counter(), time.process_time()
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return (time.perf_counter() - began) * 1000, (time.process_time() - at) * 1000


def nearly_slowest(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


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
    from django.test import Client

    took: dict[tuple[Any, int], float] = {}
    status = made = 0
    judged = " | ".join(f"ratio to {base} (limit {limit})" for base, limit in LIMITS.items())
    print(
        f"| page | asked by | snapshots of {PEOPLE:,} people | p95, ms | times the yardstick | {judged} | of it the processor, usually |"
    )
    print(f"| {' | '.join(['---'] * (6 + len(LIMITS)))} |")
    for wanted in SNAPSHOTS:
        while made < wanted:
            release(organisation, lead, add_snapshot(organisation, lead, made))
            made += 1
        if wanted == 1:
            show_to_public(organisation, lead)
        for page in PAGES:
            path, who = page
            slow, took[page, wanted], spent = p95(clients[who], path, Client())
            ratios = {base: took[page, wanted] / took[page, base] for base in LIMITS if base < wanted}
            told = " | ".join(f"{ratios[base]:.2f}" if base in ratios else "" for base in LIMITS)
            print(
                f"| {path} | {who} | {wanted} | {slow:.1f} | {took[page, wanted]:.2f} | {told} | {spent:.1f} |",
                flush=True,
            )
            status |= is_over(ratios)
    return int(status)


def is_over(ratios: dict[int, float]) -> bool:
    """Whether a page costs more than it may beside what it cost with fewer snapshots."""
    return any(ratio > LIMITS[base] for base, ratio in ratios.items())


if __name__ == "__main__":
    sys.exit(main())
