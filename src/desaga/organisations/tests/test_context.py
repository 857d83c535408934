from __future__ import annotations

import pytest
from django_scopes import get_scope

from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.tenancy.context import (
    NOBODY,
    NoOrganisation,
    Standing,
    current_organisation,
    current_standing,
    enter,
    within,
    within_platform,
)


def test_nobody_is_told_until_somebody_is(db):
    assert current_standing() == NOBODY
    with pytest.raises(NoOrganisation):
        current_organisation()


def test_within_tells_database_and_managers_the_same(organisation):
    user = member_of(organisation, "reader")
    with within(organisation, user=user):
        assert current_standing() == Standing(
            organisation_id=organisation.pk, person_id=user.person_id, user_id=user.pk
        )
        assert current_organisation() == organisation
        assert get_scope()["person"] == user.person_id
    assert current_standing() == NOBODY


def test_within_ends_when_it_fails(organisation):
    with pytest.raises(LookupError), within(organisation):
        raise LookupError
    assert current_standing() == NOBODY


def test_within_ends_outside_tests_with_its_transaction(transactional_db):
    organisation = OrganisationFactory()
    with within(organisation):
        assert current_standing().organisation_id == organisation.pk
    assert current_standing() == NOBODY


def test_enter_goes_on_until_the_enclosing_within_ends(organisation):
    with within():
        enter(organisation)
        assert (current_organisation(), current_standing().organisation_id) == (organisation, organisation.pk)
    assert current_standing() == NOBODY


def test_the_platform_may_make_an_organisation_and_others_may_not(organisation):
    from django.db import transaction
    from django.db.utils import ProgrammingError

    from desaga.organisations.models import Organisation

    with within(organisation), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Organisation.objects.create(name="Mine", slug="mine", kind="company")
    with within_platform():
        assert Organisation.objects.create(name="New", slug="new", kind="company").pk


@pytest.mark.parametrize("identifier", ["1; drop table", object()])
def test_only_numbers_are_told(identifier):
    with pytest.raises((ValueError, TypeError)):
        Standing(organisation_id=identifier).settings()
