"""Asking those who must approve: who may be asked, what may follow what, from the sending to the last yes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from desaga.accounts.models import User
from desaga.accounts.tests.factories import UserFactory
from desaga.notifications.models import OutgoingMail
from desaga.notifications.signals import mail_bounced
from desaga.organisations.models import Party, PersonalDetails
from desaga.organisations.states import PartyKind, Role
from desaga.organisations.tests.factories import EmploymentFactory, PersonFactory
from desaga.tenancy.context import within

from .. import tasks
from ..approving import (
    DECIDED,
    PAST,
    STEPS,
    WAITING,
    AskingState,
    Asks,
    chase_on,
    covers,
    same_house,
    same_mailbox,
    who_cannot_be_asked,
)
from ..event_words import WORDS as EVENT_WORDS
from ..models import Application, ApplicationEvent, Asking, AskingKey
from ..operations import applications, asking, asking_chase, deciding, stepping
from ..operations import asking_changes as changes
from ..operations.asking_mails import WroteEnough
from ..queries.applications import typed
from ..queries.asking import addresses_of, waiting
from .factories import answered, asking_of, letters, make_application, make_scheme, sent, with_role

MONA, HUGO = "mona.manager@farfield.example", "hugo.host@hostwick.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager, contact="fund@northmoor.example")


@pytest.fixture
def application(scheme):
    return sent(make_application(scheme))


def states(application):
    with within(application.organisation):
        return {one.key: str(one.state) for one in Asking.objects.filter(application=application).order_by("pk")}


def state_of(application):
    with within(application.organisation):
        return Application.objects.get(pk=application.pk).state


def told(application):
    """The subjects of what the applicant was told, without the reference."""
    return [mail.subject.rpartition(":")[0] for mail in letters(application.email)]


def link_of(asking):
    """The latest link, as the operations know it."""
    return AskingKey.objects.filter(asking=asking).last()


# ---- What may follow what


#: Every state with the deeds that may happen to it. The others are refused.
MAY = {
    AskingState.NOT_ASKED: {"ask", "replace", "take_back"},
    AskingState.ASKED: {"open", "approve", "approve_if", "refuse", "want_changes", "leave_deputy", "lose_deputy", "remind", "bounce", "expire", "replace", "take_back"},
    AskingState.OPENED: {"approve", "approve_if", "refuse", "want_changes", "leave_deputy", "lose_deputy", "remind", "bounce", "expire", "replace", "take_back"},
    AskingState.BOUNCED: {"open", "approve", "approve_if", "refuse", "want_changes", "ask_again", "expire", "replace", "take_back"},
    AskingState.EXPIRED: {"approve", "approve_if", "refuse", "want_changes", "ask_again", "replace", "take_back"},
    AskingState.GIVEN: {"ask_anew"},
    AskingState.CONDITIONAL: {"accept", "ask_anew"},
    AskingState.REFUSED: {"ask_anew"},
    AskingState.CHANGES: {"ask_anew"},
    AskingState.REPLACED: set(),
    AskingState.TAKEN_BACK: set(),
}  # fmt: skip


def test_each_deed_follows_only_where_it_may(application):
    assert {state: {deed for deed, one in STEPS.items() if state in one.sources} for state in AskingState} == MAY
    held, now = asking_of(application, "host"), timezone.now()
    whole = {"decided_at": now, "answered_by": "Hugo", "reason": "No.", "condition": "If.", "change_parts": ["money"]}
    with within(application.organisation):
        for state in AskingState:
            for deed in STEPS:
                Asking.objects.filter(pk=held.pk).update(state=state, **whole)
                if deed in MAY[state]:
                    assert stepping.step(held, deed, now=now).state == (STEPS[deed].target or state)
                else:
                    with pytest.raises(stepping.NotThisWay):
                        stepping.step(held, deed, now=now)


def test_every_deed_has_words_for_the_applicant():
    assert set(stepping.KIND) == set(STEPS)
    assert set(stepping.KIND.values()) <= set(EVENT_WORDS)
    assert set(WAITING) | set(DECIDED) | set(PAST) | {AskingState.NOT_ASKED, AskingState.EXPIRED} == set(AskingState)


# ---- Who may be asked


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ines@far.example", "INES@Far.Example", True),
        ("ines@far.example", " ines+manager@far.example ", True),
        ("i.nes.field@gmail.com", "inesfield+boss@googlemail.com", True),
        ("ines.field@far.example", "inesfield@far.example", False),
        ("ines@physics.far.ac.uk", "ines@far.ac.uk", True),
        ("ines@notfar.ac.uk", "ines@far.ac.uk", False),
        ("\uff49nes@far.example", "ines@far.example", True),
        ("ines@far.example.", "ines@far.example", True),
        ("ines@far.example", "mona@far.example", False),
        ("+boss@far.example", "+other@far.example", False),
    ],
)
def test_two_addresses_of_one_box(one, other, same):
    assert same_mailbox(one, other) is same
    assert same_mailbox(other, one) is same


def test_a_house_that_is_open_to_all_is_nobodys():
    assert same_house("a@far.example", "b@far.example")
    assert not same_house("a@gmail.com", "b@googlemail.com")
    assert not same_house("a@sub.far.example", "b@far.example")


def test_why_somebody_cannot_be_asked():
    named = {
        "line_manager": ("Line manager", "me+x@far.example"),
        "host": ("Host", "h@w.example"),
        "leader": ("TC lead", "H@w.example"),
    }
    assert who_cannot_be_asked(named, ["me@far.example"]) == {
        "line_manager": "The address that you gave for line manager is your own, or another name of it. Somebody else must answer.",
        "leader": "TC lead has the same address as host. Each must be asked at an address of their own.",
    }  # fmt: skip


def test_nobody_approves_themself_whichever_address_they_give(scheme, other_organisation):
    # Somebody whom the scheme's organisation does not know: their employer does.
    person = PersonFactory(recorded_by=other_organisation)
    application = make_application(scheme, applicant=UserFactory(person=person))
    own = {"account": application.email, "private": "ines@home.example", "work": "i.field@farfield.example", "former": "ines@oldplace.example"}  # fmt: skip
    with within(person=person):
        PersonalDetails.objects.create(person=person, personal_email=own["private"])
    EmploymentFactory(organisation=other_organisation, person=person, work_email=own["work"])
    former = {"starts_on": date(2018, 1, 1), "ends_on": date(2019, 1, 1)}
    EmploymentFactory(organisation=other_organisation, person=person, work_email=own["former"], **former)
    with within(scheme.organisation):
        assert addresses_of(application) == set(own.values())
        for address in own.values():
            name, _, house = address.partition("@")
            boss = {"name": "The Boss", "email": f"{name.upper()}+boss@{house}"}
            applications.save_answers(actor=None, application=application, answers={"ask_line_manager": boss})
            with pytest.raises(asking.CannotBeAsked, match="line manager is your own"):
                applications.send(actor=None, application=application)
    assert state_of(application) == "draft"
    assert letters() == []


def test_nobody_answers_as_two(scheme):
    both = {"name": "Both", "email": MONA.replace("@", "+host@")}
    with pytest.raises(asking.CannotBeAsked, match="Host has the same address as line manager"):
        sent(make_application(scheme, ask_host=both))


def test_an_account_answers_neither_its_own_nor_twice(application):
    held, other = asking_of(application, "line_manager"), UserFactory()
    own = User.objects.get(person=application.applicant_id)
    said = deciding.Said("approve", "Anybody")
    with within(application.organisation):
        with pytest.raises(deciding.OwnApplication):
            deciding.answer(asking=held, said=said, link=link_of(held), user=own)
        deciding.answer(asking=held, said=said, link=link_of(held), user=other)
        host = Asking.objects.get(application=application, key="host")
        with pytest.raises(deciding.AnsweredForAnother):
            deciding.answer(asking=host, said=said, link=link_of(host), user=other)


# ---- What comes of the answers


def test_all_say_yes_and_it_is_received(application):
    answered(application, "line_manager", fields={"working_days": 8, "cover": "Bea does it.", "cost": 0})
    assert state_of(application) == "with_approvers"
    answered(application, "host", fields={"supervisor": "Sue"})
    assert state_of(application) == "received"
    assert told(application) == ["Line manager: yes", "Your application is received"]
    with pytest.raises(deciding.AnsweredAlready):
        answered(application, "host")


def test_a_condition_that_is_to_be_accepted_first(application):
    answered(application, "line_manager", "approve_if", words="Back by the 1st.", waits=True)
    answered(application, "host")
    assert state_of(application) == "with_approvers"
    with within(application.organisation):
        for _ in range(2):
            held = Asking.objects.get(application=application, key="line_manager")
            if state_of(application) == "with_approvers":
                asking.accept_condition(actor=None, asking=held)
    assert state_of(application) == "received"
    with within(application.organisation):
        assert ApplicationEvent.objects.filter(application=application, kind="condition_accepted").count() == 1


def test_a_condition_that_holds_nothing_up(application):
    answered(application, "line_manager", "approve_if", words="Back by the 1st.", waits=False)
    answered(application, "host")
    assert state_of(application) == "received"


def test_a_no_gives_it_back_and_ends_the_other_link_kindly(application):
    answered(application, "line_manager", "refuse", words="We are too few in May.")
    assert (state_of(application), states(application)) == ("draft", {"line_manager": "refused", "host": "taken_back"})
    assert "Nothing more is asked of you" in letters(HUGO)[-1].subject
    assert "We are too few in May." in letters(application.email)[-1].text
    with within(application.organisation):
        event = ApplicationEvent.objects.get(application=application, kind="refuse")
        assert (event.words, event.who, event.for_applicant) == ("We are too few in May.", "Mona Manager", True)
        applications.save_answers(actor=None, application=application, answers={"title": "Later"})
        host = Asking.objects.get(application=application, key="host")
        with pytest.raises(deciding.NothingAsked):
            deciding.answer(asking=host, said=deciding.Said("approve", "Hugo"), link=link_of(host))


@pytest.mark.parametrize("deed", ["take_back", "withdraw"])
def test_taken_back_or_withdrawn_no_link_opens(application, deed):
    with within(application.organisation):
        getattr(applications, deed)(actor=None, application=application)
        held = Asking.objects.get(application=application, key="host")
        with pytest.raises(deciding.NothingAsked):
            deciding.answer(asking=held, said=deciding.Said("approve", "Hugo"), link=link_of(held))
    assert set(states(application).values()) == {"taken_back"}


@pytest.mark.parametrize(
    ("answers", "anew"),
    [
        ({"title": "Better words"}, set()),
        ({"working_days": "9"}, {"line_manager"}),
        ({"cover_at_work": "Nobody does."}, {"line_manager"}),
        ({"department_cost": "0"}, {"line_manager"}),
        ({"costs": [{"kind": "travel", "what": "Train", "pounds": "99", "currency": "GBP", "foreign": ""}]}, {"line_manager"}),
        ({"host": {"organisation": "Elsewhere", "country": "United Kingdom", "contact": ""}}, {"line_manager", "host"}),
        ({"ask_line_manager": {"name": "Nell New", "email": "nell.new@farfield.example"}}, {"line_manager"}),
    ],
)  # fmt: skip
def test_after_changes_only_those_are_asked_anew_whom_they_concern(scheme, application, manager, answers, anew):
    for key in ("line_manager", "host"):
        answered(application, key)
    with within(scheme.organisation, user=manager):
        whole = [part.key for part in application.definition.sections]
        held = changes.ask_for_changes(actor=manager, application=Application.objects.get(pk=application.pk), open_parts=[*whole, "people_to_ask"], words="Please look again.")  # fmt: skip
        assert held.state == "changes_asked"
        applications.save_answers(actor=None, application=held, answers=answers)
        back = applications.send(actor=None, application=held)
    assert back.state == ("with_approvers" if anew else "received")
    assert {key for key, state in states(application).items() if state == "asked"} == anew
    assert "Please look again." in next(mail.text for mail in letters(application.email) if "Changes" in mail.subject)


def test_a_scheme_that_does_not_ask_for_cover_and_cost_has_the_mark_that_it_had_before():
    asked = {"host": {"organisation": "Hostwick"}, "working_days": 10}
    mark = covers(Asks.APPROVAL, asked)
    assert covers(Asks.APPROVAL, {**asked, "cover_at_work": None, "department_cost": None}) == mark
    assert len({mark, covers(Asks.APPROVAL, {**asked, "department_cost": 0}), covers(Asks.APPROVAL, {**asked, "cover_at_work": "Nadia"})}) == 3  # fmt: skip
    assert covers(Asks.PLACE, {**asked, "cover_at_work": "Nadia", "department_cost": 250}) == covers(Asks.PLACE, asked)


def test_changes_are_asked_for_in_parts_and_words(scheme, application, manager):
    for key in ("line_manager", "host"):
        answered(application, key)
    with within(scheme.organisation, user=manager):
        held = Application.objects.get(pk=application.pk)
        for refusal, open_parts, words in (
            (changes.WhichParts, ["no_such"], "Look."),
            (changes.WhatToChange, ["money"], " "),
        ):
            with pytest.raises(refusal):
                changes.ask_for_changes(actor=manager, application=held, open_parts=open_parts, words=words)


# ---- Not me


def test_not_me_asks_at_once_at_the_same_house(application):
    held = asking_of(application, "line_manager")
    with within(application.organisation):
        new = deciding.pass_on(asking=held, name="Nell", email="nell@farfield.example", link=link_of(held))
        assert (new.state, new.named_email) == ("asked", MONA)
        with pytest.raises(deciding.NothingAsked):
            deciding.answer(asking=held, said=deciding.Said("approve", "Mona"), link=link_of(held))
    assert "Mona Manager says that you are the one to ask." in letters("nell@farfield.example")[0].text
    answered(application, "line_manager")
    answered(application, "host")
    assert state_of(application) == "received"


def test_not_me_writes_to_no_stranger(application):
    held = asking_of(application, "line_manager")
    with within(application.organisation):
        new = deciding.pass_on(asking=held, name="Stranger", email="stranger@far.away.example", link=link_of(held))
        assert new.state == "not_asked"
    assert letters("stranger@far.away.example") == []
    assert told(application) == ["Shall we ask Stranger?"]
    with within(application.organisation):
        asking.replace(actor=None, asking=new, name="Stranger", email="stranger@far.away.example")
        assert typed(application)["ask_line_manager"]["email"] == "stranger@far.away.example"
    assert len(letters("stranger@far.away.example")) == 1


def test_not_me_writes_to_whom_the_organisation_knows(application):
    with within(application.organisation):
        Party.objects.create(organisation=application.organisation, kind=PartyKind.ROLE, name="Office", code="OFF", contacts=["Office@known.example"])  # fmt: skip
    held = asking_of(application, "host")
    with within(application.organisation):
        new = deciding.pass_on(asking=held, name="Office", email="office@known.example", link=link_of(held))
    assert new.state == "asked"


def test_not_me_names_neither_the_applicant_nor_whoever_is_asked_already(application):
    held = asking_of(application, "line_manager")
    with within(application.organisation):
        for email in (application.email, MONA.upper(), HUGO):
            with pytest.raises((asking.CannotBeAsked, asking.SameAddress)):
                deciding.pass_on(asking=held, name="X", email=email, link=link_of(held))


def test_from_hand_to_hand_ends_with_the_applicant(application):
    with within(application.organisation):
        held = Asking.objects.get(application=application, key="line_manager")
        for number in range(4):
            held = deciding.pass_on(asking=held, name="Next", email=f"n{number}@farfield.example", link=link_of(held))
        assert (held.state, held.hands) == ("not_asked", 4)


def test_a_deputy_answers_until_the_day_and_for_whom_is_said(application):
    held, until = asking_of(application, "line_manager"), timezone.localdate() + timedelta(days=5)
    with within(application.organisation):
        with pytest.raises(deciding.NotAtThatAddress):
            deciding.leave_deputy(asking=held, name="Dee", email="dee@away.example", until=until, link=link_of(held))
        deciding.leave_deputy(asking=held, name="Dee", email="dee@farfield.example", until=until, link=link_of(held))
        link = link_of(held)
        assert (link.for_deputy, timezone.localdate(link.expires_at)) == (True, until)
        after = timezone.now() + timedelta(days=6)
        with pytest.raises(deciding.LinkIsOver):
            deciding.answer(asking=held, said=deciding.Said("approve", "Dee"), link=link, now=after)
        said = deciding.answer(asking=held, said=deciding.Said("approve", "Dee"), link=link)
        assert (said.answered_by, said.acting_for) == ("Dee", "Mona Manager")


# ---- What time brings


def test_a_reminder_falls_on_a_working_day():
    assert [str(chase_on(date(2026, 11, day), 5)) for day in (23, 24, 26, 27)] == ["2026-11-30", "2026-11-30", "2026-12-01", "2026-12-02"]  # fmt: skip


def chased(application, days):
    """What the worker does after so many days: how many askings it wrote about."""
    with within(application.organisation):
        return sum(asking_chase.chase(asking=one, now=timezone.now() + timedelta(days=days)) for one in waiting())


def test_reminded_at_most_three_times_then_it_is_over_and_the_applicant_is_told(application):
    assert chased(application, 3) == 0
    # A week is nine days at most, where it would end at a weekend: so on whichever day this runs.
    assert [chased(application, days) for days in (9, 9, 18, 27, 29)] == [2, 0, 2, 2, 0]
    assert len(letters(MONA)) == 4
    assert chased(application, 31) == 2
    assert set(states(application).values()) == {"expired"}
    assert told(application) == ["Mona Manager has not answered", "Hugo Host has not answered"]
    with within(application.organisation):
        later = timezone.now() + timedelta(days=31)
        held = asking.remind(actor=None, asking=Asking.objects.get(application=application, key="host"), now=later)
        assert (held.state, held.reminders) == ("asked", 0)


def test_the_day_of_the_next_reminder_is_known_until_none_is_due(application):
    with within(application.organisation):
        asked = Asking.objects.get(application=application, key="host")
        assert asked.reminded_next_on == chase_on(timezone.localdate(asked.mailed_at), asked.approver.chase_days)
        for fields in (
            {"reminders": 3},
            {"state": "bounced"},
            {"state": "given"},
            {"mailed_at": None},
            {"expires_at": asked.mailed_at},
        ):
            before = {name: getattr(asked, name) for name in fields}
            for name, value in fields.items():
                setattr(asked, name, value)
            assert asked.reminded_next_on is None, fields
            for name, value in before.items():
                setattr(asked, name, value)


def test_a_mail_that_comes_back_tells_the_applicant_who_puts_it_right(application):
    [mail] = letters(MONA)
    for _ in range(2):
        mail_bounced.send(OutgoingMail, mail_id=mail.pk, organisation_id=application.organisation_id, status="5.1.1", at=timezone.now())  # fmt: skip
    assert states(application)["line_manager"] == "bounced"
    assert told(application) == ["Our e-mail to Mona Manager came back"]
    assert chased(application, 8) == 1
    with within(application.organisation):
        held = Asking.objects.get(application=application, key="line_manager")
        with pytest.raises(asking.SameAddress):
            asking.replace(actor=None, asking=held, name="Mona", email=MONA.upper())
        with pytest.raises(asking.CannotBeAsked):
            asking.replace(actor=None, asking=held, name="Mona", email=application.email)
        asking.replace(actor=None, asking=held, name="Mona Manager", email="m.manager@farfield.example")
    assert states(application)["line_manager"] == "asked"


def test_reminded_by_the_applicant_once_a_day(application):
    held = asking_of(application, "host")
    with within(application.organisation):
        with pytest.raises(asking.AskedToday):
            asking.remind(actor=None, asking=held)
        tomorrow = timezone.now() + timedelta(hours=25)
        asking.remind(actor=None, asking=held, now=tomorrow)
        with pytest.raises(asking.AskedToday):
            asking.remind(actor=None, asking=held, now=tomorrow + timedelta(hours=1))


def test_sending_and_taking_back_drowns_nobody(application):
    with within(application.organisation):
        for _ in range(2):
            applications.take_back(actor=None, application=application)
            applications.send(actor=None, application=application)
        applications.take_back(actor=None, application=application)
        with pytest.raises(WroteEnough):
            applications.send(actor=None, application=application)
    assert state_of(application) == "draft"


def test_by_phone_with_both_names_and_not_by_whoever_applies(application, manager):
    held, said = asking_of(application, "host"), deciding.Said("approve", "Hugo Host")
    with within(application.organisation, user=manager):
        own = User.objects.get(person=application.applicant_id)
        with pytest.raises(deciding.OwnApplication):
            deciding.enter_answer(actor=own, asking=held, said=said)
        told = deciding.enter_answer(actor=manager, asking=held, said=said)
        assert (told.answered_by, told.entered_by, told.state) == ("Hugo Host", manager, "given")


def test_the_worker_goes_through_all_that_wait(application):
    with within(application.organisation):
        Asking.objects.update(mailed_at=timezone.now() - timedelta(days=9))
    tasks.chase_in.run(organisation_id=application.organisation_id, actor_id=None)
    assert [len(letters(email)) for email in (MONA, HUGO)] == [2, 2]


def test_the_second_scheme_asks_for_a_letter_without_a_change_of_code(organisation, manager):
    fund = make_scheme(organisation, actor=manager, like="collaboration-fund")
    application = sent(make_application(fund, like="collaboration-fund"))
    held = asking_of(application, "leader")
    with within(organisation):
        with pytest.raises(deciding.LetterWanted):
            deciding.answer(asking=held, said=deciding.Said("approve", "Lena"), link=link_of(held))
        deciding.answer(asking=held, said=deciding.Said("approve", "Lena", fields={"letter": "We support it."}))
    assert state_of(application) == "received"
