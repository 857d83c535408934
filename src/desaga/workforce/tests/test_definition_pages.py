"""The definition by its pages: read by all, written by the steward, tried, compared, and the borderline settled."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.privacy.models import Access
from desaga.tenancy.context import within

from .. import defined
from ..defining import STARTING, to_data
from ..models import ClassifiedRow
from ..operations import settling
from ..waiting import people_to_settle
from .factories import ROWS, classified, csv_of, loaded

pytestmark = pytest.mark.django_db

MANY = [(f"11{n:02}", f"Birch{n}", "Ann", "02/03/1980", *ROWS[0][4:]) for n in range(6)]


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def steward(organisation, client):
    user = member_of(organisation, Role.HR_DATA_STEWARD)
    client.force_login(user)
    return user


@pytest.fixture
def held(organisation, steward):
    return classified(loaded(organisation, csv_of([*MANY, ROWS[1], ROWS[2]]), actor=steward), actor=steward)


def at(organisation, rest=""):
    return f"/o/{organisation.slug}/workforce/{rest}"


def rules_of(organisation):
    with within(organisation):
        return [rule["reason"] for rule in defined.draft().content["rules"]]


def test_rules_are_added_moved_changed_and_removed_without_script(client, organisation, steward):
    draft = at(organisation, "definition/draft/")
    assert client.post(at(organisation, "definition/start/")).headers["Location"] == draft
    first = rules_of(organisation)
    rule = {
        "seen": "0",
        "soc": "5223, 5224",
        "title_not": "author",
        "unit": "School of Physics, Engineering and Technology",
        "outcome": "technician",
        "reason": "Our toolmakers.",
    }
    page = client.post(f"{draft}rules/add/", {**rule, "soc": "52x"})
    assert "“52x” is no SOC2020 code." in page.content.decode()
    client.post(f"{draft}rules/add/", rule)
    client.post(f"{draft}rules/{len(first) + 1}/move/", {"seen": "1", "up": "1"})
    assert rules_of(organisation) == [*first[:-1], "Our toolmakers.", first[-1]]
    page = client.post(f"{draft}rules/{len(first)}/", {**rule, "seen": "1"})
    assert "The draft has changed meanwhile" in page.content.decode()
    client.post(f"{draft}rules/1/remove/", {"seen": "2"})
    page = client.get(draft).content.decode()
    assert "SOC2020 code begins with 5223 or 5224" in page
    assert "job title does not have “author”" in page
    assert "School of Physics, Engineering and Technology" in page
    assert "Engineering and Technology”" in page
    assert rules_of(organisation)[0] == first[1]


def test_a_definition_goes_out_as_data_and_comes_in_again(client, organisation, steward, held):
    out = client.get(at(organisation, f"definition/versions/{held.version_id}/take-out/"))
    assert json.loads(out.content) == to_data(STARTING)
    file = SimpleUploadedFile("ours.json", out.content)
    client.post(at(organisation, "definition/take-in/"), {"document": file})
    assert rules_of(organisation) == [rule.reason for rule in STARTING.rules]
    bad = SimpleUploadedFile("bad.json", json.dumps({**to_data(STARTING), "counting": "some"}).encode())
    page = client.post(at(organisation, "definition/take-in/"), {"document": bad})
    assert "Say which contracts decide about a person" in page.content.decode()


def test_borderline_people_are_settled_together_and_taken_back(client, organisation, steward, held):
    here = at(organisation, f"snapshots/{held.snapshot_id}/technical-staff/")
    page = client.get(f"{here}borderline/").content.decode()
    assert "Workshop Technician" in page
    assert "Birch" not in page
    with within(organisation):
        access = Access.objects.latest("pk")
    assert (access.page, access.rows, access.snapshot_id) == ("Borderline people", 7, held.snapshot_id)
    client.post(f"{here}borderline/answer/", {"title": "Workshop Technician", "grade": "5", "technical": "1"})
    with within(organisation):
        assert ClassifiedRow.objects.filter(technical=True).count() == 6
        press = defined.last_press(steward)
    page = client.get(f"{here}borderline/one/").content.decode()
    assert "1 left" in page
    assert "Imaging Specialist" in page
    client.post(at(organisation, "definition/decisions/take-back/"), {"press": press, "snapshot": held.snapshot_id})
    with within(organisation):
        assert not ClassifiedRow.objects.filter(technical=True).exists()


def test_who_was_answered_about_in_another_job_is_asked_anew_with_what_was_said(client, organisation, steward, held):
    lead = member_of(organisation, Role.LEAD)
    with within(organisation, user=steward):
        row = defined.borderline(held).get(contract__job_title="Imaging Specialist")
        settling.answer(actor=steward, classification=held, keys=[row.key], technical=True, reason="Runs the suite.")
        (waits,) = people_to_settle(steward, organisation)
        assert waits.thing == "6 borderline people in the snapshot of 31 July 2025"
        assert list(people_to_settle(lead, organisation)) == []
    promoted = (*ROWS[1][:5], "7", *ROWS[1][6:])
    later = loaded(organisation, csv_of([*MANY, promoted, ROWS[2]]), actor=steward, as_at=date(2026, 7, 31))
    anew = classified(later, actor=steward, version=held.version)
    here = at(organisation, f"snapshots/{later.pk}/technical-staff/")
    said = f"Answered before: technical staff, by {steward.get_full_name()} on "
    for page in (f"{here}borderline/", f"{here}people/{row.key}/"):
        text = client.get(page).content.decode()
        assert text.count(said) == 1
        assert "because: Runs the suite. That was about another job" in text
    with within(organisation, user=steward):
        keys = [one.key for one in defined.borderline(anew)]
        settling.answer(actor=steward, classification=anew, keys=keys, technical=False)
        assert list(people_to_settle(steward, organisation)) == []
    assert said not in client.get(f"{here}people/{row.key}/").content.decode()


def test_somebody_is_found_by_number_and_overridden_with_a_reason(client, organisation, steward, held):
    here = at(organisation, f"snapshots/{held.snapshot_id}/technical-staff/")
    page = client.post(f"{here}people/", {"number": "9999"})
    assert "Nobody in this snapshot has that staff number." in page.content.decode()
    assert client.post(f"{here}people/", {"number": "no. 1"}).status_code == 200
    found = client.post(f"{here}people/", {"number": "1003"}).headers["Location"]
    # However it is written: as loading reads numbers.
    assert {
        client.post(f"{here}people/", {"number": words}).headers["Location"] for words in ("001003", " 1003.0")
    } == {found}
    assert "Because the last rule." in client.get(found).content.decode()
    assert client.post(found, {"technical": "yes", "reason": ""}).context["form"].errors.keys() == {"reason"}
    client.post(found, {"technical": "yes", "reason": "Runs the glass shop."})
    assert (
        "Runs the glass shop." in client.get(at(organisation, "definition/decisions/?kind=overrides")).content.decode()
    )


def test_what_a_version_makes_of_a_snapshot_and_two_compared(client, organisation, steward, held):
    here = at(organisation, f"snapshots/{held.snapshot_id}/technical-staff/")
    page = client.get(here).content.decode()
    assert "7 not decided about yet" in page
    assert f"definition/versions/{held.version_id}/" in page
    client.post(at(organisation, "definition/start/"))
    client.post(at(organisation, "definition/draft/rules/10/remove/"), {"seen": "0"})
    with within(organisation):
        draft = defined.draft()
    assert "Work out version 2" in client.get(f"{here}compare/").content.decode()
    classified(held.snapshot, actor=steward, version=draft)
    page = client.get(f"{here}compare/").content.decode()
    assert "6 of the people in post would be something else by version 2 than by version 1" in page
    assert "Workshop Technician" not in page
    (link,) = re.findall(r'href="([^"]*move=ask-[^"]*#opened)">6<', page)
    with within(organisation):
        seen = Access.objects.count()
    page = client.get(f"{here}compare/{link.replace('&amp;', '&')}").content.decode()
    assert "Workshop Technician" in page
    assert "Birch" not in page
    with within(organisation):
        assert Access.objects.count() == seen + 1


def test_readers_see_the_definition_and_no_draft_and_no_person(client, organisation, steward, held):
    client.post(at(organisation, "definition/start/"))
    with within(organisation):
        draft = defined.draft()
    client.force_login(member_of(organisation, Role.UNIT_LEAD))
    page = client.get(at(organisation, "definition/")).content.decode()
    assert "3111 laboratory technicians" in page
    assert "draft" not in page.lower()
    assert client.get(at(organisation, f"definition/versions/{draft.pk}/")).status_code == 404
    assert client.get(at(organisation, f"snapshots/{held.snapshot_id}/technical-staff/borderline/")).status_code == 403


def test_the_queue_costs_the_same_at_one_and_at_many(client, organisation, steward, held):
    here = at(organisation, f"snapshots/{held.snapshot_id}/technical-staff/borderline/")
    client.get(here)
    with CaptureQueriesContext(connection) as many:
        client.get(here)
    with within(organisation):
        ClassifiedRow.objects.filter(contract__job_title="Workshop Technician").delete()
    with CaptureQueriesContext(connection) as one:
        client.get(here)
    assert len(many) == len(one)


def test_a_version_that_is_adopted_is_worked_out_for_the_newest_snapshot_by_itself(client, organisation, steward):
    snapshot = loaded(organisation, csv_of([*MANY, ROWS[1], ROWS[2]]), actor=steward)
    client.post(at(organisation, "definition/start/"))
    today = timezone.localdate()
    day = {f"in_force_from_{part}": getattr(today, part) for part in ("day", "month", "year")}
    page = client.post(at(organisation, "definition/draft/adopt/"), {**day, "because": "Agreed."})
    assert page.status_code == 302
    with within(organisation):
        held = defined.classification(snapshot, defined.in_force())
    assert held is not None
