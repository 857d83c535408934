"""What can be done with reviews, and that what was frozen stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.notifications.models import OutgoingMail
from desaga.organisations.models import Group, GroupMembership
from desaga.organisations.states import MembershipRole, Role
from desaga.plans.models import Action
from desaga.plans.operations.updates import give_update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account
from desaga.rounds.queries import dates_of as calendar_of
from desaga.tenancy.context import within, within_platform

from ..freezing import digest_of
from ..models import Discussed, Review, Snapshot
from ..operations import meeting, reviews
from ..packs import pack_for
from ..queries import comments_of, last_snapshot, snapshot_before, snapshots_of, tasks_for
from ..states import REVIEW_TRANSITIONS, ReviewState
from .factories import frozen_review, held_review, make_review


@pytest.fixture
def plan(organisation):
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    begins = {"text": "", "start": "2026-10", "end": None, "precision": "month", "continuous": False}
    make_action(plan, code="A1", title="Write descriptors", owners=["TSM"], status="in_progress", timeframe=begins)
    make_action(plan, code="A2", title="Give talks", owners=["TSM"])
    return plan


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


def test_what_was_frozen_stays_whatever_the_plan_becomes(plan, lead):
    review = frozen_review(plan, actor=lead)
    with within(plan.organisation, user=lead):
        before = last_snapshot(review)
        action = Action.objects.get(plan=plan, code="A1")
        give_update(
            actor=lead,
            action=action,
            account=Account(status="complete", evidence="It is there"),
            period="Q2",
            given_by="Ann Reed",
        )
        Action.objects.filter(pk=action.pk).update(title="Something else")
        after = Snapshot.objects.get(pk=before.pk)

    assert after.content == before.content
    assert [one["starts"] for one in before.content["actions"]] == ["2026-10", ""]
    assert [(one["code"], one["title"], one["status"]) for one in after.content["actions"]] == [
        ("A1", "Write descriptors", "in_progress"), ("A2", "Give talks", ""),
    ]  # fmt: skip
    assert after.digest == digest_of(after.content)


CHANGES = (
    "UPDATE reviews_snapshot SET content = '{}'",
    "DELETE FROM reviews_snapshot",
    "TRUNCATE reviews_snapshot CASCADE",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_app_changes_and_removes_no_snapshot(plan, change):
    frozen_review(plan)
    with within(plan.organisation), transaction.atomic():
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(change)
        transaction.set_rollback(True)


def test_to_a_review_that_was_held_no_snapshot_is_added(plan, lead):
    review = held_review(plan, actor=lead, on=date(2026, 3, 2))
    with within(plan.organisation, user=lead):
        with pytest.raises(reviews.HeldAlready):
            reviews.freeze(actor=lead, review=review)
        one = last_snapshot(review)
        with pytest.raises(ProgrammingError, match="the review was held"), transaction.atomic():
            Snapshot.objects.create(
                organisation=plan.organisation, plan=plan, review=review, taken_at=timezone.now(), content=one.content, digest=one.digest,
            )  # fmt: skip


def test_nor_where_its_minutes_were_opened_again(plan, lead):
    review = held_review(plan, actor=lead, on=date(2026, 3, 2))
    with within(plan.organisation, user=lead):
        reviews.reopen(actor=lead, review=review)
        with pytest.raises(reviews.HeldAlready):
            reviews.freeze(actor=lead, review=review)
        one = last_snapshot(review)
        with pytest.raises(ProgrammingError, match="the review was held"), transaction.atomic():
            Snapshot.objects.create(
                organisation=plan.organisation, plan=plan, review=review, taken_at=timezone.now(), content=one.content, digest=one.digest,
            )  # fmt: skip
        meeting.decide(actor=lead, review=review, action=None, outcome="noted", text="As it was said.")


def test_frozen_anew_the_later_counts_and_the_earlier_stays(plan, lead):
    review = frozen_review(plan, actor=lead)
    with within(plan.organisation, user=lead):
        make_action(plan, code="A3", title="Come late")
        second = reviews.freeze(actor=lead, review=review, now=timezone.now() + timedelta(minutes=1))

        assert last_snapshot(review) == second
        assert Snapshot.objects.filter(review=review).count() == 2
        assert next(one.pk for one in snapshots_of(plan)) == second.pk
        assert snapshots_of(plan).count() == 2


def test_the_pack_holds_the_plan_against_the_last_review_that_was_held(plan, lead):
    held_review(plan, actor=lead, on=date(2026, 3, 2))
    with within(plan.organisation, user=lead):
        action = Action.objects.get(plan=plan, code="A1")
        account = Account(rag="red", text="Stuck", reason="Nobody to write", recovery="A colleague helps")
        give_update(actor=lead, action=action, account=account, period="Q2", given_by="Ann Reed")
    review = frozen_review(plan, actor=lead)
    with within(plan.organisation, user=lead):
        meeting.comment(actor=lead, review=review, action=action, text="Stop it?", wants_decision=True)
        pack = pack_for(review, last_snapshot(review), snapshot_before(review), comments_of(review))

    told = {section.key: [(one.action["code"], one.words) for one in section.found] for section in pack.sections}
    assert told["red"] == [("A1", ("Nobody to write", "Way back: A colleague helps"))]
    assert told["moved"] == [("A1", ("RAG from none to red.",))]
    assert told["silent"] == [("A2", ("Nothing was ever said of it.",))]
    assert next((one.id, one.reasons[0]) for one in pack.agenda) == (action.pk, "Decision wanted")
    assert pack.standing.sentence == "0 of 2 actions are complete, none is overdue, 1 is red."


@pytest.mark.parametrize("name", REVIEW_TRANSITIONS)
@pytest.mark.parametrize("state", ReviewState)
def test_a_review_goes_only_where_the_table_lets_it(plan, lead, name, state):
    review = make_review(plan, actor=lead)
    held_at = timezone.now() if state == ReviewState.HELD else None
    calls = {
        "freeze": reviews.freeze, "hold": lambda **told: reviews.hold(**told, present="Ann", apologies="", next_on=None),
        "reopen": reviews.reopen, "call_off": reviews.call_off, "restore": reviews.restore,
    }  # fmt: skip
    with within(plan.organisation, user=lead):
        Review.objects.filter(pk=review.pk).update(state=state, held_at=held_at)
        if state in REVIEW_TRANSITIONS[name].sources:
            calls[name](actor=lead, review=review)
            review.refresh_from_db()
            assert review.state == REVIEW_TRANSITIONS[name].target
            assert Entry.objects.filter(verb=REVIEW_TRANSITIONS[name].verb, thing_id=str(review.pk)).count() == 1
        else:
            with pytest.raises(reviews.NotNow):
                calls[name](actor=lead, review=review)


def test_the_next_review_is_planned_by_the_end_of_this_one_once(plan, lead):
    review = frozen_review(plan, actor=lead)
    next_on = timezone.localdate() + timedelta(days=91)
    with within(plan.organisation, user=lead):
        for _ in range(2):
            reviews.hold(actor=lead, review=review, present="Ann", apologies="", next_on=next_on)
            reviews.reopen(actor=lead, review=review)

        assert [one.meets_on for one in Review.objects.filter(plan=plan, state="planned")] == [next_on]


def test_decisions_and_tasks_want_open_minutes_and_mark_what_was_discussed(plan, lead):
    review = make_review(plan, actor=lead)
    with within(plan.organisation, user=lead):
        action = plan.actions.get(code="A1")
        with pytest.raises(meeting.MinutesNotOpen):
            meeting.decide(actor=lead, review=review, action=action, outcome="agreed", text="Go on")
        reviews.freeze(actor=lead, review=review)
        made = meeting.decide(actor=lead, review=review, action=action, outcome="agreed", text="Go on")
        task = meeting.give_task(actor=lead, review=review, action=action, text="Tell them", who="", person=lead.person)

        assert [one.action.code for one in Discussed.objects.all()] == ["A1"]
        assert task.who == str(lead.person)
        assert list(tasks_for(lead.person_id)) == [task]
        meeting.finish_task(actor=lead, task=task, note="Told on Monday")
        assert list(tasks_for(lead.person_id)) == []
        with pytest.raises(reviews.NotNow):
            meeting.finish_task(actor=lead, task=task)
        reviews.hold(actor=lead, review=review, present="Ann", apologies="", next_on=None)
        with pytest.raises(meeting.MinutesNotOpen):
            meeting.strike(actor=lead, entry=made)


def test_only_who_commented_takes_it_back_and_only_before_the_end(plan, lead, member):
    review, other = frozen_review(plan, actor=lead), member(Role.READER)
    with within(plan.organisation, user=lead):
        said = meeting.comment(actor=lead, review=review, action=None, text="Well done", wants_decision=False)
        with pytest.raises(meeting.NotYours):
            meeting.withdraw_comment(actor=other, comment=said)
        meeting.withdraw_comment(actor=lead, comment=said)
        assert comments_of(review) == []
        reviews.hold(actor=lead, review=review, present="Ann", apologies="", next_on=None)
        with pytest.raises(reviews.ReviewIsOver):
            meeting.comment(actor=lead, review=review, action=None, text="Late", wants_decision=False)


def test_the_group_is_told_when_the_pack_and_the_minutes_are_ready(plan, lead, member):
    with within(plan.organisation, user=lead):
        group = Group.objects.create(organisation=plan.organisation, kind="steering", name="Steering of ours")
    review = frozen_review(plan, actor=lead, group=group)
    with within(plan.organisation, user=lead):
        with pytest.raises(reviews.NobodyToTell):
            reviews.ask_for_comments(actor=lead, review=review)
        GroupMembership.objects.create(
            organisation=plan.organisation, group=group, person=lead.person, role=MembershipRole.CHAIR, starts_on=date(2020, 1, 1),
        )  # fmt: skip
        assert reviews.ask_for_comments(actor=lead, review=review) == 1
        reviews.hold(actor=lead, review=review, present="Ann", apologies="", next_on=None)
        assert reviews.send_minutes(actor=lead, review=review) == 1

    with within_platform():
        mails = list(OutgoingMail.objects.filter(recipient=lead.email).order_by("pk"))
    assert [mail.subject.split(" ")[0] for mail in mails] == ["The", "Minutes"]
    assert all(f"/o/{plan.organisation.slug}/reviews/{review.pk}/" in mail.text for mail in mails)


def test_nobody_is_told_twice_of_the_same(plan, lead, member):
    with within(plan.organisation, user=lead):
        group = Group.objects.create(organisation=plan.organisation, kind="steering", name="Steering of ours")
        seat = {"organisation": plan.organisation, "group": group, "starts_on": date(2020, 1, 1)}
        GroupMembership.objects.create(person=lead.person, role=MembershipRole.CHAIR, **seat)
    review = frozen_review(plan, actor=lead, group=group)
    with within(plan.organisation, user=lead):
        assert reviews.ask_for_comments(actor=lead, review=review) == 1
        with pytest.raises(reviews.ToldAlready):
            reviews.ask_for_comments(actor=lead, review=review)
        # Who came since is told, and everybody is of another pack.
        GroupMembership.objects.create(person=member(Role.READER).person, role=MembershipRole.MEMBER, **seat)
        assert reviews.ask_for_comments(actor=lead, review=review) == 1
        plan.actions.update(title="Another")
        reviews.freeze(actor=lead, review=review)
        assert reviews.ask_for_comments(actor=lead, review=review) == 2
        reviews.hold(actor=lead, review=review, present="Ann", apologies="", next_on=None)
        assert reviews.send_minutes(actor=lead, review=review) == 2
        with pytest.raises(reviews.ToldAlready):
            reviews.send_minutes(actor=lead, review=review)
        review.refresh_from_db()
        meeting.decide(
            actor=lead, review=reviews.reopen(actor=lead, review=review), action=None, outcome="agreed", text="Yes."
        )
        reviews.hold(actor=lead, review=review, present="Ann", apologies="", next_on=None)
        assert reviews.send_minutes(actor=lead, review=review) == 2


def test_a_member_of_the_group_finds_the_review_and_their_tasks_in_their_calendar(plan, lead, member):
    reader = member(Role.READER)
    with within(plan.organisation, user=lead):
        group = Group.objects.create(organisation=plan.organisation, kind="steering", name="Steering of ours")
        seat = {"group": group, "person": reader.person, "starts_on": date(2020, 1, 1)}
        GroupMembership.objects.create(organisation=plan.organisation, **seat)
    review = frozen_review(plan, actor=lead, group=group)
    due = timezone.localdate() + timedelta(days=9)
    with within(plan.organisation, user=lead):
        meeting.give_task(
            actor=lead, review=review, action=None, text="Book it", who="", person=reader.person, due_on=due
        )

    assert [(one.on, one.summary) for one in calendar_of(reader)] == [
        (review.meets_on, "Review: Plan of ours"), (due, "To do: Book it"),
    ]  # fmt: skip
    assert calendar_of(member(Role.READER)) == []


def test_one_review_a_day_and_none_of_a_closed_plan(plan, lead):
    make_review(plan, actor=lead)
    with pytest.raises(reviews.OneThatDay):
        make_review(plan, actor=lead)
