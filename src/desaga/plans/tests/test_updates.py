"""Updates: added for each period, never changed; what must stand with red and complete; several units' accounts as one."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import InternalError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from desaga.organisations.models import Party, Unit
from desaga.organisations.states import PartyKind, Role, UnitKind
from desaga.tenancy.context import within

from ..interchange import action_as_data
from ..models import Action, Update
from ..operations.actions import PlanIsClosed, edit_action
from ..operations.updates import AccountIsNotWhole, give_update
from ..queries import action as whole
from ..states import Rag, Status, Way
from ..updating import Account, quarter_of, rolled_up, wanting
from .factories import PlanFactory, close_plan, make_action

GOING = Account(status=Status.IN_PROGRESS, rag=Rag.GREEN, text="Two of four are written.", next_step="Write the third.")


@pytest.fixture
def action(organisation):
    return make_action(PlanFactory(organisation=organisation), title="Write role descriptors", comments="Begun.")


def give(action, account=GOING, **told):
    told = {"period": "Autumn", "given_by": "Ann Smith", "actor": None, "way": Way.LINK, **told}
    with within(action.organisation):
        return give_update(action=action, account=account, **told)


@pytest.mark.parametrize(
    ("account", "fields"),
    [
        (Account(), {"text"}),
        (Account(text="Said."), set()),
        (Account(rag=Rag.GREEN), set()),
        (Account(rag=Rag.RED), {"reason", "recovery"}),
        (Account(rag=Rag.RED, reason="No money.", recovery=" "), {"recovery"}),
        (Account(rag=Rag.RED, reason="No money.", recovery="Ask for it."), set()),
        (Account(status=Status.COMPLETE), {"evidence"}),
        (Account(status=Status.COMPLETE, evidence="The page."), set()),
        (Account(status=Status.COMPLETE, rag=Rag.RED), {"reason", "recovery", "evidence"}),
    ],
)
def test_red_wants_a_reason_and_a_way_back_and_complete_wants_what_shows_it(account, fields):
    assert set(wanting(account)) == fields


@pytest.mark.parametrize(
    ("told", "expected", "answer"),
    [
        ([], 3, ("", "")),
        ([("complete", "green")] * 3, 3, ("complete", "green")),
        ([("complete", "green")] * 2, 3, ("in_progress", "green")),
        ([("complete", "green"), ("not_started", "red")], 2, ("in_progress", "red")),
        ([("not_started", "")] * 2, 3, ("not_started", "")),
        ([("delayed", "amber"), ("complete", "green")], 2, ("delayed", "amber")),
        ([("paused", "green"), ("in_progress", "amber")], 2, ("paused", "amber")),
        ([("stopped", ""), ("stopped", "")], 2, ("stopped", "")),
        ([("stopped", "")], 2, ("in_progress", "")),
    ],
)
def test_what_units_say_comes_to_one(told, expected, answer):
    assert rolled_up(told, expected) == answer


@given(
    st.lists(
        st.tuples(st.sampled_from(["", *Status.values]), st.sampled_from(["", "red", "amber", "green"])), max_size=6
    ),
    st.randoms(),
)
def test_the_order_of_units_does_not_matter_and_nobody_is_better_than_the_worst(told, random):
    mixed = list(told)
    random.shuffle(mixed)
    status, rag = rolled_up(told, len(told))
    assert rolled_up(mixed, len(told)) == (status, rag)
    assert (rag == "red") == any(one == "red" for _, one in told)
    assert status != "complete" or all(one == "complete" for one, _ in told if one or _)


def test_quarters_are_said_in_words(settings):
    from datetime import date

    assert quarter_of(date(2026, 11, 28)) == "October to December 2026"


def test_an_update_is_added_and_the_action_follows(action):
    update = give(action)

    with within(action.organisation):
        now = whole(action.plan_id, action.pk)
        told = [(one.period, one.status, one.text, one.source) for one in now.updates.all()]
    assert (now.status, now.rag) == ("in_progress", "green")
    assert [one[2] for one in told] == ["Begun.", "Two of four are written."]
    assert (update.source, update.next_step) == ("Ann Smith, by the link in an e-mail", "Write the third.")


def test_what_was_said_is_never_changed(action):
    update = give(action)

    with within(action.organisation), pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Update.objects.filter(pk=update.pk).update(text="Something else.")


def test_editing_the_action_leaves_its_updates_alone(action, member):
    update = give(action, unit=None)

    with within(action.organisation):
        data = {**action_as_data(whole(action.plan_id, action.pk)), "title": "Write all role descriptors"}
        edit_action(actor=None, action=action, data=data)
        kept = Update.objects.get(pk=update.pk)
        assert (kept.next_step, kept.given_by, Update.objects.filter(action=action).count()) == (
            "Write the third.", "Ann Smith", 2,
        )  # fmt: skip


def test_red_without_a_reason_is_refused_and_nothing_is_written(action):
    with pytest.raises(AccountIsNotWhole, match="say why"):
        give(action, Account(rag=Rag.RED))
    with within(action.organisation):
        assert not Update.objects.exists()


def test_nothing_new_repeats_what_stood(action):
    give(action)
    update = give(action, Account(), nothing_new=True, period="Winter")

    assert (update.status, update.rag, update.nothing_new) == ("in_progress", "green", True)


def test_nothing_new_of_what_is_red_keeps_why_and_the_way_back(action):
    red = Account(
        status="in_progress", rag="red", next_step="Ask again", reason="No room was found.", recovery="Share one."
    )
    give(action, red)
    update = give(action, Account(text="Still so."), nothing_new=True, period="Winter")

    assert (update.rag, update.reason, update.recovery, update.next_step) == (
        "red",
        red.reason,
        red.recovery,
        red.next_step,
    )
    assert update.text == "Still so."


def test_the_same_form_twice_is_one_update(action):
    submission = uuid4()
    assert give(action, submission=submission) == give(action, submission=submission)


def test_a_closed_plan_takes_no_update(action):
    with within(action.organisation):
        close_plan(action.plan)
    with pytest.raises(PlanIsClosed):
        give(action)


@pytest.fixture
def faculties(organisation):
    with within(organisation):
        Party.objects.create(
            organisation=organisation, kind=PartyKind.ROLE, name="Managers in faculties", code="FTM",
            one_per=UnitKind.SCHOOL, only_with_technical_workforce=True,
        )  # fmt: skip
        return [
            Unit.objects.create(
                organisation=organisation, kind=UnitKind.SCHOOL, name=name, has_technical_workforce=True
            )
            for name in ("Arts", "Science")
        ]


def test_one_per_faculty_is_an_account_a_faculty_and_the_action_what_they_come_to(organisation, faculties):
    action = make_action(PlanFactory(organisation=organisation), title="Nominate", owners=["FTM"])
    arts, science = faculties
    done = Account(status=Status.COMPLETE, rag=Rag.GREEN, evidence="Four names.")

    give(action, done, unit=arts)
    with within(organisation):
        assert Action.objects.get(pk=action.pk).status == "in_progress"
    give(action, done, unit=science)
    with within(organisation):
        assert Action.objects.get(pk=action.pk).status == "complete"


def test_the_officer_writes_down_what_came_by_phone_and_both_names_stand(organisation, action, member, client_of):
    officer = member(Role.PROJECT_OFFICER)
    client = client_of(officer)
    address = f"/o/{organisation.slug}/plans/{action.plan_id}/actions/{action.pk}/update/"
    form = client.get(address).context["form"]
    told = {
        "submission": form["submission"].value(), "period": "Autumn", "status": "in_progress", "rag": "amber",
        "text": "The committee meets in December.", "way": "phone", "given_by": "Ann Smith",
    }  # fmt: skip
    assert client.post(address, {**told, "given_by": ""}).status_code == 200
    page = client.post(address, told, follow=True).content.decode()

    assert f"Ann Smith, by phone, written down by {officer.get_full_name()}" in page
    assert "The committee meets in December." in page


def test_nothing_new_is_one_press_on_the_page(organisation, action, member, client_of):
    give(action)
    client = client_of(member(Role.LEAD))
    address = f"/o/{organisation.slug}/plans/{action.plan_id}/actions/{action.pk}/update/"
    sent = {"submission": str(uuid4()), "period": "Winter", "nothing_new": "yes"}
    client.post(address, sent)
    client.post(address, sent)

    with within(organisation):
        assert [one.period for one in Update.objects.filter(nothing_new=True)] == ["Winter"]


def test_whoever_carries_an_action_may_say_how_it_goes_and_no_other_may(organisation, member, client_of):
    user = member(Role.TECHNICIAN)
    with within(organisation):
        Party.objects.create(
            organisation=organisation, kind=PartyKind.PERSON, name=user.person.name, code="AS", person=user.person
        )
    plan = PlanFactory(organisation=organisation)
    own, other = make_action(plan, title="Mine", owners=["AS"]), make_action(plan, title="Another’s")
    client = client_of(user)

    answers = [
        client.get(f"/o/{organisation.slug}/plans/{plan.pk}/actions/{one.pk}/update/").status_code
        for one in (own, other)
    ]
    assert answers == [200, 403]


def test_nothing_new_of_an_action_for_each_unit_says_for_which(organisation, faculties, member, client_of):
    action = make_action(PlanFactory(organisation=organisation), title="Nominate", owners=["FTM"])
    browser = client_of(member(Role.LEAD))
    address = f"/o/{organisation.slug}/plans/{action.plan_id}/actions/{action.pk}/update/"
    sent = {"submission": str(uuid4()), "period": "Winter", "nothing_new": "yes"}
    assert "Choose for which unit" in browser.post(address, sent).content.decode()
    browser.post(address, sent | {"unit": str(faculties[0].pk)})

    with within(organisation):
        assert [one.unit for one in Update.objects.filter(nothing_new=True)] == [faculties[0]]
