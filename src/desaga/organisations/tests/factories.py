"""Things to test with. Each factory enters the tenant that owns the row, since nobody else may write it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from django_scopes import get_scope

from desaga.tenancy.context import within, within_platform

from ..models import (
    ConsortiumMembership,
    Employment,
    GlossaryTerm,
    Grant,
    Group,
    GroupMembership,
    Organisation,
    Party,
    Person,
    PersonalDetails,
    RoleAssignment,
    Unit,
)
from ..states import GroupKind, OrganisationKind, PartyKind, Role, UnitKind

LONG_AGO = date(2020, 1, 1)
PASSWORD = "a long burning flame"


def in_name_of(organisation: Organisation | None, person: Any = None) -> AbstractContextManager[None]:
    """`within`, unless we stand there already: each entering asks the database four times."""
    scopes = get_scope()
    stands = scopes.get("organisation") == organisation and (not person or scopes.get("person") == person.pk)
    return nullcontext() if organisation and stands else within(organisation, person=person)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"University {n}")
    short_name = factory.LazyAttribute(lambda o: o.name.split()[0])
    slug = factory.Sequence(lambda n: f"university-{n}")
    kind = OrganisationKind.INSTITUTION
    has_workspace = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with within_platform():
            return super()._create(model_class, *args, **kwargs)


class OwnedFactory(factory.django.DjangoModelFactory):
    """A row of an organisation, written in its name."""

    class Meta:
        abstract = True

    organisation = factory.SubFactory(OrganisationFactory)

    @classmethod
    def tenant(cls, fields: dict[str, Any]) -> AbstractContextManager[None]:
        # Whom a row is about was there when it was written: nobody employs whom they do not know.
        return in_name_of(fields["organisation"], fields.get("person"))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with cls.tenant(kwargs):
            return super()._create(model_class, *args, **kwargs)


class PersonFactory(OwnedFactory):
    """A person recorded by an organisation: `PersonFactory(recorded_by=organisation)`."""

    class Meta:
        model = Person

    organisation = None
    name = factory.Sequence(lambda n: f"Person {n}")
    recorded_by = factory.SubFactory(OrganisationFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("organisation", None)
        with in_name_of(kwargs["recorded_by"]):
            return factory.django.DjangoModelFactory._create.__func__(cls, model_class, *args, **kwargs)


class PersonalDetailsFactory(OwnedFactory):
    class Meta:
        model = PersonalDetails

    organisation = None
    person = factory.SubFactory(PersonFactory)
    personal_email = factory.Sequence(lambda n: f"person{n}@home.example")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("organisation", None)
        with within(person=kwargs["person"]):
            return factory.django.DjangoModelFactory._create.__func__(cls, model_class, *args, **kwargs)


class UnitFactory(OwnedFactory):
    class Meta:
        model = Unit

    kind = UnitKind.FACULTY
    name = factory.Sequence(lambda n: f"Faculty {n}")
    has_technical_workforce = True


class EmploymentFactory(OwnedFactory):
    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory, recorded_by=factory.SelfAttribute("..organisation"))
    job_title = "Laboratory technician"
    starts_on = LONG_AGO


class RoleAssignmentFactory(OwnedFactory):
    class Meta:
        model = RoleAssignment

    person = factory.SubFactory(PersonFactory, recorded_by=factory.SelfAttribute("..organisation"))
    role = Role.READER
    starts_on = LONG_AGO


class GroupFactory(OwnedFactory):
    class Meta:
        model = Group

    kind = GroupKind.STEERING
    name = factory.Sequence(lambda n: f"Steering group {n}")


class GroupMembershipFactory(OwnedFactory):
    class Meta:
        model = GroupMembership

    group = factory.SubFactory(GroupFactory, organisation=factory.SelfAttribute("..organisation"))
    person = factory.SubFactory(PersonFactory, recorded_by=factory.SelfAttribute("..organisation"))
    starts_on = LONG_AGO


class PartyFactory(OwnedFactory):
    class Meta:
        model = Party

    kind = PartyKind.TEXT
    name = factory.Sequence(lambda n: f"Office {n}")


class GlossaryTermFactory(OwnedFactory):
    class Meta:
        model = GlossaryTerm

    code = factory.Sequence(lambda n: f"T{n}")
    meaning = factory.Sequence(lambda n: f"Meaning {n}")


class ConsortiumMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConsortiumMembership

    consortium = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.CONSORTIUM)
    member = factory.SubFactory(OrganisationFactory)
    starts_on = LONG_AGO

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with within(kwargs["consortium"]):
            return super()._create(model_class, *args, **kwargs)


class GrantFactory(factory.django.DjangoModelFactory):
    """`GrantFactory(owner_organisation=a, to_organisation=b, kind="plans.plan", object_id=plan.pk)`."""

    class Meta:
        model = Grant

    kind = "organisations.unit"
    starts_at = factory.LazyFunction(timezone.now)
    reason = "To work together"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with within(kwargs.get("owner_organisation"), person=kwargs.get("owner_person")):
            return super()._create(model_class, *args, **kwargs)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    password = factory.django.Password(PASSWORD)


def peopled_organisation(name: str, slug: str) -> Organisation:
    """An organisation with a unit, a person employed there, their own details, a group, a party and a term."""
    organisation = OrganisationFactory(name=name, slug=slug, short_name=name.split()[0])
    person = PersonFactory(recorded_by=organisation)
    with within(organisation, person=person):
        unit = UnitFactory(organisation=organisation, name=f"Faculty of {organisation.short_name}", code="FAC")
        EmploymentFactory(organisation=organisation, unit=unit, person=person)
        GroupMembershipFactory(organisation=organisation, person=person)
        PartyFactory(organisation=organisation, name="Technical services managers", code="TSM")
        GlossaryTermFactory(organisation=organisation, code="TSM", meaning="Technical services manager")
    PersonalDetailsFactory(person=person)
    return organisation


def member_of(
    organisation: Organisation, *roles: str, unit: Unit | None = None, name: str | None = None, **fields: Any
) -> Any:
    """A user whose person, of this name if one is given, holds these roles in an organisation, for a unit if one is given; `fields` are the user's."""
    person = PersonFactory(recorded_by=organisation, **({"name": name} if name else {}))
    with within(organisation, person=person):
        for role in roles:
            RoleAssignmentFactory(organisation=organisation, person=person, role=role, unit=unit)
    user = UserFactory(person=person, **fields)
    # So that `user.person` is at hand in a test that stands in another tenant, which may not read it.
    user.person = person
    return user


@dataclass(frozen=True)
class World:
    """Two tenants with rows of their own; a user for each role here, a lead there, and one who is nothing anywhere."""

    here: Organisation
    there: Organisation
    users: dict[str, Any]
    stranger: Any
    nobody: Any


def make_world() -> World:
    here = peopled_organisation("Northmoor University", "northmoor")
    there = peopled_organisation("Southmere Institute", "southmere")
    council = OrganisationFactory(name="Sector Council", slug="sector-council", kind=OrganisationKind.SECTOR_BODY)
    for owner in (here, there):
        GrantFactory(owner_organisation=owner, to_organisation=council)
    return World(
        here=here,
        there=there,
        users={role: member_of(here, role, email=f"{role}@northmoor.example") for role in Role.values},
        stranger=member_of(there, Role.LEAD, email="lead@southmere.example"),
        nobody=UserFactory(email="nobody@example.org"),
    )
