"""Readings: taken once a day, never changed, hidden where few people stand behind; and what is counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import operations, queries, registry
from ..lines import Line, NoSuchLine, line_of
from ..models import ManualSeries, Reading
from ..registry import Computed, Indicator, NotDeclared, Source
from ..states import Better, Disclosure, Unit
from ..tasks import take_everywhere

DAY = date(2026, 3, 2)
CUPS = Indicator(
    key="test.cups", name="Cups washed", definition="Whose cups are clean.", unit=Unit.NUMBER, better=Better.MORE, cuts={"shelf": "Shelf"}
)  # fmt: skip
HANDS = Indicator(
    key="test.hands", name="Hands", definition="Whose hands.", unit=Unit.NUMBER, better=Better.LESS, disclosure=Disclosure.SMALL_HIDDEN
)  # fmt: skip


@pytest.fixture
def counted(monkeypatch):
    """What the source of a test counts: only that is declared."""
    values: list[Computed] = []
    monkeypatch.setattr(registry, "_sources", [])
    registry.register(Source((CUPS, HANDS), lambda today: list(values)))
    return values


@pytest.fixture
def series(organisation):
    with within(organisation):
        return make_series(organisation)


def make_series(organisation, name="Registrations", **fields) -> ManualSeries:
    told = {"definition": "Who is on the register.", "unit": "number", "better": "more", **fields}
    return operations.add_series(actor=None, organisation=organisation, name=name, **told)


def values_of(key: str) -> list[tuple[date, int, Decimal | None]]:
    return list(Reading.objects.filter(key=key).order_by("on", "version").values_list("on", "version", "value"))


def test_readings_are_taken_once_a_day_and_again_only_where_something_changed(tenant, counted):
    counted[:] = [Computed(CUPS.key, Decimal(7)), Computed(CUPS.key, Decimal(3), cut="shelf", part="1", label="Upper")]
    assert operations.take_readings(organisation=tenant, today=DAY) == 2
    assert operations.take_readings(organisation=tenant, today=DAY) == 0
    counted[0] = Computed(CUPS.key, Decimal(8))
    assert operations.take_readings(organisation=tenant, today=DAY) == 1
    assert operations.take_readings(organisation=tenant, today=DAY + timedelta(days=1)) == 2
    assert [row[1:] for row in values_of(CUPS.key) if row[0] == DAY] == [(0, 7), (0, 3), (1, 8)]
    line = Line(CUPS.key)
    assert [one.value for one in queries.readings_of(line)] == [8, 8]
    assert [one.value for one in queries.stood([line])[line].points] == [8, 8]


def test_the_database_changes_and_removes_no_reading(tenant, counted):
    counted[:] = [Computed(CUPS.key, Decimal(7))]
    operations.take_readings(organisation=tenant, today=DAY)
    for write in (lambda: Reading.objects.update(value=9), lambda: Reading.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
    assert values_of(CUPS.key) == [(DAY, 0, 7)]


@pytest.mark.parametrize(("people", "kept"), [(0, None), (4, None), (5, Decimal(40))])
def test_what_fewer_than_five_people_stand_behind_is_not_even_kept(tenant, counted, people, kept):
    counted[:] = [Computed(HANDS.key, Decimal(40), of=90, people=people)]
    operations.take_readings(organisation=tenant, today=DAY)
    [reading] = Reading.objects.filter(key=HANDS.key)
    assert (reading.value, reading.of) == (kept, kept and 90)


@pytest.mark.parametrize(
    "one",
    [
        Computed("test.forks", Decimal(1)),
        Computed(CUPS.key, Decimal(1), cut="colour", part="red"),
        Computed(HANDS.key, Decimal(1)),
    ],
)
def test_what_was_not_declared_so_is_refused(tenant, counted, one):
    counted[:] = [one]
    with pytest.raises(NotDeclared):
        operations.take_readings(organisation=tenant, today=DAY)


def test_the_night_reads_each_workspace_in_its_own_name(organisation, other_organisation, counted):
    from procrastinate.contrib.django.models import ProcrastinateJob

    counted[:] = [Computed(CUPS.key, Decimal(7))]
    take_everywhere(timestamp=0)
    jobs = ProcrastinateJob.objects.filter(task_name="desaga.indicators.tasks.take").values_list("args", flat=True)
    assert {job["organisation_id"] for job in jobs} == {organisation.pk, other_organisation.pk}
    from .. import tasks

    tasks.take.run(organisation_id=organisation.pk, actor_id=None)
    with within(organisation):
        assert values_of(CUPS.key) == [(timezone.localdate(), 0, 7)]
    with within(other_organisation):
        assert values_of(CUPS.key) == []


def test_a_later_reading_of_a_day_corrects_and_both_stand(organisation, series, member):
    officer = member(Role.PROJECT_OFFICER)
    with within(organisation, user=officer):
        for value in (12, 21):
            operations.read_series(actor=officer, series=series, value=Decimal(value), on=DAY, note="The register")
        assert [one.value for one in queries.readings_of(Line(series=series.pk))] == [21]
        every = queries.every_reading_of(Line(series=series.pk))
        assert [(one.value, one.version, one.by) for one in every] == [(21, 1, officer), (12, 0, officer)]


@pytest.mark.parametrize(
    ("unit", "value", "days", "refusal"),
    [
        ("number", 3, 1, operations.ReadAhead),
        ("number", -1, 0, operations.CannotBe),
        ("per_cent", 101, 0, operations.CannotBe),
    ],
)
def test_what_cannot_be_is_refused(tenant, unit, value, days, refusal):
    series, on = make_series(tenant, unit=unit), timezone.localdate() + timedelta(days=days)
    with pytest.raises(refusal):
        operations.read_series(actor=None, series=series, value=Decimal(value), on=on)


def test_a_name_is_taken_while_it_is_counted_and_what_is_ended_is_read_no_more(tenant, series):
    with pytest.raises(operations.SeriesNamedSo):
        make_series(tenant, series.name)
    operations.end_series(actor=None, series=series)
    with pytest.raises(operations.SeriesIsEnded):
        operations.read_series(actor=None, series=series, value=Decimal(1), on=DAY)
    assert make_series(tenant, series.name).pk != series.pk


# ---- Pages


def test_the_list_says_where_each_stands_how_it_went_and_what_is_hidden(organisation, counted, member, client_of):
    with within(organisation):
        for days, value in ((200, 4), (100, 6), (0, 9)):
            counted[:] = [Computed(CUPS.key, Decimal(value)), Computed(HANDS.key, Decimal(3), people=3)]
            operations.take_readings(organisation=organisation, today=timezone.localdate() - timedelta(days=days))
    page = client_of(member(Role.READER)).get("/o/northmoor/indicators/").content.decode()
    assert "+3 since" in page
    assert "better" in page
    assert "dsg-spark__line" in page
    assert "hidden, to protect people" in page


def test_an_officer_counts_something_by_hand_corrects_it_and_takes_it_out(organisation, member, client_of):
    browser = client_of(member(Role.PROJECT_OFFICER))
    told = {"name": "Nominations", "definition": "Sent in by us.", "unit": "number", "better": "more"}
    browser.post("/o/northmoor/indicators/own/add/", told)
    with within(organisation):
        address = f"/o/northmoor/indicators/own/{ManualSeries.objects.get().pk}/"
    assert "Nobody has said yet where it stands" in browser.get(address).content.decode()
    for value, day in (("2", DAY), ("3", DAY), ("5", DAY + timedelta(days=40))):
        on = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
        browser.post(f"{address}read/", {"value": value, "note": "The list", **on})
    page = browser.get(address).content.decode()
    assert "Corrected" in page
    assert "Nominations: 5" in page
    lines = browser.get(f"{address}readings.csv").content.decode("utf-8-sig").splitlines()
    assert [line[:12] for line in lines if line.startswith("2026-")] == ["2026-03-02,3", "2026-04-11,5"]


def test_what_is_counted_no_more_is_found_apart(organisation, series, member, client_of):
    with within(organisation):
        make_series(organisation, "Vacancies")
        operations.end_series(actor=None, series=series)
    browser = client_of(member(Role.READER))
    for asked, seen in (("", ["Vacancies"]), ("?ended=yes", ["Registrations"])):
        page = browser.get(f"/o/northmoor/indicators/{asked}").content.decode()
        assert [name for name in ("Registrations", "Vacancies") if f">{name}</a>" in page] == seen


def test_the_lists_ask_as_often_for_three_as_for_one(
    organisation, counted, member, client_of, django_assert_num_queries
):
    browser = client_of(member(Role.LEAD))
    with within(organisation):
        first = make_series(organisation, "One")
        operations.read_series(actor=None, series=first, value=Decimal(1), on=DAY)
    counted[:] = [Computed(CUPS.key, Decimal(1), cut="shelf", part=part, label=part) for part in ("1", "2", "3")]
    pages = ["/o/northmoor/indicators/", first.get_absolute_url(), f"/o/northmoor/indicators/{CUPS.key}/"]
    numbers = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name in ("Two", "Three"):
        counts = []
        for page in pages:
            browser.get(page)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(page).status_code == 200
            counts.append(len(seen))
        numbers.append(counts)
        with within(organisation):
            more = make_series(organisation, name)
            for one in (first, more):
                operations.read_series(actor=None, series=one, value=Decimal(2), on=DAY + timedelta(days=len(name)))
            operations.take_readings(organisation=organisation)
    assert numbers[0] == numbers[1]


def test_a_series_is_named_by_a_number_and_by_nothing_like_one():
    assert line_of(str(Line(series=12))) == Line(series=12)
    with pytest.raises(NoSuchLine):
        line_of(str(Line(series=12)).replace("12", "²"))
