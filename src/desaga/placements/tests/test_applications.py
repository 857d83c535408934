"""An application from its beginning to its receipt, as the operations tell it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from desaga.accounts.tests.factories import UserFactory
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PersonFactory
from desaga.tenancy.context import within

from ..models import Answer, Application, ApplicationEvent
from ..operations import applications, gate, schemes
from ..queries.applications import applications_for, applications_of, own_applications, typed
from ..queries.schemes import money_of, version_in_force
from ..states import ENDED, TRANSITIONS, WORDS, ApplicationState, SchemeState
from .factories import make_applicant, make_application, make_round, make_scheme, moved, received, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def test_every_state_has_words_for_the_applicant():
    assert set(WORDS) == set(ApplicationState)


def test_the_same_press_begins_one(scheme):
    applicant, press = make_applicant(scheme), uuid4()
    with within(scheme.organisation, user=applicant):
        first, second = (applications.begin(actor=applicant, scheme=scheme, submission=press) for _ in range(2))
        assert first == second
        assert first.reference.startswith(f"{scheme.code}-")
        assert list(applications_of(applicant)) == [first]


def test_who_has_an_account_and_is_nobody_yet_is_written_down(scheme):
    applicant = UserFactory(person=None)
    with within(scheme.organisation, user=applicant):
        application = applications.begin(actor=applicant, scheme=scheme)
    assert application.applicant == applicant.person
    with within(user=applicant):
        assert [one.reference for one in own_applications()] == [application.reference]


def test_nobody_finds_anothers_application(scheme):
    application, other = make_application(scheme), make_applicant(scheme, "Other Body")
    with within(scheme.organisation, user=other):
        assert not applications_of(other).exists()
    with within(user=other):
        assert not own_applications().exists()
        assert not Application._base_manager.filter(pk=application.pk).exists()


def test_what_is_typed_is_kept_right_or_wrong_and_once(scheme):
    application = make_application(scheme, starts_on={"day": "31", "month": "2", "year": "x"})
    with within(scheme.organisation):
        for _ in range(2):
            applications.save_answers(actor=None, application=application, answers={"title": "Anew", "job": ""})
        kept = typed(application)
        assert (kept["title"], kept["starts_on"]["year"]) == ("Anew", "x")
        assert Answer.objects.filter(application=application, key="title").count() == 1
        with pytest.raises(applications.NoSuchQuestion):
            applications.save_answers(actor=None, application=application, answers={"state": "offered"})
        with pytest.raises(applications.TooMuch):
            applications.save_answers(actor=None, application=application, answers={"aims": "x" * 70_000})


def test_what_was_sent_earlier_and_comes_later_changes_nothing(scheme):
    application, now = make_application(scheme), timezone.now() + timedelta(minutes=5)
    with within(scheme.organisation):
        applications.save_answers(actor=None, application=application, answers={"title": "Second"}, at=now, now=now)
        applications.save_answers(
            actor=None, application=application, answers={"title": "First"}, at=now - timedelta(seconds=1), now=now
        )
        assert typed(application)["title"] == "Second"


def test_it_is_sent_when_complete_and_locked_while_it_waits(scheme):
    application = make_application(scheme, title="")
    with within(scheme.organisation):
        with pytest.raises(applications.NotComplete):
            applications.send(actor=None, application=application)
        applications.save_answers(actor=None, application=application, answers={"title": "Cold work"})
        application = applications.send(actor=None, application=application)
        assert (application.state, application.title, str(application.asked)) == (
            "with_approvers",
            "Cold work",
            "1020.50",
        )
        with pytest.raises(applications.IsLocked):
            applications.save_answers(actor=None, application=application, answers={"title": "Other"})
        application = applications.take_back(actor=None, application=application)
        applications.save_answers(actor=None, application=application, answers={"title": "Other"})


def test_it_is_heard_by_the_next_panel_whose_cut_off_is_not_past(scheme, manager):
    later = make_round(scheme, actor=manager, meets_in=150)
    first = received(make_application(scheme))
    with within(scheme.organisation):
        now = timezone.now() + timedelta(days=40)
        application = applications.send(actor=None, application=make_application(scheme), now=now)
        second = applications.receive(application, actor=None, now=now)
        assert second.round == later
    assert first.round.meets_on < later.meets_on


def test_changes_open_the_parts_that_are_named(scheme):
    application = moved(received(make_application(scheme)), "ask_for_changes", open_sections=["money"])
    with within(scheme.organisation):
        applications.save_answers(actor=None, application=application, answers={"payee": "person"})
        with pytest.raises(applications.IsLocked):
            applications.save_answers(actor=None, application=application, answers={"title": "Other"})


def test_copied_into_a_new_one(scheme):
    application = moved(received(make_application(scheme)), "withdraw")
    applicant = make_applicant(scheme)
    with within(scheme.organisation, user=applicant):
        new = applications.copy(actor=applicant, application=application)
        assert (new.state, new.copied_from) == ("draft", application)
        assert typed(new) == typed(application)


def test_what_has_ended_leads_nowhere_but_where_somebody_looks_again():
    leads = {state: {deed for deed, one in TRANSITIONS.items() if state in one.sources} for state in ApplicationState}
    assert {state: deeds for state, deeds in leads.items() if state in ENDED and deeds} == {
        "ineligible": {"look_again"},
        "turned_down": {"offer_again"},
    }
    assert {one.target for one in TRANSITIONS.values()} == set(ApplicationState)


def test_the_gate_refuses_and_keeps_a_history(scheme):
    application = received(make_application(scheme))
    with within(scheme.organisation):
        with pytest.raises(gate.NotNow):
            gate.move(application, "accept", actor=None, now=timezone.now())
        kinds = ApplicationEvent.objects.filter(application=application).values_list("kind", flat=True)
        assert list(kinds) == ["begun", "send", "asked", "asked", "receive"]


def test_a_scheme_that_takes_none(scheme, manager):
    applicant = make_applicant(scheme)
    with within(scheme.organisation, user=manager):
        schemes.close_scheme(actor=manager, scheme=scheme)
    scheme.state = SchemeState.CLOSED
    with within(scheme.organisation, user=applicant), pytest.raises(applications.TakesNone):
        applications.begin(actor=applicant, scheme=scheme)


def test_a_new_version_is_for_who_begins_after_it(scheme, manager):
    before = make_application(scheme)
    with within(scheme.organisation, user=manager):
        data = {**version_in_force(scheme).data, "most": "750"}
        schemes.write_version(actor=manager, scheme=scheme, data=data, note="Less money")
        assert version_in_force(scheme).number == 1
        schemes.put_in_force(actor=manager, scheme=scheme)
        with pytest.raises(schemes.NothingWritten):
            schemes.put_in_force(actor=manager, scheme=scheme)
    after = make_application(scheme)
    assert (before.definition.most, after.definition.most) == (5000, 750)


def test_the_money_of_a_year(scheme):
    received(make_application(scheme))
    moved(received(make_application(scheme)), "find_eligible", "offer")
    with within(scheme.organisation):
        sums = money_of(scheme.budgets.get())
    assert {name: str(amount) for name, amount in sums.items()} == {
        "amount": "20000.00", "asked": "1020.50", "committed": "1020.50", "spent": "0", "left": "18979.50",
    }  # fmt: skip


def test_those_who_run_the_scheme_read_what_came_in_and_no_draft(scheme, manager, organisation):
    make_application(scheme)
    came_in = received(make_application(scheme))
    reviewer = with_role(organisation, Role.REVIEWER, "Rae Reviewer")
    with within(organisation, user=manager):
        assert list(applications_for(manager, organisation)) == [came_in]
        assert not applications_for(reviewer, organisation).exists()


def test_a_person_of_another_house_is_known_by_their_own_application(scheme, other_organisation):
    applicant = UserFactory(person=PersonFactory(recorded_by=other_organisation))
    with within(scheme.organisation, user=applicant):
        application = applications.begin(actor=applicant, scheme=scheme)
        assert list(applications_of(applicant)) == [application]
