"""A placement that is called off: who is told, what is still paid, and that its money is not awarded twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import ClaimKind
from ..models import Claim
from ..operations import awards, changes, claims, paying
from ..operations.gate import NotNow
from ..queries.schemes import money_of
from .awarding import afresh, agreed, applicant_of, claimed, letters_to, paid
from .factories import make_scheme, with_role

HOME, HOST = "mona.manager@farfield.example", "hugo.host@hostwick.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def called_off(award, *, actor, until=None, because="The ward is closed."):
    with within(award.application.organisation, user=actor):
        awards.call_off(award=award, because=because, claims_until=until, actor=actor)
    return afresh(award)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_all_three_are_told_and_only_the_technician_has_a_button(scheme, manager):
    award = called_off(agreed(scheme, actor=manager), actor=manager, until=in_days(20))
    for email in (HOME, HOST, award.application.email):
        last = letters_to(email)[-1]
        assert last.subject.startswith("Called off"), email
        assert "The ward is closed." in last.text
        assert ("See your application" in last.text) == (email == award.application.email)
    assert "can be claimed until" in letters_to(award.application.email)[-1].text


def test_the_technician_asks_and_staff_call_it_off(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    slugs = [scheme.organisation.slug, scheme.slug, award.application.reference]
    client.force_login(applicant_of(award))
    assert "I cannot go" in client.get(award.application.get_absolute_url()).content.decode()
    assert client.post(reverse("placements:cannot_go", args=slugs), {"words": "I broke a leg."}).status_code == 302
    client.force_login(manager)
    page = client.get(reverse("placements:show_award", args=slugs)).content.decode()
    assert "They cannot go" in page
    assert "Approve the change" not in page
    form = client.get(reverse("placements:call_off_award", args=slugs))
    assert form.context["form"].initial["words"] == "I broke a leg."
    assert client.post(reverse("placements:call_off_award", args=slugs), {"words": "A leg."}).status_code == 302
    award = afresh(award)
    assert award.application.state == "called_off"
    with within(scheme.organisation):
        assert award.changes.get().state == "approved"
        with pytest.raises(NotNow):
            changes.ask_call_off(award=award, because="Again.", actor=manager)


def test_what_could_not_be_got_back_is_claimed_until_a_day(client, scheme, manager):
    award = called_off(agreed(scheme, actor=manager), actor=manager, until=in_days(20))
    client.force_login(applicant_of(award))
    assert "Claim what it cost" in client.get(award.application.get_absolute_url()).content.decode()
    claim = claimed(award, "60")
    user = applicant_of(award)
    with within(scheme.organisation, user=user), pytest.raises(claims.NothingToClaimYet):
        claims.begin_claim(award=award, kind=ClaimKind.ADVANCE, actor=user)
    assert paid(claim, actor=manager).state == "paid"
    late = called_off(agreed(scheme, actor=manager), actor=manager)
    with within(scheme.organisation, user=manager), pytest.raises(claims.NothingToClaimYet):
        claims.begin_claim(award=late, kind=ClaimKind.COSTS, actor=manager)


def test_what_was_approved_stays_committed_and_what_is_claimed_later_must_be_there(scheme, manager):
    award = agreed(scheme, actor=manager)
    claim = claimed(award, "400")
    with within(scheme.organisation, user=manager):
        paying.approve_claim(claim=claim, actor=manager)
        awards.call_off(award=award, because="Ill.", claims_until=in_days(9), actor=manager)
        budget = scheme.budgets.get()
        assert money_of(budget)["committed"] == Decimal(400)
        scheme.budgets.update(amount=Decimal(450))
    more = claimed(award, "60")
    with within(scheme.organisation, user=manager):
        with pytest.raises(awards.NotEnoughMoney):
            paying.approve_claim(claim=more, actor=manager)
        assert Claim.objects.get(pk=more.pk).state == "sent"


def test_an_advance_that_is_open_can_still_come_back(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    paid(claimed(award, "300", kind=ClaimKind.ADVANCE), actor=manager)
    award = called_off(award, actor=manager)
    assert "£300.00 was paid in advance" in letters_to(award.application.email)[-1].text
    client.force_login(manager)
    slugs = [scheme.organisation.slug, scheme.slug, award.application.reference]
    assert "Part of the advance came back" in client.get(reverse("placements:show_award", args=slugs)).content.decode()
    with within(scheme.organisation, user=manager):
        paying.take_repayment(
            award=award, amount=Decimal(300), paid_on=timezone.localdate(), reference="R 1", actor=manager
        )
    assert afresh(award).purse.outstanding == 0
