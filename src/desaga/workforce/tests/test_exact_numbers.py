"""How many people there are, to the one, is the HR data steward's: nobody else reads it beside the protected figures."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy.models import Access
from desaga.privacy.operations import retention
from desaga.privacy.operations.accesses import record_access
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within

from .. import defined
from ..operations import readiness, releases, settling, staff_record
from ..releasing.whom import whom_of
from .crowds import crowd, snapshot_of
from .factories import classified, loaded, released

pytestmark = pytest.mark.django_db
#: So many people, and so many of them technical staff or answered about: numbers that stand for nothing else on these pages.
PEOPLE = 463
TECHNICAL, ASKED = 287, 73
TAGS = re.compile(r"<(?:script|style|head|svg)\b.*?</(?:script|style|head|svg)>|<[^>]*>", re.DOTALL)
PAGES = (
    "/my-work/", "/o/{0}/", "/o/{0}/audit/", "/o/{0}/privacy/", "/o/{0}/privacy/accesses/", "/o/{0}/privacy/retention/",
    "/o/{0}/workforce/", "/o/{0}/workforce/figures/", "/o/{0}/workforce/figures/headcount/", "/o/{0}/workforce/releases/", "/o/{0}/workforce/readiness/",
    "/o/{0}/workforce/definition/", "/o/{0}/workforce/counted-by/", "/o/{0}/indicators/",
)  # fmt: skip


@pytest.fixture
def organisation():
    """One whose name, like its people's, holds no number: a name would be found by it."""
    return OrganisationFactory(name="Birchwood University", slug="birchwood")


@pytest.fixture
def users(organisation):
    return {
        role: member_of(organisation, role, name=f"The {role.label}", email=f"{role}@birchwood.example")
        for role in (Role.HR_DATA_STEWARD, Role.LEAD, Role.PROJECT_OFFICER, Role.EQUALITY_DATA_STEWARD)
    }


def rows_of_people():
    titles = ["Technician"] * TECHNICAL + ["Imaging Specialist"] * ASKED
    titles += ["Lecturer"] * (PEOPLE - len(titles))
    return [(*row[:4], title, *row[5:10], "") for row, title in zip(crowd(PEOPLE), titles, strict=True)]


@pytest.fixture
def furnished(organisation, users, loaded_long_ago):
    """All that the steward does with a snapshot: classified, settled, released, looked at, and taken out."""
    steward = users[Role.HR_DATA_STEWARD]
    snapshot = snapshot_of(organisation, rows_of_people(), actor=steward)
    held = classified(snapshot, actor=steward)
    with within(organisation, user=steward):
        technicians, asked = (
            list(defined.borderline(held).filter(contract__job_title=title).values_list("key", flat=True))
            for title in ("Technician", "Imaging Specialist")
        )
        assert (len(technicians), len(asked)) == (TECHNICAL, ASKED)
        told = {"actor": steward, "classification": held}
        settling.answer(keys=technicians, technical=True, **told)
        settling.answer(keys=asked, technical=False, **told)
        settling.take_back(actor=steward, press=defined.last_press(steward))
        classify = whom_of(snapshot).classify
        readiness.measure_readiness(actor=steward, snapshot=snapshot, classify=classify)
        staff_record.open_staff_record(actor=steward, snapshot=snapshot, classify=classify, equality=False)
    release = released(organisation, snapshot, actor=steward)
    with within(organisation, user=steward):
        releases.open_exact(actor=steward, release=release)
        kind = {"organisation": organisation, "kind": CLASSES["person_rows"]}
        retention.set_retention(actor=steward, days=30, **kind)
        retention.show_what_would_go(actor=steward, **kind)
    return snapshot


def numbers_on(client, address):
    """The numbers that a page shows, as somebody reads them."""
    text = TAGS.sub(" ", client.get(address, follow=True).text)
    return {int(found) for found in re.findall(r"(?<![\d.:,-])\d+(?![\d:-])", text)}


EXACT = {PEOPLE, TECHNICAL, ASKED}


