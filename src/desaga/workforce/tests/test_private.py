"""Rows of people go when their time is over or their person objects; who looked is shown to whom it concerns."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy import queries
from desaga.privacy.collecting import everything_about
from desaga.privacy.models import Access, Objection, PersonKey
from desaga.privacy.operations import objections, retention
from desaga.privacy.operations.accesses import record_access
from desaga.privacy.retaining import CLASSES
from desaga.privacy.states import About
from desaga.privacy.waiting import times_to_set
from desaga.tenancy.context import within

from ..defining import Outcome
from ..models import ClassifiedRow, ContractRow, Decision, EqualityRow, Extract, Limits, PersonRow, SealedFile, Snapshot
from ..operations import counting, forgetting, releases, settling
from ..operations.opening import open_equality
from ..populating import population_of
from ..private import key_of_number
from ..releasing import queries as releasing
from ..states import ReleaseState
from ..waiting import snapshots_to_release
from .factories import HEADS, ROWS, checked, classified, csv_of, loaded, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_long_ago")]
SEXES = ("Female", "Male", "Other")
#: A file in which everybody said something of themselves.
EQUAL = csv_of([(*row, sex) for row, sex in zip(ROWS, SEXES, strict=True)], (*HEADS, "Sex"))


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation):
    return member_of(organisation, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)


@pytest.fixture
def snapshot(organisation, steward):
    return loaded(organisation, EQUAL, actor=steward)


def days_after(snapshot, days):
    return timezone.make_aware(datetime.combine(snapshot.as_at + timedelta(days=days), time(12)))


def count(organisation, *models):
    with within(organisation):
        return [model.objects.count() for model in models]


def test_rows_go_at_night_when_their_time_is_over(organisation, steward, snapshot):
    kind, told = (
        CLASSES["person_rows"],
        {"actor": steward, "organisation": organisation, "kind": CLASSES["person_rows"]},
    )
    soon, later = days_after(snapshot, 700), timezone.now() + timedelta(days=kind.days + 2)
    held = classified(snapshot, actor=steward)
    going = {"people as they were classified": 3, "contracts": 3, "people’s equality data": 3, "people in snapshots": 3}
    with within(organisation, user=steward):
        key = ClassifiedRow.objects.filter(outcome=Outcome.ASK).values_list("key", flat=True)[0]
        settling.answer(actor=steward, classification=held, keys=[key], technical=True)
    with within(organisation, user=steward):
        shown = retention.show_what_would_go(**told, now=later)
        assert shown == {**going, "activities": 0, "decisions on people": 1}
        assert PersonRow.objects.count() == 3
        assert retention.delete_what_is_over(organisation=organisation, now=soon) == []
        (run,) = retention.delete_what_is_over(organisation=organisation, now=later)
        assert run.counts == {**going, "decisions on people": 1}
    assert count(organisation, PersonRow, ContractRow, EqualityRow, ClassifiedRow, Decision, Snapshot) == [
        0,
        0,
        0,
        0,
        0,
        1,
    ]
    with within(organisation):
        assert (Snapshot.objects.get().people, kind.days) == (3, 1095)


def test_what_nobody_said_a_time_for_goes_after_the_one_that_is_proposed(organisation, steward, snapshot):
    told = {"actor": steward, "organisation": organisation, "kind": CLASSES["person_rows"]}

    def night(years):
        at = days_after(snapshot, 366 * years)
        with within(organisation, user=steward):
            return {run.key: run.days for run in retention.delete_what_is_over(organisation=organisation, now=at)}

    assert [night(1), night(2)] == [{}, {"equality_rows": 730}]
    with within(organisation, user=steward):
        retention.switch_retention(**told, on=False)
    assert night(3) == {}
    with within(organisation, user=steward):
        retention.switch_retention(**told, on=True)
    assert night(3) == {"person_rows": 1095}
    assert count(organisation, EqualityRow, PersonRow, Snapshot) == [0, 0, 1]


def test_rows_of_a_day_long_ago_stay_a_while_after_they_were_loaded(organisation, steward, monkeypatch, client_of):
    """So that figures of ten years can be loaded and released, and nothing is gone in the first night."""
    monkeypatch.setattr(forgetting, "STAY_AFTER_LOADING", timedelta(days=60))
    old = loaded(organisation, EQUAL, actor=steward, as_at=date(2015, 7, 31))
    goes_on = timezone.localdate() + timedelta(days=61)
    page = reverse("workforce:show_snapshot", args=[organisation.slug, old.pk])
    assert f"Kept until {goes_on.day} {goes_on:%B %Y}" in client_of(steward).get(page).text

    def waits():
        with within(organisation, user=steward):
            return [(one.verb, one.thing, one.due_on) for one in snapshots_to_release(steward, organisation)]

    with within(organisation):
        assert retention.delete_what_is_over(organisation=organisation) == []
        assert Decision.objects.count() == 0
    assert waits() == []
    monkeypatch.setattr(forgetting, "STAY_AFTER_LOADING", timedelta(days=20))
    due = timezone.localdate() + timedelta(days=21)
    assert waits() == [("Release figures before its people are deleted:", "the snapshot of 31 July 2015", due)]
    monkeypatch.setattr(forgetting, "STAY_AFTER_LOADING", timedelta(0))
    with within(organisation):
        assert [run.key for run in retention.delete_what_is_over(organisation=organisation)] == ["person_rows"]
    assert (count(organisation, PersonRow), waits()) == ([0], [])
    assert "Deleted, as their time was over" in client_of(steward).get(page).text


def is_technical(person):
    return replace(person, technical=True)


def test_what_retention_has_emptied_is_no_institution_with_nobody(organisation, steward):
    """Neither released, nor what a later day is compared with; and what nobody said any more is not collected."""
    before = loaded(organisation, EQUAL, actor=steward, as_at=date(2024, 7, 31))
    now = loaded(organisation, EQUAL, actor=steward, as_at=date(2025, 7, 31))
    with within(organisation, user=steward):
        assert releasing.year_before(now) == before
        assert (
            "sex"
            not in population_of(
                now, is_technical, open_equality(actor=steward, snapshot=now, purpose="a test")
            ).not_collected
        )
        CLASSES["equality_rows"].delete(organisation, timezone.now(), False)
        assert (
            "sex"
            in population_of(
                now, is_technical, open_equality(actor=steward, snapshot=now, purpose="a test")
            ).not_collected
        )
        CLASSES["person_rows"].delete(organisation, timezone.now(), False)
        assert releasing.year_before(now) is None
        assert not releasing.snapshots_to_release().exists()
        with pytest.raises(releases.RowsAreGone):
            releases.prepare(actor=steward, organisation=organisation, snapshot=now, name="July")


def test_exact_figures_of_people_who_were_removed_are_refused_and_not_offered(organisation, steward, client_of):
    before = loaded(organisation, EQUAL, actor=steward, as_at=date(2024, 7, 31))
    now = loaded(organisation, EQUAL, actor=steward, as_at=date(2025, 7, 31))
    release = prepared(organisation, now, actor=steward)
    page, press = (reverse(f"workforce:{name}", args=[organisation.slug, release.pk]) for name in ("show_release", "show_exact"))  # fmt: skip
    client = client_of(steward)
    assert "Look at the exact figures" in client.get(page).text
    with within(organisation, user=steward):
        # Of the earlier day alone: all would seem to have just started.
        CLASSES["person_rows"].delete(organisation, timezone.make_aware(datetime(2025, 1, 1)), False)
        assert not PersonRow.objects.filter(snapshot=before).exists()
    assert "Look at the exact figures" not in client.get(page).text
    with within(organisation, user=steward):
        with pytest.raises(releases.RowsAreGone, match="with which this is compared"):
            releases.open_exact(actor=steward, release=release)
        assert not Access.objects.filter(page="Exact figures").exists()
        CLASSES["person_rows"].delete(organisation, timezone.now(), False)
        with pytest.raises(releases.RowsAreGone, match="of this snapshot"):
            releases.open_exact(actor=steward, release=release)
    assert "were removed when their time was over" in client.post(press, follow=True).text


@pytest.mark.parametrize(
    ("gone_before", "told"), [(datetime(2025, 1, 1), "with which this is compared"), (datetime(2030, 1, 1), "people of this snapshot were removed")]
)  # fmt: skip
def test_a_count_whose_rows_are_deleted_meanwhile_fails_and_says_so(
    organisation, steward, client_of, monkeypatch, gone_before, told
):
    loaded(organisation, EQUAL, actor=steward, as_at=date(2024, 7, 31))
    now = loaded(organisation, EQUAL, actor=steward, as_at=date(2025, 7, 31))

    def deleted_meanwhile(*asked):
        CLASSES["person_rows"].delete(organisation, timezone.make_aware(gone_before), False)
        return population_of(*asked)

    monkeypatch.setattr(counting, "population_of", deleted_meanwhile)
    release = prepared(organisation, now, actor=steward)
    assert release.state == ReleaseState.FAILED
    page = client_of(steward).get(reverse("workforce:show_release", args=[organisation.slug, release.pk])).text
    assert told in page
    assert "written down for whoever runs the server" not in page


def test_the_lead_is_reminded_until_a_time_is_said_and_while_nothing_deletes(organisation, steward):
    lead = member_of(organisation, Role.LEAD)

    def told(user=lead):
        with within(organisation, user=user):
            return [(one.verb, one.thing) for one in times_to_set(user, organisation)]

    assert told() == []
    loaded(organisation, EQUAL, actor=steward)
    verb = "Say how long are kept:"
    assert told() == [(verb, "rows of people in snapshots and more, deleted after 3 years unless you say otherwise")]
    assert told(steward) == []
    people, equality = (
        {"actor": lead, "organisation": organisation, "kind": CLASSES[key]} for key in ("person_rows", "equality_rows")
    )
    with within(organisation, user=lead):
        # Looking is not saying; saying the proposed time is.
        retention.show_what_would_go(**people)
    assert told() == [(verb, "rows of people in snapshots and more, deleted after 3 years unless you say otherwise")]
    with within(organisation, user=lead):
        retention.set_retention(**people, days=1095)
    assert told() == [(verb, "equality data in snapshots, deleted after 2 years unless you say otherwise")]
    with within(organisation, user=lead):
        retention.set_retention(**equality, days=800)
    assert told() == []
    with within(organisation, user=lead):
        # A shorter one begins once somebody saw what would go.
        retention.set_retention(**equality, days=365)
    assert told() == [(verb, "equality data in snapshots, which nothing deletes")]
    with within(organisation, user=lead):
        with pytest.raises(retention.NotShownYet):
            retention.switch_retention(**equality, on=True)
        retention.show_what_would_go(**equality)
        retention.switch_retention(**equality, on=True)
    assert told() == []


def work_once():
    """A real worker does what waits, and its thread gives its connections back."""
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_the_night_deletes_by_a_worker_what_has_had_its_time(organisation, steward):
    loaded(organisation, EQUAL, actor=steward)
    other = OrganisationFactory()
    loaded(other, actor=member_of(other, Role.HR_DATA_STEWARD))
    told = {"actor": steward, "organisation": organisation, "kind": CLASSES["person_rows"]}
    with within(organisation, user=steward):
        retention.set_retention(**told, days=30)
        retention.show_what_would_go(**told)
        retention.switch_retention(**told, on=True)
    app.tasks["desaga.privacy.tasks.delete_everywhere"].defer(timestamp=0)
    with ThreadPoolExecutor() as pool:
        pool.submit(work_once).result()
        # The night's job queues one for each workspace.
        pool.submit(work_once).result()
    assert (count(organisation, PersonRow, ContractRow, Snapshot), count(other, PersonRow)) == ([0, 0, 1], [3])
    with within(organisation):
        (run,) = queries.runs().filter(key="person_rows")
        assert run.counts["people in snapshots"] == 3


def test_rows_of_snapshots_stay_but_for_that(organisation, snapshot):
    with within(organisation):
        for _ in "twice":
            with pytest.raises(DatabaseError, match="stay as they were"), transaction.atomic():
                EqualityRow.objects.all()._raw_delete("default")
            CLASSES["equality_rows"].delete(organisation, timezone.now() - timedelta(days=9000), False)
    assert count(organisation, EqualityRow) == [3]


def test_nothing_goes_by_a_time_that_nobody_was_shown_however_it_was_said(organisation, steward, snapshot):
    told = {"actor": steward, "organisation": organisation, "kind": CLASSES["person_rows"]}
    with within(organisation, user=steward):
        for days in (30, 31, 2000):
            assert not retention.set_retention(**told, days=days).is_on
            with pytest.raises(retention.NotShownYet):
                retention.switch_retention(**told, on=True)
        retention.show_what_would_go(**told)
        retention.switch_retention(**told, on=True)
        assert retention.set_retention(**told, days=2001).is_on


def test_a_class_that_cannot_be_deleted_holds_up_no_other_and_is_named(
    organisation, steward, snapshot, monkeypatch, client_of
):
    first, later = next(iter(CLASSES)), days_after(snapshot, 4 * 366)

    def fails(organisation, before, dry):
        Limits.objects.create(organisation=organisation)
        raise OSError("the words of an error")

    monkeypatch.setitem(CLASSES, first, replace(CLASSES[first], delete=fails))
    with within(organisation, user=steward):
        runs = retention.delete_what_is_over(organisation=organisation, now=later)
        assert [(run.key, run.is_failed) for run in runs] == [(first, True), ("person_rows", False)]
        assert not Limits.objects.exists()
    page = client_of(steward).get(reverse("privacy:show_retention", args=[organisation.slug])).text
    assert "Could not be deleted" in page
    assert "the words of an error" not in page


def test_another_time_is_shown_anew_and_another_tenant_keeps_its_own(organisation, steward, snapshot):
    other = OrganisationFactory()
    loaded(other)
    told = {"actor": steward, "organisation": organisation, "kind": CLASSES["person_rows"]}
    with within(organisation, user=steward):
        assert retention.set_retention(**told, days=1200).is_on
        assert not retention.set_retention(**told, days=60).is_on
        with pytest.raises(retention.NotSoLong):
            retention.set_retention(**told, days=29)
        retention.show_what_would_go(**told)
        retention.switch_retention(**told, on=True)
        retention.delete_what_is_over(organisation=organisation)
    assert (count(organisation, PersonRow), count(other, PersonRow)) == ([0], [3])


def test_an_extract_that_nobody_goes_on_with_is_thrown_away(organisation, steward):
    checked(organisation, actor=steward)
    with within(organisation):
        assert retention.delete_what_is_over(organisation=organisation) == []
        (run,) = retention.delete_what_is_over(organisation=organisation, now=timezone.now() + timedelta(days=31))
        assert run.counts == {"extracts that were not loaded": 1}
        assert Extract.objects.get().state == "cancelled"
    assert count(organisation, SealedFile) == [0]


def test_whoever_objects_by_staff_number_is_left_out_at_once_and_deleted_when_it_is_accepted(
    organisation, steward, snapshot
):
    told = {"actor": steward, "organisation": organisation}
    with within(organisation, user=steward):
        with pytest.raises(objections.NobodyHasIt):
            objections.object_to(**told, about=About.EQUALITY, number="4711")
        objection = objections.object_to(**told, about=About.EQUALITY, number=" 01001 ")
        assert objections.object_to(**told, about=About.EQUALITY, number="1001") == objection
        assert len(open_equality(actor=steward, snapshot=snapshot, purpose="a test")) == 2
        assert "1001" not in json.dumps(list(Objection.objects.values("words", "answer")))
        with pytest.raises(objections.Refused, match="paragraph 8"):
            objections.refuse(actor=steward, objection=objection, answer="No")
        assert objections.accept(actor=steward, objection=objection) == {"people’s equality data": 1}
        with pytest.raises(objections.NotNow):
            objections.withdraw(actor=steward, objection=objection)
    assert count(organisation, EqualityRow, PersonRow) == [2, 3]
    loaded(organisation, EQUAL, actor=steward, as_at=date(2025, 10, 31))
    assert count(organisation, EqualityRow, PersonRow) == [4, 6]


def test_whoever_objects_to_all_of_it_is_not_stored_again(organisation, steward, snapshot):
    with within(organisation, user=steward):
        Limits.objects.create(organisation=organisation, largest_change=100)
        objection = objections.object_to(actor=steward, organisation=organisation, about=About.WORKFORCE, number="1001")
        Decision.objects.create(
            organisation=organisation,
            person_key=objection.key,
            job="x",
            technical=True,
            is_override=False,
            press=uuid4(),
        )
        counts = objections.accept(actor=steward, objection=objection)
    assert (counts["people in snapshots"], counts["decisions on people"]) == (1, 1)
    again = loaded(organisation, EQUAL, actor=steward, as_at=date(2025, 10, 31))
    assert (again.people, again.contracts, count(organisation, PersonRow, EqualityRow)) == (2, 2, [4, 4])


def test_a_person_objects_sees_who_looked_and_takes_their_rows(organisation, steward, snapshot, client):
    user = member_of(organisation, Role.TECHNICIAN)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    asked = {"organisation": organisation.pk, "about": About.EQUALITY, "words": ""}
    client.post(reverse("privacy:object"), asked)
    with within(organisation, user=steward):
        objection = Objection.objects.get()
        assert (objection.person_id, objection.key) == (user.person_id, None)
        with pytest.raises(objections.RowsNotKnown):
            objections.accept(actor=steward, objection=objection)
    page = reverse("privacy:show_objection", args=[organisation.slug, objection.pk])
    own = reverse("privacy:show_own_data")
    assert "not joined to workforce data" in client.get(own).content.decode()
    client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")
    assert "Answer" in client.get(reverse("home:list_waiting")).content.decode()
    client.post(page, {"number": "1002"})
    with within(organisation, user=steward):
        key = key_of_number(organisation, "1002")
        assert (PersonKey.objects.get().key, queries.keys_objecting(About.EQUALITY)) == (key, {key})
        keys = list(PersonRow.objects.exclude(key=key).values_list("key", flat=True))
        record_access(actor=steward, page="Of others", rows=2, why="x", snapshot=snapshot, keys=keys)
        record_access(actor=steward, page="Of them too", rows=1, why="x", snapshot=snapshot, keys=[key])
        record_access(actor=steward, page="Of all", rows=3, why="x", snapshot=snapshot)
    client.post(page, {"answer": "Done", "accept": "yes"})
    assert count(organisation, EqualityRow) == [2]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(own).content.decode()
    assert ["Of others" in shown, "Of them too" in shown, "Of all" in shown] == [False, True, True]
    told = {part["what"]: part["rows"] for part in everything_about(user)["parts"]}
    assert told["You in workforce data"][0]["name"] == "Bo Cole"
    assert told["Your contracts in workforce data"][0]["grade"] == "6"
    assert "Birch" not in json.dumps(told)
    with within(organisation):
        assert Access.objects.count() == 3


def test_a_person_withdraws_only_their_own_objection(organisation, steward, snapshot, client):
    with within(organisation, user=steward):
        anothers = objections.object_to(actor=steward, organisation=organisation, about=About.EQUALITY, number="1001")
    user = member_of(organisation, Role.TECHNICIAN)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(
        reverse("privacy:object"), {"organisation": organisation.pk, "about": About.OTHER, "words": "The photograph"}
    )
    own = reverse("privacy:show_own_data")
    assert client.post(own, {"withdraw": f"{organisation.slug} {anothers.pk}"}).status_code == 404
    assert client.post(own, {"withdraw": f"{organisation.slug} ²"}).status_code == 404
    with within(organisation):
        mine = Objection.objects.get(person=user.person)
    client.post(own, {"withdraw": f"{organisation.slug} {mine.pk}"})
    with within(organisation):
        assert list(Objection.objects.order_by("pk").values_list("state", flat=True)) == ["made", "withdrawn"]
    assert connection.in_atomic_block
