"""Who has applied, or has a conflict, learns nothing of awards, reserve lists and claims, and decides on none."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Award
from ..operations import awards, changes, paying
from ..operations.standing import NotYoursToDecide, YourOwn
from ..waiting_staff import schemes_waiting
from .awarding import agreed, applicant_of, claimed, eligible, reported
from .factories import make_scheme, parts_of, with_role
from .panels import declared


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def own(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Olga Own")


@pytest.fixture
def torn(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def url(scheme, name, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def lines_of(user, organisation):
    with within(organisation, user=user):
        return [one.thing for one in schemes_waiting(user, organisation)]


def test_a_reserve_place_is_hidden_from_its_applicant_and_from_who_has_a_conflict(client, scheme, manager, own, torn):
    application = eligible(scheme, actor=manager, applicant=own, title="Zirconium whiskers")
    declared(application, torn, "money", "A spin-out.")
    with within(scheme.organisation, user=manager):
        awards.put_on_reserve(application=application, rank=1, actor=manager)
    press = {"seen": application.pk, "amount": "1020.50", **_accept_by()}
    for user in (own, torn):
        client.force_login(user)
        text = client.get(url(scheme, "list_awards")).content.decode()
        assert not [one for one in (application.reference, "Zirconium", "Reserve list") if one in text]
        assert client.get(url(scheme, "offer_next", application.round_id)).status_code == 404
        assert client.post(url(scheme, "offer_next", application.round_id), press).status_code == 404
        assert not [one for one in lines_of(user, scheme.organisation) if "reserve list" in one]
    client.force_login(manager)
    assert "Offer to the first" in client.get(url(scheme, "list_awards")).content.decode()
    assert [one for one in lines_of(manager, scheme.organisation) if "reserve list" in one]
    assert client.post(url(scheme, "offer_next", application.round_id), press).status_code == 302


def _accept_by():
    day = timezone.localdate() + timedelta(days=9)
    return {f"accept_by_{name}": value for name, value in parts_of(day).items()}


@pytest.mark.parametrize(("who", "refusal"), [("own", YourOwn), ("torn", NotYoursToDecide)])
def test_nobody_offers_an_award_to_themself_nor_where_something_stands_in_their_way(
    request, scheme, manager, own, torn, who, refusal
):
    application = eligible(scheme, actor=manager, applicant=own)
    declared(application, torn, "money", "A spin-out.")
    user, day = request.getfixturevalue(who), timezone.localdate() + timedelta(days=9)
    with within(scheme.organisation, user=user):
        with pytest.raises(refusal):
            awards.offer_award(application=application, amount=Decimal(50), accept_by=day, actor=user)
        assert not Award.objects.exists()


def test_what_waits_names_nobody_to_who_has_a_conflict_or_applied(scheme, manager, own, torn):
    award = agreed(scheme, actor=manager, applicant=own)
    declared(award.application, torn, "money", "A spin-out.")
    claimed(award, "40")
    with within(scheme.organisation, user=own):
        changes.ask_change(award=award, ends_on=award.ends_on + timedelta(days=1), because="Closed then.", actor=own)
    reported(award)
    for user in (own, torn):
        told = [one for one in lines_of(user, scheme.organisation) if award.application.name in one]
        assert told == [], told
    told = " ".join(lines_of(manager, scheme.organisation))
    assert [one for one in ("report of", "claim", "change") if one not in told] == []


def test_claims_are_hidden_from_a_manager_who_may_not_read_them_and_kept_by_finance(
    client, organisation, scheme, manager, own, torn
):
    finance = with_role(organisation, Role.FINANCE, "Fay Finance")
    award = agreed(scheme, actor=manager, applicant=own)
    declared(award.application, torn, "money", "A spin-out.")
    claim = claimed(award, "40")
    reference = award.application.reference
    for user in (own, torn):
        client.force_login(user)
        assert reference not in client.get(url(scheme, "list_claims")).content.decode()
        assert reference not in client.get(url(scheme, "take_claims_out")).content.decode()
        assert client.get(url(scheme, "look_at_claim", reference, claim.number)).status_code == 404
        assert client.post(url(scheme, "return_claim", reference, claim.number), {"words": "No"}).status_code == 404
        with within(organisation, user=user):
            for deed in (paying.approve_claim, paying.return_claim):
                with pytest.raises((YourOwn, NotYoursToDecide)):
                    deed(claim=claim, actor=user, words="No")
    for user in (finance, manager):
        client.force_login(user)
        assert reference in client.get(url(scheme, "list_claims")).content.decode()
    assert applicant_of(award) == own
