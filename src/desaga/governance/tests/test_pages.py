"""Pages of groups, champions and budget: who sees what, and what a press does."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from desaga.governance.models import BudgetEntry, BudgetLine, TermsOfReference
from desaga.governance.queries import budget_summary
from desaga.organisations.models import Group, GroupMembership, Person, Unit
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import (
    GroupFactory,
    GroupMembershipFactory,
    OrganisationFactory,
    UnitFactory,
    peopled_organisation,
)
from desaga.tenancy.context import within

from .factories import YEAR, make_champion, make_entry, make_line, make_terms


@pytest.fixture
def lead(organisation, member, client_of):
    return client_of(member(Role.LEAD))


def post(client, organisation, path, **data):
    return client.post(f"/o/{organisation.slug}/{path}", data, follow=True)


def day(name, value):
    year, month, number = value.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def test_a_group_gets_seats_and_terms_which_are_reviewed_and_compared(organisation, lead):
    post(lead, organisation, "groups/add/", name="Awards panel", kind="working", meets_every_months=3)
    with within(organisation):
        group, person = Group.objects.get(name="Awards panel"), Person.objects.first()
    here = f"groups/{group.pk}"
    page = post(lead, organisation, f"{here}/seats/give/", person=person.pk, role="chair", is_technicians_seat="on")
    assert "Technician’s seat" in page.content.decode()
    told = {"after": 0, "text": "# Purpose\nTo judge nominations.", **day("agreed_on", "2025-01-05")}
    post(lead, organisation, f"{here}/terms/agree/", **told, **day("review_on", "2026-01-05"))
    told |= {"after": 1, "text": "# Purpose\nTo judge nominations fairly."}
    page = post(lead, organisation, f"{here}/terms/agree/", **told)
    assert "Every 3 months" in page.content.decode()
    words = lead.get(f"/o/{organisation.slug}/{here}/terms/2/?with=1").content.decode()
    assert "Added: </span> fairly</ins>" in words
    late = post(lead, organisation, f"{here}/terms/agree/", **told | {"text": "Written meanwhile"})
    assert "Somebody wrote a newer version meanwhile" in late.content.decode()
    with within(organisation):
        seat = GroupMembership.objects.get(group=group)
        assert TermsOfReference.objects.filter(group=group).count() == 2
    page = post(lead, organisation, f"{here}/seats/{seat.pk}/end/")
    assert b"the seat ends today." in page.content


@pytest.mark.parametrize(("role", "sees"), [(Role.LEAD, True), (Role.TECHNICIAN, False)])
def test_a_review_that_is_due_stands_in_my_work(organisation, member, client_of, role, sees):
    make_terms(GroupFactory(organisation=organisation, name="Steering"), review_on=date(2025, 1, 1))
    page = client_of(member(role)).get("/my-work/").content.decode()
    assert ("the terms of reference of Steering" in page) is sees


def test_gaps_are_named_and_filled(organisation, lead):
    with within(organisation):
        unit, person = Unit.objects.get(), Person.objects.first()
    page = lead.get(f"/o/{organisation.slug}/champions/").content.decode()
    assert "0 of 1 unit with technical workforce have their own champion, 1 has none." in page
    assert f"champions/name/?unit={unit.pk}" in page
    page = post(lead, organisation, "champions/name/", unit=unit.pk, person=person.pk).content.decode()
    assert "1 of 1 unit with technical workforce has their own champion." in page
    file = lead.get(f"/o/{organisation.slug}/champions.csv")
    assert person.name in file.content.decode()


def test_a_line_and_its_entries_are_written_and_taken_out(organisation, lead):
    year = f"budget/{YEAR}"
    page = post(lead, organisation, f"{year}/lines/add/", name="Training", kind="training", allotted="£1,000.00")
    assert "£1,000.00 is left" in page.content.decode()
    with within(organisation):
        line = BudgetLine.objects.get()
    entries = f"{year}/lines/{line.pk}/entries"
    told = {"kind": "committed", "what": "A course", "reference": "PO 1", **day("on", "2026-09-01")}
    wrong = post(lead, organisation, f"{entries}/add/", **told, amount="-5").content.decode()
    assert "Only money that comes back is below" in wrong
    post(lead, organisation, f"{entries}/add/", **told, amount="1,200.50")
    with within(organisation):
        entry = BudgetEntry.objects.get()
    page = post(lead, organisation, f"{entries}/{entry.pk}/edit/", **told | {"kind": "spent"}, amount="1100.25")
    assert "by £100.25" in page.content.decode()
    page = lead.get(f"/o/{organisation.slug}/{year}/").content.decode()
    assert "£100.25 more than was allotted" in page
    book = load_workbook(io.BytesIO(lead.get(f"/o/{organisation.slug}/{year}/budget.xlsx").content))
    cells = [[cell.value for cell in row] for sheet in book for row in sheet]
    assert any(row[3:7] == [1000, 0, 1100.25, -100.25] for row in cells)


def test_last_years_lines_are_copied_and_stand_beside(organisation, lead):
    make_line(organisation, year=YEAR - 1)
    page = post(lead, organisation, f"budget/{YEAR}/copy/").content.decode()
    assert "1 line is copied." in page
    page = lead.get(f"/o/{organisation.slug}/budget/{YEAR}/beside/").content.decode()
    assert "2025/26" in page
    assert "2026/27" in page


def test_another_year_does_not_show_a_line(organisation, lead):
    line = make_line(organisation)
    assert lead.get(f"/o/{organisation.slug}/budget/{YEAR - 1}/lines/{line.pk}/").status_code == 404


def test_the_financial_year_begins_where_the_settings_say(organisation, lead):
    organisation.financial_year_starts_in = 4
    with within(organisation):
        organisation.save()
    page = lead.get(f"/o/{organisation.slug}/budget/{YEAR}/").content.decode()
    assert "1 April 2026 to 31 March 2027" in page


@pytest.mark.parametrize(
    ("role", "link"), [(Role.FINANCE, True), (Role.STEERING_MEMBER, True), (Role.TECHNICIAN, False)]
)
def test_amounts_are_not_for_everybody(organisation, member, client_of, role, link):
    make_entry(make_line(organisation, name="CANARY"))
    page = client_of(member(role)).get(f"/o/{organisation.slug}/groups/").content.decode()
    assert ("/budget/" in page) is link
    answer = client_of(member(role)).get(f"/o/{organisation.slug}/budget/{YEAR}/budget.csv")
    assert (answer.status_code == 200) is link
    assert (b"CANARY" in answer.content) is link


def add_group(organisation):
    seat = GroupMembershipFactory(organisation=organisation)
    make_terms(seat.group)


def add_champion(organisation):
    make_champion(UnitFactory(organisation=organisation))


def add_line(organisation):
    number = len(budget_lines(organisation))
    make_entry(make_line(organisation, name=f"Line {number}", allotted=Decimal("10")))
    make_line(organisation, name=f"Line {number}", year=YEAR - 1)


def budget_lines(organisation):
    with within(organisation):
        return budget_summary(organisation, YEAR).lines


QUERIES = {
    "groups/": (16, add_group),
    "champions/": (15, add_champion),
    f"budget/{YEAR}/": (15, add_line),
    f"budget/{YEAR}/beside/": (13, add_line),
}


@pytest.mark.parametrize("path", QUERIES)
def test_a_list_asks_the_same_number_of_queries(path, db, member, client_of, query_count):
    organisation = peopled_organisation("Eastford University", "eastford")
    number, add = QUERIES[path]
    client = client_of(member(Role.LEAD, organisation=organisation))
    client.get("/nowhere/")  # The first visit of a session is written down.
    for rows in (1, 2):
        for _ in range(rows):
            add(organisation)
        with query_count(number):
            client.get(f"/o/{organisation.slug}/{path}")


def test_an_empty_organisation_is_told_the_next_step(db, member, client_of):
    organisation = OrganisationFactory()
    client = client_of(member(Role.LEAD, organisation=organisation))
    for path, words in {
        "groups/": "Add the first group",
        "champions/": "No unit is marked as having a technical workforce yet.",
        f"budget/{YEAR}/": "Add the first line",
    }.items():
        assert words in client.get(f"/o/{organisation.slug}/{path}").content.decode()
