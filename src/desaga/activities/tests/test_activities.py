"""Activities: whose they are, who sees them when, and what is counted of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desaga.indicators.models import Reading
from desaga.indicators.operations import take_readings
from desaga.organisations.models import Employment
from desaga.organisations.operations.people import change_employment
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import EmploymentFactory, member_of
from desaga.tenancy.context import within

from .. import operations, queries
from ..indicators import rounded
from ..models import Activity
from .factories import make_activity

MINE = "/what-i-have-done/"


def employed(organisation, *, starts_on=date(2020, 1, 1), ends_on=None, **fields):
    user = member_of(organisation, **fields)
    EmploymentFactory(organisation=organisation, person=user.person, starts_on=starts_on, ends_on=ends_on)
    return user


@pytest.mark.parametrize(
    ("starts_on", "ended", "on", "is_seen"),
    [
        (date(2020, 1, 1), None, date(2026, 3, 2), True),
        (date(2020, 1, 1), 0, date(2026, 3, 2), True),
        (date(2026, 3, 2), None, date(2026, 3, 2), True),
        # Before the employment.
        (date(2026, 3, 3), None, date(2026, 3, 2), False),
        # The employment is over: what happened in it is theirs alone again.
        (date(2020, 1, 1), 1, date(2026, 3, 2), False),
    ],
)
def test_an_employer_sees_what_happened_in_the_employment_and_only_while_it_lasts(
    organisation, starts_on, ended, on, is_seen
):
    ends_on = None if ended is None else timezone.localdate() - timedelta(days=ended)
    user = employed(organisation, starts_on=starts_on, ends_on=ends_on)
    activity = make_activity(user, on=on)
    with within(organisation):
        assert list(queries.activities_at(organisation)) == ([activity] if is_seen else [])
        assert list(Activity.visible.all()) == ([activity] if is_seen else [])
        # The database says the same, whatever the query asks.
        assert Activity._base_manager.count() == int(is_seen)
    with within(person=user.person):
        assert list(queries.activities_of(user.person_id)) == [activity]


def test_an_employer_that_moves_a_start_back_sees_no_more_than_before(organisation):
    user = member_of(organisation)
    employment = EmploymentFactory(organisation=organisation, person=user.person, starts_on=date(2026, 1, 1))
    early, late = make_activity(user, on=date(2025, 5, 1)), make_activity(user, on=date(2026, 5, 1))

    def seen():
        with within(organisation):
            found = set(queries.activities_at(organisation))
            # The database says the same, whatever the query asks.
            assert Activity._base_manager.count() == len(found)
        return found

    assert seen() == {late}
    with within(organisation):
        change_employment(actor=None, employment=employment, starts_on=date(2020, 1, 1))
    assert seen() == {late}
    with within(organisation):
        change_employment(actor=None, employment=employment, starts_on=date(2026, 6, 1))
    assert seen() == set()
    with within(organisation):
        change_employment(actor=None, employment=employment, starts_on=date(2020, 1, 1), ends_on=timezone.localdate())
    EmploymentFactory(organisation=organisation, person=user.person, starts_on=date(2019, 1, 1))
    with within(organisation):
        Employment.objects.update(sees_from=date(2019, 1, 1))
    assert seen() == {late}
    assert early not in seen()


def test_activities_are_read_once_a_month_so_that_nobody_is_reckoned_from_two_days(organisation):
    users = [employed(organisation) for _ in range(6)]
    for user in users:
        make_activity(user, on=date(2026, 3, 2), hours=Decimal(7))
    with within(organisation):
        for day in (date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 31), date(2026, 4, 1)):
            take_readings(organisation=organisation, today=day)
        rows = list(Reading.objects.filter(key="activities.hours").values_list("on", "value"))
    assert rows == [(date(2026, 3, 5), 40), (date(2026, 4, 1), 40)]


@pytest.mark.parametrize(
    ("value", "to", "is_said"), [("42", 10, 40), ("45", 10, 50), ("2.4", 5, 0), ("2.5", 5, 5), ("0", 5, 0)]
)
def test_what_is_given_is_rounded(value, to, is_said):
    assert rounded(Decimal(value), to) == is_said


def test_another_organisation_and_another_person_see_nothing(organisation, other_organisation):
    user, colleague = employed(organisation), employed(organisation)
    activity = make_activity(user)
    with within(other_organisation):
        assert Activity._base_manager.count() == 0
    with within(person=colleague.person):
        assert Activity._base_manager.count() == 0
    for write in (operations.remove_activity, operations.correct_activity):
        with pytest.raises(operations.NotTheirs):
            write(
                actor=colleague,
                activity=activity,
                **({} if write == operations.remove_activity else {"on": timezone.localdate()}),
            )


def test_whoever_has_two_employers_shows_each_what_happened_there(organisation, other_organisation):
    user = employed(organisation, starts_on=date(2020, 1, 1))
    EmploymentFactory(organisation=other_organisation, person=user.person, starts_on=date(2026, 1, 1))
    early, late = make_activity(user, on=date(2025, 5, 1)), make_activity(user, on=date(2026, 5, 1))
    with within(organisation):
        assert set(queries.activities_at(organisation)) == {early, late}
    # Also where the person looks, who sees all of their own: the organisation's list holds what is the organisation's to see.
    with within(other_organisation, user=user):
        assert list(queries.activities_at(other_organisation)) == [late]


def test_the_same_thing_is_recorded_once_and_what_its_person_made_of_it_stays(organisation):
    user = employed(organisation)
    first = make_activity(user, source="mentoring", source_key="meeting:12")
    operations.correct_activity(
        actor=user,
        activity=first,
        **{name: getattr(first, name) for name in operations.EDITABLE} | {"practice": "Calmer."},
    )
    again = make_activity(user, what="Another name", source="mentoring", source_key="meeting:12")
    assert (again.pk, again.what, again.practice) == (first.pk, first.what, "Calmer.")
    assert make_activity(user, source="mentoring", source_key="meeting:13").pk != first.pk
    assert make_activity(user).pk != make_activity(user).pk


def test_what_is_still_to_come_is_not_written_down(organisation):
    with pytest.raises(operations.NotYet):
        make_activity(employed(organisation), on=timezone.localdate() + timedelta(days=1))


def test_the_audit_keeps_no_words_of_what_was_removed(organisation, owner):
    user = employed(organisation)
    activity = make_activity(user, what="Sealwort festival")
    operations.remove_activity(actor=user, activity=activity)
    with within(person=user.person, user=user):
        assert Activity._base_manager.count() == 0
        with connection.cursor() as cursor:
            cursor.execute(
                "select verb, thing_name || note || changes::text from audit_entry where thing_kind = 'activities.activity'"
            )
            rows = cursor.fetchall()
    assert [verb for verb, _ in rows] == ["recorded", "removed"]
    assert not any("Sealwort" in words for _, words in rows)


@pytest.mark.parametrize(("people", "values"), [(4, [None, None, None]), (5, [5, 5, 20])])
def test_counts_of_fewer_than_five_people_are_hidden(organisation, people, values):
    users = [employed(organisation) for _ in range(people)]
    for user in [*users, users[0]]:
        make_activity(user, on=timezone.localdate(), hours=Decimal("2.5"))
    make_activity(users[0], on=timezone.localdate() - timedelta(days=366), hours=Decimal(9))
    keys = ("activities.recorded", "activities.people", "activities.hours")
    with within(organisation):
        take_readings(organisation=organisation, today=timezone.localdate())
        found = dict(Reading.objects.filter(key__startswith="activities.").values_list("key", "value"))
    assert [found[key] for key in keys] == values


# ---- Pages


def test_a_person_writes_down_finds_corrects_and_removes_what_they_did(organisation, client_of):
    user = employed(organisation)
    make_activity(user, what="Glass workshop", kind="course", hours=Decimal(7))
    make_activity(user, what="Open day", kind="outreach", on=date(2025, 6, 1), hours=Decimal("3.5"))
    browser = client_of(user)
    day = {"on_day": 3, "on_month": 3, "on_year": 2026}
    browser.post(f"{MINE}add/", {"kind": "talk", "what": "Poster on cryostats", "hours": "2", **day})
    page = browser.get(MINE).content.decode()
    assert "12.5 hours" in page
    for asked, seen in (("q=glass", "Glass workshop"), ("kind=outreach", "Open day"), ("year=2025", "Open day")):
        found = browser.get(f"{MINE}?{asked}").content.decode()
        assert [what for what in ("Glass workshop", "Open day", "Poster on cryostats") if what in found] == [seen]
    with within(person=user.person):
        poster = Activity.objects.get(kind="talk")
    browser.post(f"{MINE}{poster.pk}/", {"kind": "talk", "what": "Talk on cryostats", **day})
    assert "Talk on cryostats" in browser.get(MINE).content.decode()
    taken = browser.get(f"{MINE}what-i-have-done.csv").content.decode("utf-8-sig")
    assert "2026-03-03,Talk or publication,Talk on cryostats" in taken
    browser.post(f"{MINE}{poster.pk}/remove/")
    assert "cryostats" not in browser.get(MINE).content.decode()


def test_another_person_is_told_that_there_is_no_such_thing(organisation, client_of):
    activity = make_activity(employed(organisation))
    browser = client_of(employed(organisation))
    assert browser.get(f"{MINE}{activity.pk}/").status_code == 404
    assert browser.post(f"{MINE}{activity.pk}/remove/").status_code == 404


def test_those_who_run_the_programme_see_the_list_and_the_lists_ask_as_often_for_three_as_for_one(
    organisation, member, client_of
):
    user = employed(organisation)
    pages = [(client_of(user), MINE), (client_of(member(Role.PROJECT_OFFICER)), "/o/northmoor/activities/")]
    numbers = []
    for many in (1, 2):
        for _ in range(many):
            make_activity(user)
        counts = []
        for browser, address in pages:
            browser.get(address)
            with CaptureQueriesContext(connection) as seen:
                page = browser.get(address).content.decode()
            assert page.count("Microscopy user day") == (1 if many == 1 else 3)
            counts.append(len(seen))
        numbers.append(counts)
    assert numbers[0] == numbers[1]
    assert "fewer than 5 people" in page
    # What they wrote of the benefits is not shown, and cannot be found out by searching.
    make_activity(user, what="Sealed course", practice="I no longer fear the crane.")
    found = pages[1][0].get("/o/northmoor/activities/?q=sealed").content.decode()
    assert ("Sealed course" in found, "crane" in found) == (True, False)
    assert "Sealed course" not in pages[1][0].get("/o/northmoor/activities/?q=crane").content.decode()
    assert "Sealed course" in pages[0][0].get(f"{MINE}?q=crane").content.decode()
    assert user.person.name in page
