"""Sums on a scheme's page tell nothing of what is hidden from whoever looks; offers of hosts and past awards wait in My work."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Application, HostOffer, PastAward
from ..operations import hosting
from ..waiting_staff import TELLS, schemes_waiting
from .awarding import agreed, reported
from .factories import make_application, make_scheme, received, with_role
from .fund import offer_told


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def shown(page):
    return page.context["money"][0][1]["asked"]


def test_what_is_asked_for_leaves_out_what_is_hidden(scheme, organisation, manager, client_of):
    address = reverse("placements:show_scheme", args=[organisation.slug, scheme.slug])
    received(make_application(scheme))
    own = received(make_application(scheme))
    assert shown(client_of(manager).get(address)) == Decimal("2041.00"), "both came in, and could be told from the sum"
    with within(organisation):
        Application.objects.filter(pk=own.pk).update(applicant=manager.person, email=manager.email)
    page = client_of(manager).get(address)
    assert shown(page) == Decimal("1020.50")
    assert "counts what you may read" in page.text
    with within(organisation):
        Application.objects.update(round=None)
    assert client_of(manager).get(address).context["no_panel"] == 1
    claims = reverse("placements:list_claims", args=[organisation.slug, scheme.slug])
    assert client_of(manager).get(claims).status_code == 200


def test_an_offer_waits_until_somebody_looked(scheme, organisation, manager):
    with within(organisation):
        hosting.say_offer(scheme=scheme, email="hugo@hostwick.example", **offer_told())
    with within(organisation, user=manager):
        (one,) = [one for one in schemes_waiting(manager, organisation) if "offered" in one.thing]
        assert (one.verb, one.thing) == ("Look at", f"1 place that is offered, {scheme.name}")
        assert one.url == reverse("placements:list_offers", args=[organisation.slug, scheme.slug])
        hosting.show_offer(offer=HostOffer.objects.get(), actor=manager)
        assert [one for one in schemes_waiting(manager, organisation) if "offered" in one.thing] == []


def test_a_past_award_waits_until_somebody_looked(scheme, organisation, manager):
    award = agreed(scheme)
    reported(award)
    with within(organisation, user=manager):
        told = {
            "words": "As read.",
            "consented_at": timezone.now(),
            "title": "Cryogenics",
            "year": 2026,
            "sentence": "It went well.",
        }
        past = PastAward.objects.create(organisation=organisation, award=award, scheme=scheme, wish="unnamed", **told)
        lines = [one for one in schemes_waiting(manager, organisation) if "past award" in one.thing]
        assert [(one.verb, one.thing) for one in lines] == [("Look at", f"1 past award for its page, {scheme.name}")]
        PastAward.objects.filter(pk=past.pk).update(looked_at=timezone.now())
        assert [one for one in schemes_waiting(manager, organisation) if "past award" in one.thing] == []
        assert {"offers", "past_awards"} <= set(TELLS)
