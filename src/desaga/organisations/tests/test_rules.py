"""Who may do what, as a table."""

from __future__ import annotations

import pytest

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UserFactory, member_of
from desaga.tenancy.context import within

PROGRAMME = {Role.LEAD, Role.PROJECT_OFFICER}
KEEPERS = PROGRAMME | {Role.HR_DATA_STEWARD}
MEETS_PEOPLE = KEEPERS | {Role.UNIT_LEAD, Role.CHAMPION, Role.LINE_MANAGER}

MAY = {
    "see_organisation": set(Role),
    "see_people": MEETS_PEOPLE,
    "keep_structure": PROGRAMME,
    "keep_parties": PROGRAMME,
    "keep_people": KEEPERS,
    "see_roles": PROGRAMME,
    "give_roles": {Role.LEAD},
    "see_grants": PROGRAMME,
    "give_grants": {Role.LEAD},
    "change_settings": {Role.LEAD},
    "read_audit": KEEPERS,
}


@pytest.mark.parametrize("permission", MAY)
def test_each_role_may_what_the_table_says(permission, organisation):
    users = {role: member_of(organisation, role) for role in Role}
    with within(organisation):
        allowed = set()
        for role, user in users.items():
            with within(organisation, user=user):
                if user.has_perm(f"organisations.{permission}", organisation):
                    allowed.add(role)
    assert allowed == MAY[permission]


@pytest.mark.parametrize("permission", MAY)
def test_a_role_elsewhere_gives_nothing_here(permission, organisation, other_organisation):
    user = member_of(other_organisation, Role.LEAD)
    with within(user=user):
        assert not user.has_perm(f"organisations.{permission}", organisation)


def test_a_platform_administrator_may_nothing_without_an_elevation(organisation):
    user = UserFactory(is_platform_administrator=True)
    with within(user=user):
        assert not any(user.has_perm(f"organisations.{permission}", organisation) for permission in MAY)


def test_a_role_for_a_unit_is_a_role_for_what_is_in_it(organisation):
    from desaga.organisations.models import Employment, Unit
    from desaga.organisations.rules import has_role_for_unit
    from desaga.organisations.tests.factories import EmploymentFactory

    with within(organisation):
        unit = Unit.objects.get()
        inside, outside = Employment.objects.get(), EmploymentFactory(organisation=organisation)
    user = member_of(organisation, Role.UNIT_LEAD, unit=unit)
    leads_unit = has_role_for_unit(Role.UNIT_LEAD)
    with within(organisation, user=user):
        assert (leads_unit(user, inside), leads_unit(user, outside)) == (True, False)
