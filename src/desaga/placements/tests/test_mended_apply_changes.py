"""Changes in named parts cannot be walked round: what was taken back, or refused, opens no more than these."""

from __future__ import annotations

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..answering import PEOPLE
from ..models import Application
from ..operations import applications, asking_changes, schemes
from ..queries.applications import applications_for
from .factories import answered, make_application, make_scheme, received, sent, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def asked_anew(scheme, manager):
    """Changed where changes were asked for, in a way that concerns those who approved, and sent again."""
    application = received(make_application(scheme))
    with within(scheme.organisation, user=manager):
        asking_changes.ask_for_changes(actor=manager, application=application, open_parts=["money"], words="Less.")
        costs = [{"kind": "travel", "what": "Train", "pounds": "90", "currency": "GBP", "foreign": ""}]
        applications.save_answers(actor=None, application=application, answers={"costs": costs})
    return sent(application)


def now_of(application):
    with within(application.organisation):
        return Application.objects.get(pk=application.pk)


def test_taken_back_it_opens_only_what_was_to_be_changed(scheme, manager, asked_anew):
    assert asked_anew.state == "with_approvers"
    with within(scheme.organisation, user=manager):
        assert asked_anew in applications_for(manager, scheme.organisation)
        schemes.close_scheme(actor=manager, scheme=scheme)
        back = applications.take_back(actor=None, application=asked_anew)
        assert (back.state, back.open_sections) == ("changes_asked", ["money"])
        with pytest.raises(applications.IsLocked):
            applications.save_answers(actor=None, application=back, answers={"title": "Another"})
        # Closed meanwhile: staff asked for the change, so it may come back.
        assert applications.send(actor=None, application=back).state == "with_approvers"


def test_a_no_opens_what_was_refused_and_no_more(asked_anew):
    answered(asked_anew, "line_manager", "refuse", words="Not then.")
    back = now_of(asked_anew)
    assert back.state == "changes_asked"
    assert set(back.open_sections) == {"money", "placement", PEOPLE}
    assert not back.is_open("about_you")


def test_a_first_sending_opens_whole_again(scheme):
    application = sent(make_application(scheme))
    answered(application, "line_manager", "refuse", words="Not then.")
    assert now_of(application).state == "draft"
