import pytest

from desaga.accounts.rules import LEADS_TO_GIVE, roles_to_give
from desaga.organisations.membership import membership_of
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import make_world
from desaga.tenancy.context import within

MAY_INVITE = {Role.LEAD, Role.PROJECT_OFFICER}


@pytest.mark.parametrize("role", Role.values)
def test_who_may_invite_and_as_what(db, role):
    world = make_world()
    user = world.users[role]
    with within(world.here, user=user):
        assert user.has_perm("accounts.invite_people", world.here) is (role in MAY_INVITE)
        expected = {
            Role.LEAD: set(Role),
            Role.PROJECT_OFFICER: set(Role) - set(LEADS_TO_GIVE),
        }.get(role, set())
        assert set(roles_to_give(membership_of(user, world.here))) == expected
        assert not user.has_perm("accounts.invite_people", world.there)


@pytest.mark.parametrize(("administrator", "expected"), [(True, True), (False, False)])
def test_only_who_runs_the_platform_steps_into_organisations(db, administrator, expected):
    from desaga.organisations.tests.factories import UserFactory

    user = UserFactory(is_platform_administrator=administrator)
    assert user.has_perm("accounts.step_into_organisations") is expected
