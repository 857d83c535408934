"""Who sees a row: its owner, whoever holds a grant, and everybody once it is published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from django_scopes import ScopeError

from desaga.organisations.models import Employment, Grant, Party, Person, PersonalDetails, Unit
from desaga.organisations.ownership import OwnedByOrganisation, OwnedByPerson
from desaga.organisations.states import May
from desaga.organisations.tests.factories import (
    EmploymentFactory,
    GrantFactory,
    GroupMembershipFactory,
    OrganisationFactory,
    PersonalDetailsFactory,
    PersonFactory,
    RoleAssignmentFactory,
    UnitFactory,
)
from desaga.tenancy.context import within

UNIT = "organisations.unit"


def names_seen(reader: Any, **who: Any) -> list[str]:
    """What a reader sees by the manager; the database is asked the same without any manager and must agree."""
    with within(reader, **who):
        by_manager = sorted(unit.name for unit in Unit.visible.all())
        with connection.cursor() as cursor:
            cursor.execute("select name from organisations_unit order by name")
            assert [name for (name,) in cursor.fetchall()] == by_manager
        return by_manager


@pytest.fixture
def owner(db):
    return OrganisationFactory(name="Owner")


@pytest.fixture
def reader(db):
    return OrganisationFactory(name="Reader")


@pytest.fixture
def unit(owner):
    UnitFactory(organisation=owner, name="Chemistry")
    return UnitFactory(organisation=owner, name="Physics")


def test_a_query_without_a_tenant_raises(unit):
    with pytest.raises(ScopeError):
        Unit.objects.count()
    with pytest.raises(ScopeError):
        Unit.visible.count()
    with pytest.raises(ScopeError):
        PersonalDetails.objects.count()


def test_every_owned_model_refuses_a_query_without_a_tenant():
    from django.apps import apps

    open_models = []
    for model in apps.get_models():
        if issubclass(model, OwnedByOrganisation | OwnedByPerson):
            try:
                list(model.objects.all()[:1])
            except ScopeError:
                continue
            open_models.append(model.__name__)
    assert open_models == []


def test_an_owner_sees_its_own(owner, unit):
    assert names_seen(owner) == ["Chemistry", "Physics"]


def test_others_see_nothing(reader, unit):
    assert names_seen(reader) == []


def test_a_grant_opens_one_thing(owner, reader, unit):
    GrantFactory(owner_organisation=owner, to_organisation=reader, kind=UNIT, object_id=unit.pk)
    assert names_seen(reader) == ["Physics"]


def test_a_grant_opens_everything_of_a_kind(owner, reader, unit):
    GrantFactory(owner_organisation=owner, to_organisation=reader, kind=UNIT)
    assert names_seen(reader) == ["Chemistry", "Physics"]


def test_a_grant_to_a_person_opens_to_the_person_alone(owner, reader, unit):
    person = PersonFactory(recorded_by=reader)
    GrantFactory(owner_organisation=owner, to_person=person, kind=UNIT, object_id=unit.pk)
    assert (names_seen(reader), names_seen(reader, person=person), names_seen(None, person=person)) == (
        [],
        ["Physics"],
        ["Physics"],
    )


@pytest.mark.parametrize(
    ("terms", "seen"),
    [
        ({"starts_at": -2}, ["Physics"]),
        ({"starts_at": 1}, []),
        ({"starts_at": -2, "ends_at": 1}, ["Physics"]),
        ({"starts_at": -2, "ends_at": -1}, []),
        ({"starts_at": -2, "revoked_at": -1}, []),
    ],
)
def test_a_grant_holds_while_it_holds(terms, seen, owner, reader, unit):
    moments = {name: timezone.now() + timedelta(hours=hours) for name, hours in terms.items()}
    GrantFactory(owner_organisation=owner, to_organisation=reader, kind=UNIT, object_id=unit.pk, **moments)
    assert names_seen(reader) == seen


def test_a_grant_of_another_kind_opens_nothing(owner, reader, unit):
    GrantFactory(owner_organisation=owner, to_organisation=reader, kind="organisations.party", object_id=unit.pk)
    assert names_seen(reader) == []


def test_nobody_grants_themselves_what_is_anothers(owner, reader, unit):
    GrantFactory(owner_organisation=reader, to_organisation=reader, kind=UNIT, object_id=unit.pk)
    assert names_seen(reader) == []


def test_a_grant_is_not_made_in_anothers_name(owner, reader, unit):
    with within(reader), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Grant.objects.create(
            owner_organisation=owner, to_organisation=reader, kind=UNIT, starts_at=timezone.now(), reason="mine"
        )


@pytest.mark.parametrize(("may", "changed"), [(May.SEE, 0), (May.ACT, 1)])
def test_only_a_grant_to_act_lets_others_change_a_row(may, changed, owner, reader, unit):
    GrantFactory(owner_organisation=owner, to_organisation=reader, kind=UNIT, object_id=unit.pk, may=may)
    with within(reader):
        assert Unit.visible.filter(pk=unit.pk).update(code="PHYS") == changed


def test_a_grant_to_act_does_not_let_others_remove_or_take_a_row(owner, reader, unit):
    GrantFactory(owner_organisation=owner, to_organisation=reader, kind=UNIT, object_id=unit.pk, may=May.ACT)
    with within(reader):
        assert Unit._base_manager.filter(pk=unit.pk)._raw_delete("default") == 0
        with pytest.raises(ProgrammingError, match="the owner of a row"), transaction.atomic():
            Unit._base_manager.filter(pk=unit.pk).update(organisation=reader)


def test_a_person_takes_what_is_their_own_along(owner, reader):
    person = PersonFactory(recorded_by=owner)
    details = PersonalDetailsFactory(person=person)
    day = timezone.localdate()
    then = EmploymentFactory(organisation=owner, person=person, starts_on=day - timedelta(days=99))

    def seen_by(organisation: Any) -> bool:
        with within(organisation):
            seen = PersonalDetails.objects.filter(pk=details.pk).exists()
            assert PersonalDetails._base_manager.filter(pk=details.pk).exists() == seen
            return seen

    assert (seen_by(owner), seen_by(reader)) == (True, False)
    with within(owner):
        Employment.objects.filter(pk=then.pk).update(ends_on=day - timedelta(days=1))
    EmploymentFactory(organisation=reader, person=person, starts_on=day)
    assert (seen_by(owner), seen_by(reader)) == (False, True)
    with within(person=person):
        assert PersonalDetails.objects.get().pk == details.pk


def test_an_employer_reads_what_is_the_persons_own_and_does_not_change_it(owner):
    details = PersonalDetailsFactory(person=EmploymentFactory(organisation=owner).person)
    with within(owner):
        assert PersonalDetails.objects.count() == 1
        assert PersonalDetails.objects.filter(pk=details.pk).update(personal_email="") == 0


def test_a_former_employer_still_knows_the_name(owner, reader):
    from desaga.organisations.models import Person

    employment = EmploymentFactory(organisation=owner, ends_on=timezone.localdate() - timedelta(days=1))
    with within(owner):
        assert Person.objects.filter(pk=employment.person_id).exists()
    with within(reader):
        assert not Person.objects.filter(pk=employment.person_id).exists()


def test_a_person_sees_their_employments_everywhere(owner, reader):
    person = PersonFactory(recorded_by=owner)
    for employer in (owner, reader):
        EmploymentFactory(organisation=employer, person=person)
    with within(person=person):
        assert Employment.theirs.count() == 2
    with within(owner):
        assert Employment.objects.filter(person=person).count() == 1


def test_the_inner_tenant_replaces_the_outer_and_gives_way_again(owner, reader, unit):
    with within(owner):
        with within(reader):
            assert Unit.objects.count() == 0
        assert Unit.objects.count() == 2


def test_an_inner_tenant_that_fails_gives_way_too(owner, reader, unit):
    with within(owner):
        with pytest.raises(LookupError), within(reader):
            raise LookupError
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from organisations_unit")
            assert cursor.fetchone() == (2,)


def test_a_persons_own_scope_forgets_the_outer_organisation(owner, unit):
    with within(owner), within(person=PersonFactory(recorded_by=owner)), pytest.raises(ScopeError):
        Party.objects.count()


@pytest.mark.parametrize("factory", [EmploymentFactory, RoleAssignmentFactory, GroupMembershipFactory])
def test_nobody_employs_or_seats_whom_they_do_not_know(factory, owner, reader):
    theirs = PersonFactory(recorded_by=reader)
    row = factory(organisation=owner)
    row.pk, row.person = None, theirs
    with within(owner):
        with pytest.raises(ProgrammingError, match="not open to you"), transaction.atomic():
            row.save(force_insert=True)
        assert not Person.objects.filter(pk=theirs.pk).exists()
