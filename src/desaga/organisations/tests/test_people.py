from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations import queries
from desaga.organisations.membership import membership_of, organisations_of
from desaga.organisations.models import Employment, Person, RoleAssignment
from desaga.organisations.operations import people as operations
from desaga.organisations.states import Role, UnitKind
from desaga.organisations.tests.factories import (
    EmploymentFactory,
    PersonFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
    member_of,
)
from desaga.tenancy.context import within


def names_for(user, organisation):
    with within(organisation, user=user):
        membership = membership_of(user, organisation)
        return sorted(person.name for person in queries.people_visible_to(membership))


@pytest.fixture
def staff(organisation):
    """Three people: in the faculty, in a school of it, and in another faculty; the last is managed by the first."""
    faculty = UnitFactory(organisation=organisation, name="Science")
    school = UnitFactory(organisation=organisation, name="Physics", kind=UnitKind.SCHOOL, parent=faculty)
    other = UnitFactory(organisation=organisation, name="Arts")
    people = [PersonFactory(recorded_by=organisation, name=name) for name in ("Ada", "Bea", "Cleo")]
    for person, unit in zip(people, (faculty, school, other), strict=True):
        EmploymentFactory(organisation=organisation, person=person, unit=unit)
    return {"faculty": faculty, "people": people}


@pytest.mark.parametrize("role", [Role.LEAD, Role.PROJECT_OFFICER, Role.HR_DATA_STEWARD])
def test_those_who_keep_people_see_everybody(role, organisation, staff):
    assert {"Ada", "Bea", "Cleo"} <= set(names_for(member_of(organisation, role), organisation))


def test_a_unit_lead_sees_the_unit_and_its_parts(organisation, staff):
    user = member_of(organisation, Role.UNIT_LEAD, unit=staff["faculty"])
    assert names_for(user, organisation) == sorted(["Ada", "Bea", user.person.name])


def test_a_line_manager_sees_their_reports(organisation, staff):
    user = member_of(organisation, Role.LINE_MANAGER)
    with within(organisation):
        Employment.objects.filter(person=staff["people"][2]).update(line_manager=user.person)
    assert names_for(user, organisation) == sorted(["Cleo", user.person.name])


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.READER, Role.EDITOR])
def test_others_see_themselves(role, organisation, staff):
    user = member_of(organisation, role)
    assert names_for(user, organisation) == [user.person.name]


def test_the_list_carries_the_current_employment(tenant, member):
    user = member(Role.LEAD)
    past = EmploymentFactory(
        organisation=tenant, job_title="Apprentice", ends_on=timezone.localdate() - timedelta(days=1)
    )
    EmploymentFactory(organisation=tenant, person=past.person, job_title="Glassblower", work_email="g@n.example")
    listed = queries.people_listed_for(membership_of(user, tenant), words="glass")
    assert [(person.job_title, person.work_email) for person in listed] == [("Glassblower", "g@n.example")]


def test_add_person_records_the_person_and_the_employment(tenant, member):
    person = operations.add_person(
        actor=member(Role.LEAD),
        organisation=tenant,
        name="Dora",
        employment={"job_title": "Analyst", "starts_on": timezone.localdate()},
    )
    assert queries.is_employed_at(person, tenant)
    assert [entry.thing_kind for entry in Entry.objects.all()] == ["organisations.employment", "organisations.person"]


def test_an_employment_ends_after_it_starts(tenant):
    with pytest.raises(operations.EndsBeforeStart):
        operations.add_employment(
            actor=None,
            organisation=tenant,
            person=Person.objects.first(),
            starts_on=timezone.localdate(),
            ends_on=timezone.localdate() - timedelta(days=1),
        )


def test_nobody_manages_themselves(tenant):
    employment = Employment.objects.first()
    with pytest.raises(operations.ManagesThemselves):
        operations.change_employment(actor=None, employment=employment, line_manager=employment.person)


def test_every_change_of_an_employment_is_kept_by_the_database(tenant):
    from django.apps import apps

    employment = Employment.objects.first()
    Employment.objects.filter(pk=employment.pk).update(job_title="Workshop manager")
    history = apps.get_model("organisations", "EmploymentEvent").objects.filter(pgh_obj=employment).order_by("pgh_id")
    assert [event.job_title for event in history] == ["Laboratory technician", "Workshop manager"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.UNIT_LEAD, Role.CHAMPION}))
def test_a_role_with_power_over_the_whole_is_not_given_for_a_unit(tenant, staff, role):
    with pytest.raises(operations.RoleForTheWhole):
        operations.give_role(
            actor=None, organisation=tenant, person=Person.objects.first(), role=role, unit=staff["faculty"]
        )


def test_give_role_refuses_the_same_role_twice(tenant):
    assignment = RoleAssignmentFactory(organisation=tenant, role=Role.CHAMPION)
    with pytest.raises(operations.AlreadyHoldsRole):
        operations.give_role(actor=None, organisation=tenant, person=assignment.person, role=Role.CHAMPION)


def test_the_only_lead_stays(tenant):
    lead = RoleAssignmentFactory(organisation=tenant, role=Role.LEAD)
    with pytest.raises(operations.LastLead):
        operations.end_role(actor=None, assignment=lead)
    RoleAssignmentFactory(organisation=tenant, role=Role.LEAD)
    assert operations.end_role(actor=None, assignment=lead).ends_on == timezone.localdate() - timedelta(days=1)


def test_an_ended_role_no_longer_opens_the_workspace(organisation, client_of):
    user = member_of(organisation, Role.PROJECT_OFFICER)
    address = f"/o/{organisation.slug}/units/"
    assert client_of(user).get(address).status_code == 200
    with within(organisation):
        operations.end_role(actor=None, assignment=RoleAssignment.objects.get(person=user.person))
    assert client_of(user).get(address).status_code == 404


def test_an_employment_opens_the_workspace_while_it_lasts(organisation, client_of):
    employment = EmploymentFactory(organisation=organisation, ends_on=timezone.localdate())
    user = UserFactory(person=employment.person)
    address = f"/o/{organisation.slug}/units/"
    assert client_of(user).get(address).status_code == 200
    with within(organisation):
        Employment.objects.filter(pk=employment.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client_of(user).get(address).status_code == 404


def test_organisations_of_lists_where_somebody_belongs(organisation, other_organisation):
    user = member_of(organisation, Role.READER)
    EmploymentFactory(organisation=other_organisation, person=user.person)
    with within(user=user):
        assert organisations_of(user) == [organisation, other_organisation]
    with within(user=UserFactory()):
        assert organisations_of(UserFactory()) == []


def test_personal_details_are_changed_by_the_person_alone(organisation):
    user = member_of(organisation, Role.TECHNICIAN)
    with pytest.raises(operations.NotThemselves):
        operations.change_personal_details(
            actor=member_of(organisation, Role.LEAD), person=user.person, personal_email="a@b.example"
        )
    details = operations.change_personal_details(actor=user, person=user.person, personal_email="a@b.example")
    assert details.personal_email == "a@b.example"
