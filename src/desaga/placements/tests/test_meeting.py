"""A meeting's operations: what they refuse, what they keep, and what holds of a release."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desaga.notifications.models import OutgoingMail
from desaga.organisations.states import Role
from desaga.tenancy.context import within, within_platform

from ..models import AgendaItem, Application, Award, OutcomeChange, OutcomeLetter, ReservePlace, Round
from ..operations import applications, eligibility, gate, meeting, outcome_letters, pending, releasing
from ..operations.awards import NoSum, NotEnoughMoney, OverTheMost
from ..queries import meeting as reads
from .factories import make_application, make_round, make_scheme, noon_of, received, with_role
from .meetings import begun, decided, item_of, read_by, released
from .panels import eligible


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    make_round(scheme, actor=manager, meets_in=150)
    return scheme


def test_a_meeting_begins_after_the_cut_off_with_the_best_first(scheme, manager):
    low, high, unread = (eligible(scheme, actor=manager) for _ in range(3))
    read_by(low, [1], actor=manager)
    read_by(high, [3, 2], actor=manager)
    round_ = low.round
    with within(scheme.organisation, user=manager), pytest.raises(meeting.StillOpen):
        meeting.begin_meeting(actor=manager, round_=round_)
    begun(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        assert [one.application_id for one in AgendaItem.objects.order_by("position")] == [high.pk, low.pk, unread.pk]
        with pytest.raises(gate.NotNow):
            meeting.begin_meeting(actor=manager, round_=round_, now=noon_of(round_.meets_on))


def test_what_is_late_goes_to_the_next_panel_and_its_applicant_reads_that(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    heard, late = eligible(scheme, actor=manager), received(make_application(scheme))
    with pytest.raises(meeting.NoLaterPanel):
        begun(scheme, actor=manager)
    after = make_round(scheme, actor=manager, meets_in=150)
    round_ = begun(scheme, actor=manager)
    with within(organisation):
        assert [one.application_id for one in AgendaItem.objects.all()] == [heard.pk]
        late.refresh_from_db()
        assert late.round_id == after.pk != round_.pk
        event = late.events.order_by("-pk")[0]
        assert (event.kind, event.for_applicant) == ("next_panel", True)


def test_what_comes_back_after_the_panel_sat_is_heard_by_the_next(scheme, manager):
    application, other = eligible(scheme, actor=manager), eligible(scheme, actor=manager)
    with within(scheme.organisation):
        Application.objects.filter(pk=other.pk).update(state="with_approvers")
        other.refresh_from_db()
    round_ = begun(scheme, actor=manager)
    back = received(other)
    assert (application.round_id, back.round.meets_on > round_.meets_on) == (round_.pk, True)


def test_nothing_to_hear(scheme, manager):
    with pytest.raises(meeting.NothingToHear):
        begun(scheme, actor=manager)


REFUSED = [
    ("part", {"amount": Decimal("1020.50")}, pending.NotAPart),
    ("part", {"amount": Decimal(0)}, NoSum),
    ("part", {}, NoSum),
    ("part", {"amount": Decimal("10.005")}, NoSum),
    ("decline", {"reasons": []}, pending.ChooseReasons),
    ("decline", {"reasons": ["made_up"]}, pending.ChooseReasons),
    ("changes", {"open_parts": ["placement"], "words": " "}, pending.ChooseParts),
    ("changes", {"open_parts": ["made_up"], "words": "Say more."}, pending.ChooseParts),
    ("made_up", {}, gate.NotNow),
]


def test_what_is_refused_as_an_outcome_leaves_none(scheme, manager):
    application = eligible(scheme, actor=manager)
    begun(scheme, actor=manager)
    for kind, told, refusal in REFUSED:
        with pytest.raises(refusal):
            decided(application, kind, actor=manager, **told)
    with within(scheme.organisation, user=manager):
        version = application.version
        version.data = {**version.data, "most": "900.00", "least": "100.00"}
        version.save()
    with pytest.raises(OverTheMost):
        decided(application, "full", actor=manager)
    with pytest.raises(pending.UnderTheLeast):
        decided(application, "part", actor=manager, amount=Decimal(99))
    assert reads.outcome_of(item_of(application)) is None
    with within(scheme.organisation):
        assert not OutcomeChange.objects.exists()


def test_where_no_later_panel_is_planned_nothing_is_put_off(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    application = eligible(scheme, actor=manager)
    begun(scheme, actor=manager)
    for kind in ("next", "changes"):
        with pytest.raises(meeting.NoLaterPanel):
            decided(application, kind, actor=manager)


def test_every_change_is_kept_and_a_second_hand_is_told(scheme, manager):
    application = eligible(scheme, actor=manager)
    begun(scheme, actor=manager)
    first = decided(application, "full", actor=manager)
    decided(application, "part", actor=manager, amount=Decimal(500))
    with within(scheme.organisation, user=manager):
        for seen in (None, first.outcome.set_at):
            with pytest.raises(pending.SetMeanwhile):
                pending.set_outcome(actor=manager, item=first, kind="decline", reasons=["cost"], seen=seen)
            with pytest.raises(pending.SetMeanwhile):
                pending.take_back_outcome(actor=manager, item=first, seen=seen)
        now = item_of(application).outcome.set_at
        pending.take_back_outcome(actor=manager, item=first, seen=now)
        assert [one.kind for one in OutcomeChange.objects.order_by("at", "pk")] == ["full", "part", ""]
    assert reads.outcome_of(item_of(application)) is None


def test_the_reserve_list_is_put_in_order_without_gaps(scheme, manager):
    one, two, three, gone = (eligible(scheme, actor=manager) for _ in range(4))
    round_ = begun(scheme, actor=manager)
    for application in (one, gone, two):
        decided(application, "reserve", actor=manager)
    decided(three, "reserve", actor=manager, before=item_of(one))
    decided(gone, "decline", actor=manager)
    assert released(round_, actor=manager) == 4
    with within(scheme.organisation):
        told = dict(ReservePlace.objects.values_list("application", "rank"))
    assert told == {three.pk: 1, one.pk: 2, two.pk: 3}


def test_release_refuses_what_is_not_ready_and_moves_nothing(scheme, manager):
    first, second = eligible(scheme, actor=manager), eligible(scheme, actor=manager)
    round_ = begun(scheme, actor=manager)
    decided(first, "full", actor=manager)
    with pytest.raises(releasing.NotAllDecided, match="1 item has no outcome yet"):
        released(round_, actor=manager)
    decided(second, "full", actor=manager)
    with within(scheme.organisation, user=manager):
        with pytest.raises(releasing.SeenOtherwise):
            releasing.release(actor=manager, organisation=scheme.organisation, round_=round_, seen="what I saw")
        scheme.budgets.update(amount=2000)
    with pytest.raises(NotEnoughMoney, match=r"come to £2,041.00, and £2,000.00 is left"):
        released(round_, actor=manager)
    with within(scheme.organisation):
        assert set(Application.objects.values_list("state", flat=True)) == {"eligible"}
        assert not Award.objects.exists()
        assert Round.objects.get(pk=round_.pk).state == "sitting"


def test_what_was_withdrawn_is_told_nothing_and_a_release_is_once(scheme, manager):
    kept, gone, again = (eligible(scheme, actor=manager) for _ in range(3))
    round_ = begun(scheme, actor=manager)
    for application in (kept, gone, again):
        decided(application, "decline", actor=manager)
    with within(scheme.organisation, user=manager):
        applications.withdraw(actor=manager, application=gone)
        eligibility.look_again(actor=manager, application=again)
        with pytest.raises(gate.NotNow):
            pending.take_back_outcome(actor=manager, item=item_of(gone), seen=item_of(gone).outcome.set_at)
    assert released(round_, actor=manager) == 1
    with within(scheme.organisation):
        states = dict(Application.objects.values_list("pk", "state"))
        assert states == {kept.pk: "declined", gone.pk: "withdrawn", again.pk: "received"}
        again.refresh_from_db()
        assert again.round_id != round_.pk
        assert [one.application_id for one in reads.to_write(round_.pk)] == [kept.pk]
    with pytest.raises(meeting.NotSitting):
        released(round_, actor=manager)
    with pytest.raises(meeting.NotSitting):
        decided(kept, "next", actor=manager)


class Stopped(Exception):
    """What a killed worker looks like to the database: all that was not committed is gone."""


def test_a_letter_that_was_stopped_is_written_once(scheme, manager):
    rows = [eligible(scheme, actor=manager) for _ in range(3)]
    round_ = begun(scheme, actor=manager)
    for application in rows:
        decided(application, "decline", actor=manager)
    released(round_, actor=manager)
    told = {"organisation": scheme.organisation, "actor": manager}
    with pytest.raises(Stopped):
        write_and_stop(**told, round_id=round_.pk)
    assert mails_written() == 0
    with within(scheme.organisation):
        assert reads.rounds_to_write() == [round_.pk]
    first = item_of(rows[0]).pk
    assert [outcome_letters.write_one(**told, item_id=first) for _ in range(2)] == [True, False]
    assert outcome_letters.write_letters(**told, round_id=round_.pk) == 2
    assert outcome_letters.write_letters(**told, round_id=round_.pk) == 0
    assert mails_written() == 3
    with within(scheme.organisation):
        assert OutcomeLetter.objects.values("mail_id").distinct().count() == 3
        assert reads.rounds_to_write() == []


@transaction.atomic
def write_and_stop(**told):
    outcome_letters.write_letters(**told)
    raise Stopped


def mails_written():
    with within_platform():
        return OutgoingMail.objects.filter(subject__startswith="The panel").count()


def test_items_are_called_one_after_the_other(scheme, manager):
    both = [eligible(scheme, actor=manager) for _ in range(2)]
    begun(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        one, two = sorted(both, key=lambda each: item_of(each).position)
        meeting.open_item(actor=manager, item=item_of(one))
        meeting.open_item(actor=manager, item=item_of(two))
        assert [item_of(each).state for each in (one, two)] == ["done", "open"]
        meeting.move_item(actor=manager, item=item_of(one), beside=item_of(two))
        assert item_of(two).position < item_of(one).position
        meeting.close_item(actor=manager, item=item_of(two))
        with pytest.raises(gate.NotNow):
            meeting.close_item(actor=manager, item=item_of(two))
        meeting.keep_notes(actor=manager, item=item_of(two), notes=" Split views. ")
        assert item_of(two).notes == "Split views."


def test_pages_cost_the_same_whatever_is_on_the_agenda(scheme, manager, client):
    client.force_login(manager)
    other = make_scheme(scheme.organisation, actor=manager)
    make_round(other, actor=manager, meets_in=150)
    one, three = cost(client, scheme, manager, ("full",)), cost(client, other, manager, ("full", "part", "decline"))
    assert three == one


def cost(client, scheme, manager, kinds):
    """How many queries each page of a meeting takes, with so many outcomes."""
    rows = [eligible(scheme, actor=manager) for _ in kinds]
    round_ = begun(scheme, actor=manager)
    for application, kind in zip(rows, kinds, strict=True):
        decided(application, kind, actor=manager, **({"amount": Decimal(100)} if kind == "part" else {}))
    args, told = [scheme.organisation.slug, scheme.slug, round_.pk], {}
    pages = {"show_meeting": [], "show_item": [rows[0].reference], "release_outcomes": [], "take_minutes_out": ["docx"]}
    for name, more in pages.items():
        url = reverse(f"placements:{name}", args=[*args, *more])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        told[name] = len(queries)
    return told
