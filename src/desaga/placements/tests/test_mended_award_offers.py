"""Offers: more time, offered again, and the reserve list with the sum and the conditions that the panel set."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Application, ReservePlace
from ..operations import awards, chasing, pending
from ..operations.gate import NotNow
from ..queries.awards import next_reserve
from .awarding import PARTIES, afresh, applicant_of, letters_to, offered
from .factories import make_scheme, parts_of, with_role
from .meetings import begun, decided, item_of, released
from .panels import eligible


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def day(name, on):
    return {f"{name}_{part}": value for part, value in parts_of(on).items()}


def test_more_time_is_given_and_called_to_mind_anew(client, scheme, manager):
    award = offered(scheme, actor=manager, accept_in=3)
    with within(scheme.organisation):
        assert chasing.follow_award(award=award, now=timezone.now() + timedelta(days=2)) == 1
    client.force_login(manager)
    path = reverse("placements:extend_offer", args=[scheme.organisation.slug, scheme.slug, award.application.reference])
    assert "Give more time" in client.get(path.replace("offer-until/", "")).content.decode()
    assert client.post(path, {**day("accept_by", in_days(10)), "words": "Take the week."}).status_code == 302
    award = afresh(award)
    assert award.accept_by == in_days(10)
    assert "Take the week." in letters_to(award.application.email)[-1].text
    with within(scheme.organisation):
        assert chasing.follow_award(award=award, now=timezone.now() + timedelta(days=8)) == 1


@pytest.mark.parametrize("how", ["turned_down", "lapsed"])
def test_what_was_turned_down_or_lapsed_is_offered_again_while_there_is_money(scheme, manager, how):
    award = offered(scheme, actor=manager, accept_in=2)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        if how == "lapsed":
            awards.lapse_award(award=award, now=timezone.now() + timedelta(days=3))
        else:
            awards.turn_down(award=award, actor=user)
    award = afresh(award)
    with within(scheme.organisation, user=manager):
        scheme.budgets.update(amount=Decimal(999))
        with pytest.raises(awards.NotEnoughMoney):
            awards.extend_offer(award=award, accept_by=in_days(9), actor=manager)
        scheme.budgets.update(amount=Decimal(1000))
        with pytest.raises(awards.DayIsPast):
            awards.extend_offer(award=award, accept_by=in_days(-1), actor=manager)
        awards.extend_offer(award=award, accept_by=in_days(9), actor=manager)
        kinds = list(award.application.events.values_list("kind", flat=True))
        assert {"offer", "offer_again", "lapse" if how == "lapsed" else "turn_down"} <= set(kinds)
    with within(scheme.organisation, user=user):
        awards.accept_award(award=afresh(award), parties=PARTIES, actor=user)
    with within(scheme.organisation, user=manager), pytest.raises(NotNow):
        awards.extend_offer(award=afresh(award), accept_by=in_days(9), actor=manager)


def test_a_panel_reserves_in_part_with_conditions_and_that_is_offered(client, scheme, manager):
    costs = [{"kind": "travel", "what": "Far", "pounds": "900"}]
    application = eligible(scheme, actor=manager, costs=costs)
    round_ = begun(scheme, actor=manager)
    with pytest.raises(pending.NotAPart):
        decided(application, "reserve", actor=manager, amount=Decimal(901))
    decided(application, "reserve", actor=manager, amount=Decimal(600), conditions="Travel by train.")
    released(round_, actor=manager)
    with within(scheme.organisation, user=manager):
        place = ReservePlace.objects.get()
        assert (place.sum, place.conditions) == (Decimal(600), "Travel by train.")
        scheme.budgets.update(amount=Decimal(599))
        assert next_reserve(round_) is None
        scheme.budgets.update(amount=Decimal(600))
        assert next_reserve(round_) == place
    client.force_login(manager)
    path = reverse("placements:offer_next", args=[scheme.organisation.slug, scheme.slug, round_.pk])
    initial = client.get(path).context["form"].initial
    assert (initial["amount"], initial["conditions"]) == ("600.00", "Travel by train.")
    told = {"seen": application.pk, "conditions": "Travel by train.", **day("accept_by", in_days(9))}
    for amount, words in (("601", "no more can be offered"), ("500", "Say why it is less")):
        assert words in client.post(path, {**told, "amount": amount}).content.decode()
    assert client.post(path, {**told, "amount": "500", "because": "More did not come free."}).status_code == 302
    text = letters_to(application.email)[-1].text
    assert "£500.00" in text
    assert "More did not come free." in text
    assert "Travel by train." in text


def test_a_reserve_without_a_sum_is_for_all_that_was_asked_for(scheme, manager):
    application = eligible(scheme, actor=manager)
    round_ = begun(scheme, actor=manager)
    decided(application, "reserve", actor=manager)
    released(round_, actor=manager)
    with within(scheme.organisation):
        assert item_of(application).outcome.amount is None
        assert ReservePlace.objects.get().sum == Application.objects.get(pk=application.pk).asked
