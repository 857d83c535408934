"""Measures: accepted from an action's words, read from time to time, and how far they are."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Measure, MeasureReading
from ..operations import measures
from ..progress import is_met, share_of_way
from ..queries import action as whole
from ..queries.measures import measures_of
from .factories import PlanFactory, make_action


@pytest.fixture
def action(organisation):
    return make_action(
        PlanFactory(organisation=organisation), code="A1", title="Write", success="4x case studies by July 2027."
    )


@pytest.fixture
def measure(action):
    with within(action.organisation):
        return measures.accept_measure(actor=None, action=action, words="4x case studies")


@pytest.mark.parametrize(
    ("value", "baseline", "target", "direction", "share"),
    [
        (None, None, 4, "at_least", None),
        (2, None, 4, "at_least", 50),
        (4, None, 4, "at_least", 100),
        (9, None, 4, "at_least", 100),
        (3, 2, 4, "at_least", 50),
        (1, 2, 4, "at_least", 0),
        (3, None, None, "at_least", None),
        (8, None, 5, "at_most", None),
        (8, 11, 5, "at_most", 50),
        (5, 11, 5, "at_most", 100),
        (12, 11, 5, "at_most", 0),
        (0, None, 0, "at_least", 100),
    ],
)
def test_how_much_of_the_way_is_behind_one(value, baseline, target, direction, share):
    numbers = (None if one is None else Decimal(one) for one in (value, baseline, target))
    assert share_of_way(*numbers, direction) == share


amounts = st.decimals(0, 10_000, places=2)


@given(amounts, st.none() | amounts, amounts, st.sampled_from(["at_least", "at_most"]))
def test_the_way_is_whole_just_where_the_measure_is_met(value, baseline, target, direction):
    share = share_of_way(value, baseline, target, direction)
    assert (share == 100) == is_met(value, target, direction)
    assert share is None or 0 <= share <= 100


def test_a_measure_is_accepted_from_the_actions_own_words_once(action, measure):
    assert (measure.aim, measure.words) == ("At least 4 case studies, by July 2027", "4x case studies")
    with within(action.organisation):
        assert measures_of(whole(action.plan_id, action.pk))[1] == []
        with pytest.raises(measures.MeasureThere):
            measures.accept_measure(actor=None, action=action, words="4x case studies")
        with pytest.raises(measures.NotProposed):
            measures.accept_measure(actor=None, action=action, words="9 case studies")


def test_readings_are_added_and_never_changed_and_the_last_of_a_day_counts(action, measure):
    with within(action.organisation):
        for days, value in ((30, 1), (0, 2), (0, 3)):
            measures.read_measure(
                actor=None, measure=measure, value=Decimal(value), on=timezone.localdate() - timedelta(days=days)
            )
        [shown], _ = measures_of(action)
        assert [one.value for one in shown.readings] == [1, 3]
        assert (shown.share, shown.is_met) == (75, False)
        with pytest.raises(DatabaseError), transaction.atomic():
            MeasureReading.objects.update(value=9)


@pytest.mark.parametrize(
    ("value", "days", "refusal"),
    [(Decimal(101), 0, measures.ShareBeyondAll), (Decimal(50), -1, measures.ReadInTheFuture)],
)
def test_what_cannot_be_is_refused(action, value, days, refusal):
    with within(action.organisation):
        share = measures.add_measure(
            actor=None, action=action, what="of staff registered", is_share=True, target=Decimal(60)
        )
        with pytest.raises(refusal):
            measures.read_measure(
                actor=None, measure=share, value=value, on=timezone.localdate() - timedelta(days=days)
            )


def test_editing_the_action_keeps_its_measures(action, measure):
    from ..interchange import action_as_data
    from ..operations.actions import edit_action

    with within(action.organisation):
        edit_action(actor=None, action=action, data=action_as_data(whole(action.plan_id, action.pk)))
        assert Measure.objects.get() == measure


def test_on_the_page_a_measure_is_counted_read_changed_and_ended(organisation, action, member, client_of):
    browser = client_of(member(Role.PROJECT_OFFICER))
    address = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/"
    assert "At least 4 case studies" in browser.get(address).content.decode()
    browser.post(f"{address}measures/accept/", {"words": "4x case studies"})
    with within(organisation):
        pk = Measure.objects.get().pk
    day = {f"on_{part}": getattr(timezone.localdate(), part) for part in ("day", "month", "year")}
    browser.post(f"{address}measures/{pk}/read/", {"value": "3", "note": "The page", **day})
    page = browser.get(address).content.decode()
    assert "75 % of the way" in page
    change = {"what": "case studies", "direction": "at_least", "target": "3", "due": "2027"}
    assert "Met" in browser.post(f"{address}measures/{pk}/edit/", change, follow=True).content.decode()
    browser.post(f"{address}measures/{pk}/end/")
    assert "75 % of the way" not in browser.get(address).content.decode()


def test_the_page_asks_the_same_for_one_measure_and_for_three(organisation, action, member, client_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = client_of(member(Role.LEAD))
    address = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/"
    browser.get(address)
    numbers = []
    for what in ("one", "two", "three"):
        with within(organisation):
            made = measures.add_measure(actor=None, action=action, what=what)
            measures.read_measure(actor=None, measure=made, value=Decimal(1), on=timezone.localdate())
        with CaptureQueriesContext(connection) as seen:
            browser.get(address)
        numbers.append(len(seen))
    assert numbers[0] == numbers[2]
