"""The pages of figures with 1, 10 and 50 snapshots of 10,000 people: they read released tables alone, draw their lines over time once, and must not
grow with snapshots.

Run with `.venv/bin/python bench/workforce_pages.py`. It fills a database of its own, seeded, with three institutions, which have one, ten and fifty
snapshots, rows straight in the tables and a release of each; then it asks for their pages in the same process, signed in as the lead, as a unit lead, and as nobody,
and prints the time within which 95 of 100 were answered, and the processor's usual time. The three are asked in turn, again and again, so that whatever
else the machine does meets all alike, and their times stand beside each other. (Asked one after the other as they were loaded, a page that took the same of the
processor came to 1.3, for a machine becomes slower in a quarter of an hour.) What stands in the database besides may cost something too: the institution with one snapshot is therefore asked
first when it is there alone, beside a page that reads no figures, and again at the end, beside that one. The extracts cover all staff, half of them technical, with what they said of themselves;
most stay from one to the next. Ends with status 1 where a ratio is over its limit. BENCH_PEOPLE makes it smaller.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
#: How many snapshots the institutions have.
SNAPSHOTS = (1, 10, 50)
ASKED = 200
#: Reads no figures: what it takes is the machine's doing.
YARDSTICK = "/account/login/"
#: A page may not take more than so many times what it takes with fewer snapshots: what is over 1 is noise.
LIMIT = 1.2
#: So many leave and come from one snapshot to the next, of those whom HR marks as technical and of the others.
COME_AND_GO = 40
#: Codes as HESA has them.
SEXES, ETHNICITIES, DISABILITIES = ("10", "11", "11"), ("160", "160", "160", "100", "120"), ("95", "51")
#: What is asked for, and by whom.
PAGES = (
    ("/o/{}/workforce/figures/", "lead"),
    ("/o/{}/workforce/figures/headcount/", "lead"),
    ("/o/{}/workforce/figures/", "unit-lead"),
    ("/figures/{}/", "nobody"),
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


def furnish(platform: Any, slug: str) -> tuple[Any, dict[str, Any]]:
    """An organisation with its lead, who is the HR data steward too, and a unit lead."""
    from desaga.accounts.models import User
    from desaga.home.demo.load import load_people, load_units
    from desaga.home.demo.world import email_of
    from desaga.organisations.operations.organisation import make_organisation
    from desaga.tenancy.context import within

    organisation = make_organisation(
        actor=platform, name=f"University of {slug.title()}", slug=slug, kind="institution", has_workspace=True
    )
    units = [{"code": f"U{n}", "kind": "faculty", "name": f"Faculty {n}"} for n in range(8)]
    people = [
        {"name": "Bea Field", "login": "lead", "title": "Lead", "roles": ["lead", "hr_data_steward"]},
        {"name": "Cy Grove", "login": "unit-lead", "title": "Head", "roles": ["unit_lead"], "unit": "U1"},
    ]
    with within(organisation, user=platform):
        load_people(platform, organisation, people, load_units(platform, organisation, units))
    return organisation, {one["login"]: User.objects.get(email=email_of(slug, one["login"])) for one in people}


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


@dataclass
class House:
    """An institution with so many snapshots, and who asks for its pages."""

    snapshots: int
    organisation: Any
    lead: Any
    clients: dict[str, Any]

    @classmethod
    def of(cls, platform: Any, snapshots: int) -> House:
        from django.test import Client

        organisation, users = furnish(platform, f"bench{snapshots}")
        clients = {"nobody": Client(), **{who: Client() for who in users}}
        for who, user in users.items():
            clients[who].force_login(user)
        return cls(snapshots, organisation, users["lead"], clients)

    def fill(self) -> None:
        for number in range(self.snapshots):
            release(self.organisation, self.lead, add_snapshot(self.organisation, self.lead, number))
        show_to_public(self.organisation, self.lead)

    def answered(self, page: tuple[str, str]) -> tuple[float, float]:
        path, who = page
        return answered(self.clients[who], path.format(self.organisation.slug))


def answered(client: Any, path: str) -> tuple[float, float]:
    """How long an answer took, by the clock and of the processor, in milliseconds."""
    began, at = time.perf_counter(), time.process_time()
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return (time.perf_counter() - began) * 1000, (time.process_time() - at) * 1000


def nearly_slowest(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def in_turn(houses: list[House], page: tuple[str, str]) -> dict[int, tuple[float, float]]:
    """The p95 and the processor's usual time of a page of each, asked in turn; the first answers, which draw, are left out."""
    told: dict[int, list[tuple[float, float]]] = {house.snapshots: [] for house in houses}
    for n in range(ASKED + 5):
        # Each is the first as often as the others: whoever comes after a short answer finds more of the machine's memory warm.
        for house in (*houses[n % len(houses) :], *houses[: n % len(houses)]):
            told[house.snapshots].append(house.answered(page))
    return {
        snapshots: (nearly_slowest([took for took, _ in times[5:]]), statistics.median(used for _, used in times[5:]))
        for snapshots, times in told.items()
    }


def beside_yardstick(house: House, page: tuple[str, str]) -> float:
    """How many times a page takes what a page without figures does, usually."""
    from django.test import Client

    stranger = Client()
    times = [(house.answered(page)[0], answered(stranger, YARDSTICK)[0]) for _ in range(ASKED + 5)]
    return statistics.median(ours / theirs for ours, theirs in times[5:])


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from django.conf import settings

        from desaga.accounts.models import User
        from desaga.cli import main as desaga

        try:
            settings.ALLOWED_HOSTS = ["testserver"]
            platform = User.objects.create(email="platform@bench.example", is_platform_administrator=True)
            return measured([House.of(platform, number) for number in SNAPSHOTS])
        finally:
            desaga(["db", "stop"])


def measured(houses: list[House]) -> int:
    """Loads, asks, prints; 1 where a limit is broken."""
    first, *others = houses
    first.fill()
    alone = {page: beside_yardstick(first, page) for page in PAGES}
    for house in others:
        house.fill()
    ratios: list[float] = []
    counts = [house.snapshots for house in houses]
    heads = [f"p95 with {number}, ms" for number in counts]
    heads += [f"{number} to {base} (limit {LIMIT})" for base, number in pairs(counts)]
    heads += ["of it the processor, usually", f"1 beside the others to 1 alone (limit {LIMIT})"]
    print(f"Snapshots of {PEOPLE:,} people, all of them released; {ASKED} answers each, in turn")
    print(f"| page | asked by | {' | '.join(heads)} |\n| {' | '.join(['---'] * (2 + len(heads)))} |")
    for page in PAGES:
        told = in_turn(houses, page)
        grown = [told[number][0] / told[base][0] for base, number in pairs(counts)]
        beside = beside_yardstick(first, page) / alone[page]
        ratios += [*grown, beside]
        slow, used = ([f"{told[number][at]:.1f}" for number in counts] for at in (0, 1))
        cells = [
            page[0].format("…"),
            page[1],
            *slow,
            *(f"{one:.2f}" for one in grown),
            ", ".join(used),
            f"{beside:.2f}",
        ]
        print(f"| {' | '.join(cells)} |", flush=True)
    return int(is_over(ratios))


def is_over(ratios: Iterable[float]) -> bool:
    """Whether a page costs more than it may beside what it costs with fewer snapshots, or alone."""
    return any(ratio > LIMIT for ratio in ratios)


def pairs(counts: list[int]) -> list[tuple[int, int]]:
    """Fewer and more: each but the last with the last, then the others with each other."""
    return [(base, number) for number in reversed(counts) for base in counts if base < number]


if __name__ == "__main__":
    sys.exit(main())
