"""What an employer learns of its people's applications: only what the scheme says, once, and nothing of what was written."""

from __future__ import annotations

import pytest

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within

from ..operations import awards
from .awarding import PARTIES, accepted, applicant_of, offered
from .factories import letters, make_application, make_scheme, moved, received, with_role

#: What the application says beside who applied, and for whom they work.
WRITTEN = ("Cryogenics", "Hostwick", "helium", "Senior technician", "1,000", "1000", "Mona", "train")


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def home():
    """Where the applicant works: with a lead, and somebody who is none."""
    house = OrganisationFactory(name="University of Farfield", has_workspace=True)
    return with_role(house, Role.LEAD, "Hope Home"), with_role(house, Role.PROJECT_OFFICER, "Pia Officer")


def mails(user):
    return [f"{one.subject}\n{one.text}\n{one.html}" for one in letters(user.email)]


def test_the_lead_is_told_once_that_somebody_of_theirs_took_an_award(scheme, manager, home):
    lead, other = home
    award = offered(scheme, actor=manager)
    assert mails(lead) == []
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        awards.accept_award(award=award, parties=PARTIES, actor=user)
    (mail,) = mails(lead)
    assert mail.startswith(f"{scheme.name}: an award to somebody of yours")
    assert f"Ines Field of University of Farfield has accepted an award of {scheme.name}" in mail
    assert award.application.reference in mail
    assert [one for one in WRITTEN if one in mail] == []
    assert mails(other) == []


def test_an_award_that_is_turned_down_is_nobodys_to_know(scheme, manager, home):
    award = offered(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        awards.turn_down(award=award, actor=user)
    moved(received(make_application(scheme)), "find_eligible", "decline")
    assert mails(home[0]) == []


def test_where_the_scheme_says_so_the_lead_is_told_of_the_application_and_not_of_the_award(organisation, manager, home):
    scheme = make_scheme(organisation, actor=manager, like="collaboration-fund")
    application = received(make_application(scheme, like="collaboration-fund"))
    (mail,) = mails(home[0])
    assert mail.startswith(f"{scheme.name}: an application of somebody of yours")
    assert f"Ines Field of University of Farfield has applied to {scheme.name}" in mail
    assert [one for one in (*WRITTEN, "cryostats") if one in mail] == []
    moved(application, "find_eligible", "offer", "accept")
    assert len(mails(home[0])) == 1


def test_nobody_is_told_where_two_houses_have_the_name_or_none_has_it(scheme, manager, home):
    OrganisationFactory(name="University of Farfield", has_workspace=True)
    accepted(scheme, actor=manager)
    accepted(scheme, actor=manager, employer={"name": "A house that is not here"})
    assert mails(home[0]) == []


def test_whoever_runs_a_scheme_for_its_own_people_is_not_told_what_it_knows(scheme, manager):
    lead = with_role(scheme.organisation, Role.LEAD, "Lea Lead")
    accepted(scheme, actor=manager, employer={"name": scheme.organisation.name})
    assert mails(lead) == []