@pytest.mark.parametrize("role", [Role.LEAD, Role.PROJECT_OFFICER, Role.EQUALITY_DATA_STEWARD])
def test_nobody_but_the_steward_reads_exactly_how_many_there_are(role, organisation, users, furnished, client_of):
    client, found = client_of(users[role]), {}
    for page in PAGES:
        address = page.format(organisation.slug)
        found[address] = numbers_on(client, address) & EXACT
    with within(organisation, user=users[Role.HR_DATA_STEWARD]):
        told = {"actor": users[Role.HR_DATA_STEWARD], "organisation": organisation, "kind": CLASSES["person_rows"]}
        retention.switch_retention(**told, on=True)
        retention.delete_what_is_over(organisation=organisation, now=timezone.now() + timedelta(days=400))
    address = f"/o/{organisation.slug}/privacy/retention/"
    found["what was deleted"] = numbers_on(client, address) & EXACT

    assert {where: numbers for where, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize("number", sorted(EXACT))
def test_the_audit_is_not_found_by_a_number(number, organisation, users, furnished, client_of):
    page = client_of(users[Role.LEAD]).get(f"/o/{organisation.slug}/audit/", {"q": str(number)}).text

    assert "No entry fits these filters." in page


def test_what_would_go_is_named_to_the_lead_and_counted_for_the_steward(organisation, users, furnished, client_of):
    address = f"/o/{organisation.slug}/privacy/retention/person_rows/"
    pages = {
        role: client_of(users[role]).post(address, {"show": "yes"}).text for role in (Role.LEAD, Role.HR_DATA_STEWARD)
    }

    assert (f"{PEOPLE} people in snapshots" in pages[Role.LEAD], "people in snapshots" in pages[Role.LEAD]) == (False, True)  # fmt: skip
    assert f"{PEOPLE} people in snapshots" in pages[Role.HR_DATA_STEWARD]


def test_the_steward_reads_them(organisation, users, furnished, client_of):
    client = client_of(users[Role.HR_DATA_STEWARD])
    pages = [f"/o/{organisation.slug}/{rest}" for rest in ("workforce/", "privacy/accesses/")]

    assert [EXACT & numbers_on(client, page) for page in pages] == [{PEOPLE}, {PEOPLE, TECHNICAL}]


@pytest.mark.parametrize(("rows", "keys", "words"), [(1, 1, "one"), (7, 7, "several"), (300, 0, "all"), (0, 0, "none")])
def test_who_looked_is_said_in_words_to_whoever_may_not_count(
    rows, keys, words, organisation, users, furnished, client_of
):
    with within(organisation):
        told = {"actor": users[Role.HR_DATA_STEWARD], "page": "A page", "why": "A test", "snapshot": furnished}
        record_access(rows=rows, keys=[uuid4() for _ in range(keys)], **told)
    page = client_of(users[Role.LEAD]).get(f"/o/{organisation.slug}/privacy/accesses/").text
    first = page.split("<tbody>")[1].split("</tr>")[0]

    assert re.search(r'data-label="People">([^<]*)<', first).group(1) == words


def test_who_sees_what_a_loaded_file_became_is_written_down(organisation, users, client_of):
    steward = users[Role.HR_DATA_STEWARD]
    snapshot = loaded(organisation, actor=steward)
    client, address = client_of(steward), f"/o/{organisation.slug}/workforce/extracts/{snapshot.extract_id}/"
    assert "3 people with 3 contracts" in client.get(address).text
    assert client.get(address, headers={"HX-Request": "true"}).content == b""

    with within(organisation):
        seen = [(one.page, one.rows, one.snapshot_id) for one in Access.objects.all()]
    assert seen == [("A loaded extract", 3, snapshot.pk)]


def test_nothing_is_written_down_where_there_is_no_number_to_see(organisation, users, client_of):
    client_of(users[Role.HR_DATA_STEWARD]).get(f"/o/{organisation.slug}/workforce/")

    with within(organisation):
        assert not Access.objects.exists()
