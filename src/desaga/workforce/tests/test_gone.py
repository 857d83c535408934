"""Where retention has deleted the rows of a snapshot's people, pages say so, and tell no number of nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy.models import Access
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within

from ..models import Readiness
from ..operations import classifying, readiness, staff_record
from ..operations.opening import PeopleAreGone
from ..releasing.whom import whom_of
from .factories import HEADS, ROWS, classified, csv_of, loaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_long_ago")]
MARKED = (*HEADS, "Technician", "Sex")
#: Two technicians who said something of themselves, and one who is none.
PEOPLE = [(*ROWS[0], "Y", "F"), (*ROWS[1], "Y", "M"), (*ROWS[2], "N", "F")]


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation):
    return member_of(organisation, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)


@pytest.fixture
def snapshot(organisation, steward):
    return loaded(organisation, csv_of(PEOPLE, MARKED), actor=steward)


@pytest.fixture
def browser(organisation, steward, snapshot, client_of):
    client = client_of(steward)

    def text(name, *ids, press=False):
        path = reverse(f"workforce:{name}", args=[organisation.slug, *ids])
        return (client.post(path, follow=True) if press else client.get(path)).text

    return text


def deleted(organisation, key="person_rows"):
    with within(organisation):
        CLASSES[key].delete(organisation, timezone.now(), False)


def test_the_staff_record_of_nobody_is_refused_and_never_found_right(organisation, steward, snapshot, browser):
    assert "Validation report" in browser("check_staff_record", snapshot.pk, press=True)
    deleted(organisation)
    page = browser("show_staff_record", snapshot.pk)
    assert ("rows of its people are deleted" in page, "Check the export" in page) == (True, False)
    with within(organisation):
        before = Access.objects.count()
    for name, *ids in (("check_staff_record",), ("take_staff_record_out", "csv"), ("take_staff_record_out", "xml")):
        answer = browser(name, snapshot.pk, *ids, press=True)
        assert "were deleted when their time was over" in answer
        assert "Nothing was found" not in answer
    with within(organisation, user=steward):
        assert Access.objects.count() == before
        classify = whom_of(snapshot).classify
        with pytest.raises(PeopleAreGone):
            staff_record.open_staff_record(actor=steward, snapshot=snapshot, classify=classify, equality=True)


def test_equality_data_that_are_deleted_are_left_out_of_the_staff_record_and_said_to_be(
    organisation, steward, snapshot, browser
):
    deleted(organisation, "equality_rows")
    assert "they are deleted, as their time was over" in browser("show_staff_record", snapshot.pk)
    with within(organisation, user=steward):
        record = staff_record.open_staff_record(
            actor=steward, snapshot=snapshot, classify=whom_of(snapshot).classify, equality=True
        )
    assert record.left_out["Person.SEXID"] == staff_record.DELETED
    assert [one for one in record.report.findings if one.field == "Person.SEXID"] == []


@pytest.mark.parametrize(
    ("key", "told"), [("person_rows", "were deleted when their time was over"), ("equality_rows", "What people said of themselves in this snapshot was deleted")]
)  # fmt: skip
def test_what_was_measured_stays_where_there_is_nothing_to_measure_any_more(
    organisation, steward, snapshot, browser, key, told
):
    with within(organisation, user=steward):
        held = readiness.measure_readiness(actor=steward, snapshot=snapshot, classify=whom_of(snapshot).classify)
        kept = (held.people, held.lines)
        assert held.lines["sex"]["filled"] == 2
    deleted(organisation, key)
    assert told in browser("measure_readiness", press=True)
    with within(organisation):
        held = Readiness.objects.get()
        assert (held.people, held.lines) == kept
    page = browser("show_readiness")
    assert ("rows of its people are deleted" in page) == ("Look at the snapshot" not in page) == (key == "person_rows")
    assert "Grade" in page


def test_a_snapshot_says_that_its_rows_are_gone_and_not_that_it_is_empty(organisation, snapshot, browser):
    page = browser("show_snapshot", snapshot.pk)
    assert ("Contracts with a value" in page, "nothing of them is here" in page) == (True, False)
    deleted(organisation, "equality_rows")
    page = browser("show_snapshot", snapshot.pk)
    assert "Loaded, sealed apart; nothing of them is here, as their time was over" in page
    assert "Contracts with a value" in page
    deleted(organisation)
    page = browser("show_snapshot", snapshot.pk)
    assert "That can no longer be counted" in page
    assert "Contracts with a value" not in page


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("show_classification", "people in post"),
        ("list_borderline", "Nobody is left"),
        ("show_borderline", "Nobody is left"),
        ("compare_versions", "Headcount"),
        ("find_person", "Staff number"),
    ],
)
def test_pages_of_a_definition_tell_nothing_of_nobody(organisation, steward, snapshot, browser, name, never):
    held = classified(snapshot, actor=steward)
    assert "rows of its people are deleted" not in browser(name, snapshot.pk)
    deleted(organisation)
    page = browser(name, snapshot.pk)
    assert ("rows of its people are deleted" in page, never in page) == (True, False)
    assert "were deleted when their time was over" in browser("ask_classify", snapshot.pk, press=True)
    with within(organisation, user=steward), pytest.raises(PeopleAreGone):
        classifying.ask_classify(actor=steward, snapshot=snapshot, version=held.version)
