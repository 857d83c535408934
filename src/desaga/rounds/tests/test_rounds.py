"""A round from its preparation to its end, as the operations tell it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from desaga.notifications.delivery import message_of
from desaga.notifications.models import OutgoingMail
from desaga.notifications.signals import mail_bounced
from desaga.organisations.models import Party, Unit
from desaga.organisations.states import PartyKind, Role, UnitKind
from desaga.organisations.tests.factories import EmploymentFactory, RoleAssignmentFactory
from desaga.plans.changing import Wish
from desaga.plans.checking import Check
from desaga.plans.models import Action, Update
from desaga.plans.operations.bulk import change_many, undo_bulk_change
from desaga.plans.operations.newer import bring_back
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.operations.updates import give_update
from desaga.plans.queries.bulk import versions_of
from desaga.plans.queries.checks import checks_of
from desaga.plans.states import Way
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.tests.test_newer import bring, edited, everything, taken_out
from desaga.plans.updating import Account
from desaga.tenancy.context import within

from ..models import RequestEvent, RequestKey, Round, UpdateRequest
from ..operations import answers, chasing, opening, rounds
from ..queries import unanswered
from ..states import Happened, RoundState
from .factories import letters, link_in, make_round, send, sent_round

GOING = Account(status="in_progress", rag="green", text="Two of four are written.")


@pytest.fixture
def plan(organisation):
    """Three actions: two of one office, one of another."""
    with within(organisation):
        for code, address in (("HOW", "workshops@northmoor.example"), ("HR", "hr@northmoor.example")):
            Party.objects.create(
                organisation=organisation, kind=PartyKind.ROLE, name=f"Office {code}", code=code, contacts=[address]
            )
    plan = PlanFactory(organisation=organisation, title="Plan of Northmoor")
    for code, who in (("A1", "HOW"), ("A2", "HOW"), ("A3", "HR")):
        make_action(plan, code=code, title=f"Do {code}", owners=[who])
    return plan


def requests(round_):
    with within(round_.organisation):
        return {one.email.partition("@")[0]: one for one in UpdateRequest.objects.filter(round=round_)}


def lines(round_, name):
    with within(round_.organisation):
        return {
            line.action.code: line for line in requests(round_)[name].lines.select_related("action", "request__round")
        }


def kinds(round_, name):
    with within(round_.organisation):
        return [event.kind for event in RequestEvent.objects.filter(request=requests(round_)[name])]


def answer(round_, who, code, account=GOING, **told):
    with within(round_.organisation):
        return answers.answer_action(line=lines(round_, who)[code], account=account, **{"name": "Bo Reed", **told})


def test_each_address_gets_one_mail_with_all_its_actions(plan):
    round_ = sent_round(plan)

    assert round_.state == RoundState.OPEN
    assert {mail.recipient: mail.text.count("Do A") for mail in letters()} == {
        "workshops@northmoor.example": 2, "hr@northmoor.example": 1,
    }  # fmt: skip


def test_only_those_who_are_ticked_are_asked_and_somebody_must_be(plan):
    round_ = make_round(plan)
    with within(plan.organisation):
        with pytest.raises(rounds.NobodyToAsk):
            rounds.send_round(actor=None, round_=round_, emails=["stranger@evil.example"])
        assert rounds.send_round(actor=None, round_=round_, emails=["HR@northmoor.example"]) == 1
    assert list(requests(round_)) == ["hr"]


def test_there_is_one_round_of_a_plan_at_a_time(plan):
    round_ = make_round(plan)
    with within(plan.organisation), pytest.raises(rounds.RoundGoingOn):
        rounds.start_round(actor=None, plan=plan, period="Again", due_on=timezone.localdate())
    send(round_)
    with within(plan.organisation):
        rounds.close_round(actor=None, round_=round_)
    make_round(plan)
    with within(plan.organisation), pytest.raises(rounds.RoundGoingOn):
        rounds.reopen_round(actor=None, round_=round_)


def test_a_worker_that_is_stopped_goes_on_where_it_was(plan, monkeypatch):
    round_ = make_round(plan)
    with within(plan.organisation):
        rounds.send_round(actor=None, round_=round_, emails=["workshops@northmoor.example", "hr@northmoor.example"])
    calls, post = [], rounds.posting.post

    def stopped(*args, **told):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return post(*args, **told)

    monkeypatch.setattr(rounds, "AT_ONCE", 1)
    monkeypatch.setattr(rounds.posting, "post", stopped)
    with pytest.raises(SystemExit):
        rounds.post_requests(organisation=plan.organisation, actor=None, round_id=round_.pk)
    assert len(letters()) == 1
    monkeypatch.setattr(rounds.posting, "post", post)

    rounds.post_requests(organisation=plan.organisation, actor=None, round_id=round_.pk)
    rounds.post_requests(organisation=plan.organisation, actor=None, round_id=round_.pk)
    assert sorted(mail.recipient for mail in letters()) == ["hr@northmoor.example", "workshops@northmoor.example"]


def test_the_database_holds_the_hash_of_a_key_alone(plan):
    round_ = sent_round(plan)
    [mail] = letters("hr@northmoor.example")
    key = link_in(mail).partition("key=")[2]

    with within(plan.organisation):
        held = [value for row in RequestKey.objects.filter(request__round=round_).values() for value in row.values()]
    assert key
    assert key not in held


def test_an_answer_is_an_update_with_a_name_and_stops_the_chase(plan):
    round_ = sent_round(plan)
    update = answer(round_, "workshops", "A1")

    assert (update.given_by, update.way, update.period) == ("Bo Reed, for HOW", Way.LINK, "Autumn 2026")
    assert kinds(round_, "workshops") == [Happened.ASKED, Happened.ANSWERED]
    answer(round_, "workshops", "A2", Account(), nothing_new=True)
    with within(plan.organisation):
        assert chasing.remind_all(actor=None, round_=round_) == 1
    assert [mail.recipient for mail in letters()][-1] == "hr@northmoor.example"


def test_several_readers_say_who_they_are(plan):
    round_ = sent_round(plan)
    with pytest.raises(answers.NameWanted):
        answer(round_, "hr", "A3", name=" ")
    with within(plan.organisation):
        assert not Update.objects.exists()


def test_an_answer_that_came_by_phone_answers_the_round_too(plan, member):
    round_ = sent_round(plan)
    officer = member(Role.PROJECT_OFFICER)
    with within(plan.organisation, user=officer):
        action = Action.objects.get(code="A3")
        give_update(
            actor=officer, action=action, account=GOING, period="Autumn 2026", given_by="Ann Smith", way=Way.PHONE
        )

    assert not lines(round_, "hr")["A3"].is_waiting
    assert kinds(round_, "hr") == [Happened.ASKED, Happened.ANSWERED]


def test_one_of_two_owners_answers_for_both(organisation, plan):
    make_action(plan, code="A4", title="Do A4", owners=["HOW", "HR"])
    round_ = sent_round(plan)
    answer(round_, "hr", "A4")

    assert not lines(round_, "workshops")["A4"].is_waiting


def test_what_is_not_theirs_goes_to_whom_the_organisation_knows_and_waits_for_the_officer_otherwise(plan):
    round_ = sent_round(plan)
    with within(plan.organisation):
        one, two = lines(round_, "workshops").values()
        answers.pass_on(line=one, words="Bea Cole, bea@northmoor.example")
        answers.pass_on(line=two, words="ask mallory@evil.example")

    assert [mail.recipient for mail in letters()][-1] == "bea@northmoor.example"
    assert "Office HOW says that this is yours." in letters()[-1].text
    assert not letters("mallory@evil.example")
    assert lines(round_, "workshops")["A2"].not_theirs == "ask mallory@evil.example"
    assert kinds(round_, "workshops") == [Happened.ASKED, Happened.PASSED_ON, Happened.NOT_THEIRS]


def test_an_officer_may_ask_anybody(plan, member):
    round_ = sent_round(plan)
    with within(plan.organisation):
        line = lines(round_, "hr")["A3"]
        answers.pass_on(line=line, words="consultant@elsewhere.example", actor=member(Role.LEAD), trusted=True)
    assert letters("consultant@elsewhere.example")


def test_nobody_is_passed_to_themselves_or_round_in_a_ring(plan):
    round_ = sent_round(plan)
    with within(plan.organisation):
        with pytest.raises(answers.AlreadyAsked):
            answers.pass_on(line=lines(round_, "hr")["A3"], words="hr@northmoor.example")
        answers.pass_on(line=lines(round_, "hr")["A3"], words="a0@northmoor.example")
        with pytest.raises(answers.AlreadyAsked):
            answers.pass_on(line=lines(round_, "a0")["A3"], words="hr@northmoor.example")
        for n in range(answers.MOST_HANDS - 1):
            answers.pass_on(line=lines(round_, f"a{n}")["A3"], words=f"a{n + 1}@northmoor.example")
        with pytest.raises(answers.PassedOnTooOften):
            answers.pass_on(line=lines(round_, f"a{answers.MOST_HANDS - 1}")["A3"], words="z@northmoor.example")


def test_a_request_that_is_taken_back_is_answered_and_chased_no_more(plan):
    round_ = sent_round(plan)
    with within(plan.organisation):
        answers.revoke_request(actor=None, request=requests(round_)["hr"])
        answers.revoke_request(actor=None, request=requests(round_)["hr"])
    with pytest.raises(opening.RequestTakenBack):
        answer(round_, "hr", "A3")
    assert kinds(round_, "hr") == [Happened.ASKED, Happened.REVOKED]


def test_a_closed_round_takes_no_answer(plan):
    round_ = sent_round(plan)
    with within(plan.organisation):
        rounds.close_round(actor=None, round_=round_)
    with pytest.raises(rounds.RoundIsNotOpen):
        answer(round_, "hr", "A3")


def test_desaga_reminds_once_of_each_kind_and_tells_the_lead_once(plan, member):
    member(Role.LEAD, email="lead@northmoor.example")
    round_ = sent_round(plan)
    answer(round_, "hr", "A3")

    def morning(days):
        with within(plan.organisation):
            return [chasing.chase_round(round_=round_, today=round_.due_on + timedelta(days=days)) for _ in range(2)]

    assert [morning(days) for days in (-5, -3, 1, 5, 8, 20)] == [[0, 0], [1, 0], [1, 0], [1, 0], [1, 0], [0, 0]]
    assert kinds(round_, "workshops") == ["asked", "due_soon", "late", "silent", "escalated"]
    [told] = letters("lead@northmoor.example")
    assert "Office HOW" in told.text
    assert "Office HR" not in told.text


def test_the_silent_get_words_of_their_own_and_who_said_something_does_not(plan):
    with within(plan.organisation):
        rounds.close_round(actor=None, round_=sent_round(plan, period="Summer 2026"))
    round_ = sent_round(plan)
    answer(round_, "workshops", "A1")
    with within(plan.organisation):
        number = chasing.chase_round(round_=round_, today=round_.due_on + timedelta(days=5))

    assert number == 2
    assert (kinds(round_, "workshops")[-1], kinds(round_, "hr")[-1]) == ("late", "silent")
    last = letters("hr@northmoor.example")[-1]
    assert last.subject.startswith("We have not heard from you")
    assert "For Summer 2026 nothing came either." in last.text


def test_an_action_that_two_rounds_got_no_answer_about_is_to_be_mended(plan):
    with within(plan.organisation):
        plan = change_plan_state(actor=None, plan=plan, transition="activate")
    for period in ("Spring", "Summer"):
        round_ = sent_round(plan, period=period, due_on=timezone.localdate() - timedelta(days=1))
        if period == "Summer":
            answer(round_, "hr", "A3")
        with within(plan.organisation):
            Round.objects.filter(pk=round_.pk).update(
                sent_at=timezone.now() - timedelta(days=9 if period == "Summer" else 99)
            )
            rounds.close_round(actor=None, round_=round_)

    with within(plan.organisation):
        found = {one.check: [action.label for action in one.actions] for one in checks_of(plan, timezone.localdate())}
    assert [label[:2] for label in found[Check.SILENT]] == ["A1", "A2"]


def test_every_mail_has_a_link_of_its_own_and_the_former_still_opens(plan, client):
    round_ = sent_round(plan)
    with within(plan.organisation):
        chasing.remind(actor=None, request=requests(round_)["hr"])
    first, second = (link_in(mail) for mail in letters("hr@northmoor.example"))

    assert first != second
    assert [client.get(link).status_code for link in (first, second)] == [200, 200]


def key_of(round_, name, nth=0):
    with within(round_.organisation):
        return list(RequestKey.objects.filter(request=requests(round_)[name]))[nth]


def test_the_log_says_which_link_was_used(plan, client, member, client_of):
    round_ = sent_round(plan)
    with within(plan.organisation):
        chasing.remind(actor=None, request=requests(round_)["hr"])
    line, second = lines(round_, "hr")["A3"], link_in(letters("hr@northmoor.example")[1])
    sent = {f"a{line.pk}-submission": str(uuid4()), "name": "Bo", "key": second.partition("key=")[2]}
    client.post(second, sent | {"nothing": line.pk})
    with within(plan.organisation):
        answers.answer_action(line=line, account=GOING, name="Bo", link=key_of(round_, "hr"))
        used = [(one.kind, one.key) for one in RequestEvent.objects.filter(request__email="hr@northmoor.example")]

    first, again = key_of(round_, "hr"), key_of(round_, "hr", 1)
    assert used == [("asked", first), ("reminded", again), ("answered", again), ("answered", first)]
    page = f"/o/northmoor/rounds/{round_.pk}/requests/{requests(round_)['hr'].pk}/"
    shown = client_of(member(Role.PROJECT_OFFICER)).get(page).content.decode()
    assert shown.count("by the link sent on") == 2
    assert (again.fingerprint in shown, again.key_hash in shown) == (True, False)


def test_a_link_that_ended_after_its_page_was_opened_answers_nothing(plan):
    round_ = sent_round(plan)
    line, key = lines(round_, "hr")["A3"], key_of(round_, "hr")
    with within(plan.organisation):
        RequestKey.objects.filter(pk=key.pk).update(expires_at=timezone.now())
        with pytest.raises(opening.LinkIsOver):
            answers.answer_action(line=line, account=GOING, name="Bo", link=key)
        with pytest.raises(opening.LinkIsOver):
            answers.pass_on(line=line, words="the estates office", link=key)
        assert not Update.objects.exists()


def test_one_per_school_asks_each_school_for_itself(organisation):
    schools = []
    with within(organisation):
        Party.objects.create(
            organisation=organisation, kind=PartyKind.ROLE, name="Managers", code="MGR", one_per=UnitKind.SCHOOL,
            only_with_technical_workforce=True,
        )  # fmt: skip
        schools = [
            Unit.objects.create(
                organisation=organisation, kind=UnitKind.SCHOOL, name=name, has_technical_workforce=True
            )
            for name in ("Arts", "Science")
        ]
    for unit in schools:
        employed = EmploymentFactory(organisation=organisation, work_email=f"{unit.name.lower()}@northmoor.example")
        RoleAssignmentFactory(organisation=organisation, person=employed.person, role=Role.UNIT_LEAD, unit=unit)
    plan = PlanFactory(organisation=organisation)
    action = make_action(plan, code="A1", title="Nominate", owners=["MGR"])
    round_ = sent_round(plan)

    answer(round_, "arts", "A1", Account(status="complete", rag="green", evidence="Names."))
    assert (lines(round_, "arts")["A1"].is_waiting, lines(round_, "science")["A1"].is_waiting) == (False, True)
    with within(organisation):
        assert Action.objects.get(pk=action.pk).status == "in_progress"


def test_a_mail_that_comes_back_is_said_once_and_the_request_waits_for_another_address(plan, member, client_of):
    round_ = sent_round(plan)
    [mail] = letters("hr@northmoor.example")
    for _ in range(2):
        mail_bounced.send(
            OutgoingMail, mail_id=mail.pk, organisation_id=plan.organisation_id, status="5.1.1", at=timezone.now()
        )

    assert kinds(round_, "hr") == [Happened.ASKED, Happened.BOUNCED]
    browser = client_of(member(Role.PROJECT_OFFICER))
    assert "E-mail came back" in browser.get(f"/o/northmoor/rounds/{round_.pk}/").content.decode()
    page = f"/o/northmoor/rounds/{round_.pk}/requests/{requests(round_)['hr'].pk}/"
    assert "5.1.1" in browser.get(page).content.decode()


def test_whoever_answers_the_mail_itself_writes_to_the_officer(plan, member):
    sent_round(plan, actor=member(Role.PROJECT_OFFICER, email="officer@northmoor.example"))

    assert {(mail.reply_to, message_of(mail).message()["Reply-To"]) for mail in letters()} == {
        ("officer@northmoor.example",) * 2
    }


def test_a_link_passes_each_action_on_once_and_a_long_name_is_cut(plan):
    round_ = sent_round(plan)
    with within(plan.organisation):
        line = lines(round_, "hr")["A3"]
        new = answers.pass_on(line=line, words=f"{'Bea ' * 100} bea@northmoor.example")
        assert len(new.name) <= answers.LONGEST_NAME
        with pytest.raises(answers.PassedOnAlready):
            answers.pass_on(line=line, words="another@northmoor.example")
        assert answers.pass_on(line=line, words="another@northmoor.example", trusted=True)


def test_what_is_not_theirs_waits_for_the_officer_and_is_not_taken_for_answered(plan, member, client_of):
    round_ = sent_round(plan)
    with within(plan.organisation):
        answers.pass_on(line=lines(round_, "hr")["A3"], words="the estates office")
    answer(round_, "workshops", "A1")
    answer(round_, "workshops", "A2")
    browser = client_of(member(Role.PROJECT_OFFICER))

    assert "Not theirs: ask somebody else" in browser.get(f"/o/northmoor/rounds/{round_.pk}/").content.decode()
    assert "1 with open actions" in browser.get("/my-work/").content.decode()


def together(plan, codes, user=None):
    """What a change of many actions says."""
    seen = versions_of(list(plan.actions.filter(code__in=codes)))
    return change_many(actor=user, plan=plan, seen=seen, wish=Wish(status="delayed"))


def in_a_sheet(plan, codes, user=None):
    """What the sheet says that somebody took out, filled in and brought back."""
    cells = {(2 + at, "Status"): "Delayed" for at, code in enumerate(("A1", "A2", "A3")) if code in codes}
    document = bring(plan, edited(taken_out(plan), cells))
    return bring_back(actor=user, document=document, chosen=everything(document))


@pytest.mark.parametrize("say", [together, in_a_sheet])
def test_nobody_is_chased_for_what_was_said_of_many_actions_at_once(plan, member, say):
    officer, round_ = member(Role.PROJECT_OFFICER), sent_round(plan)
    with within(plan.organisation, user=officer):
        say(plan, ["A1", "A3"], officer)
        assert {one.email.partition("@")[0]: one.left for one in unanswered(round_)} == {"workshops": 1}
        say(plan, ["A2"], officer)
        assert not unanswered(round_)
        events = RequestEvent.objects.filter(kind=Happened.ANSWERED)
        assert {(one.request.email.partition("@")[0], one.by) for one in events} == {
            ("workshops", officer),
            ("hr", officer),
        }


def test_what_a_change_of_many_said_is_waited_for_again_once_that_is_undone(plan):
    round_ = sent_round(plan)
    answer(round_, "hr", "A3")
    first = lines(round_, "hr")["A3"].update_id
    with within(plan.organisation):
        done = together(plan, ["A1", "A3"])
        assert lines(round_, "hr")["A3"].update_id != first
        undo_bulk_change(actor=None, change=done)
        assert {one.email.partition("@")[0]: one.left for one in unanswered(round_)} == {"workshops": 2}
    assert lines(round_, "hr")["A3"].update_id == first
