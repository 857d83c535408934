from __future__ import annotations

import pytest

from desaga.audit.models import Entry
from desaga.organisations import queries
from desaga.organisations.models import GroupMembership, Unit
from desaga.organisations.operations import units as operations
from desaga.organisations.states import GroupKind, UnitKind
from desaga.organisations.tests.factories import (
    GroupFactory,
    GroupMembershipFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    UnitFactory,
)
from desaga.tenancy.context import within


@pytest.fixture
def faculty(organisation):
    return UnitFactory(organisation=organisation, name="Faculty of Science")


@pytest.fixture
def school(organisation, faculty):
    return UnitFactory(organisation=organisation, name="School of Physics", kind=UnitKind.SCHOOL, parent=faculty)


def test_add_unit_writes_the_unit_and_says_so(tenant, member):
    lead = member("lead")
    unit = operations.add_unit(actor=lead, organisation=tenant, name="Library", kind=UnitKind.SERVICE)
    entry = Entry.objects.first()
    assert (entry.actor, entry.verb, entry.thing_kind, entry.thing_id) == (
        lead,
        "added",
        "organisations.unit",
        str(unit.pk),
    )
    assert entry.changes["name"] == [None, "Library"]


def test_a_unit_is_not_part_of_itself(tenant, faculty):
    with pytest.raises(operations.UnitPartOfItself, match="part of itself"):
        operations.change_unit(actor=None, unit=faculty, parent=faculty)


def test_a_unit_is_not_part_of_its_own_part(tenant, faculty, school):
    group = UnitFactory(organisation=tenant, parent=school)
    with pytest.raises(operations.UnitPartOfItself):
        operations.change_unit(actor=None, unit=faculty, parent=group)


def test_a_unit_is_not_part_of_anothers(tenant, faculty):
    foreign = UnitFactory(organisation=OrganisationFactory())
    with pytest.raises(operations.UnitOfAnother):
        operations.change_unit(actor=None, unit=faculty, parent=foreign)


def test_a_unit_moves(tenant, faculty, school):
    other = UnitFactory(organisation=tenant)
    assert operations.change_unit(actor=None, unit=school, parent=other).parent == other


def test_a_change_that_changes_nothing_leaves_no_entry(tenant, faculty):
    operations.change_unit(actor=None, unit=faculty, name=faculty.name)
    assert Entry.objects.count() == 0


def test_a_unit_with_open_parts_stays_open(tenant, faculty, school):
    with pytest.raises(operations.UnitStillHasParts):
        operations.close_unit(actor=None, unit=faculty)
    operations.close_unit(actor=None, unit=school)
    operations.close_unit(actor=None, unit=faculty)
    assert not queries.open_units().filter(pk__in=[faculty.pk, school.pk]).exists()


def test_unit_tree_nests_parts_under_their_whole(tenant, faculty, school, query_count):
    with query_count(1):
        tree = {branch.unit.name: [part.unit.name for part in branch.branches] for branch in queries.unit_tree()}
    assert tree == {"Faculty of Northmoor": [], "Faculty of Science": ["School of Physics"]}


def test_one_per_faculty_stands_for_the_faculties_with_technical_workforce(tenant):
    Unit.objects.update(has_technical_workforce=False)
    UnitFactory(organisation=tenant, name="Engineering", has_technical_workforce=True)
    UnitFactory(organisation=tenant, name="Optics", kind=UnitKind.SCHOOL)
    party = PartyFactory(organisation=tenant, one_per=UnitKind.FACULTY, only_with_technical_workforce=True)
    assert [unit.name for unit in queries.units_for_one_per(party)] == ["Engineering"]


def test_give_seat_refuses_a_second_one(tenant):
    seat = GroupMembershipFactory(organisation=tenant)
    with pytest.raises(operations.AlreadyInGroup):
        operations.give_seat(actor=None, group=seat.group, person=seat.person)


def test_a_seat_can_be_given_again_after_its_end(tenant):
    seat = GroupMembershipFactory(organisation=tenant)
    operations.end_seat(actor=None, seat=seat)
    again = operations.give_seat(actor=None, group=seat.group, person=seat.person)
    assert again.ends_on is None


def test_closing_a_group_ends_its_seats(tenant):
    seat = GroupMembershipFactory(organisation=tenant)
    group = operations.close_group(actor=None, group=seat.group)
    assert group.closed_on is not None
    assert not GroupMembership.objects.filter(group=group, ends_on=None).exists()


def test_groups_come_with_their_present_seats(tenant, query_count):
    group = GroupFactory(organisation=tenant, name="Working group", kind=GroupKind.WORKING)
    with within(tenant):
        for _ in range(2):
            GroupMembershipFactory(organisation=tenant, group=group, person=PersonFactory(recorded_by=tenant))
    with query_count(2):
        seats = {group.name: len(group.seats) for group in queries.groups_with_seats()}
    assert seats["Working group"] == 2
