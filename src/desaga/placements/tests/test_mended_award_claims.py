"""Claims: what is approved of each cost, what an unsent claim holds up, payments that did not hold, and the files for finance."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import ClaimKind
from ..operations import claims, paying, reports
from .awarding import afresh, agreed, applicant_of, claimed, letters_to, reported
from .factories import make_scheme, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def finance(organisation):
    return with_role(organisation, Role.FINANCE, "Fay Finance")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def sent(award, *lines):
    """A claim of lines of kind, what and pounds."""
    user = applicant_of(award)
    with within(award.application.organisation, user=user):
        claim = claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=user)
        for kind, what, pounds in lines:
            claims.add_line(claim=claim, kind=kind, what=what, pounds=Decimal(pounds), no_receipt="Lost", actor=user)
        return claims.send_claim(claim=claim, actor=user)


def url(award, name, *more):
    application = award.application
    return reverse(
        f"placements:{name}",
        args=[application.organisation.slug, application.scheme.slug, application.reference, *more],
    )


def test_a_cap_is_not_passed_by_approving_a_penny_less(scheme, manager):
    award = agreed(scheme, actor=manager)
    claim = sent(award, ("other", "Maps", "600"), ("travel", "Train", "50"))
    with within(scheme.organisation, user=manager):
        maps, train = claim.lines.order_by("pk")
        for cuts in ({}, {train.pk: paying.Cut(Decimal("49.99"), "A penny.")}):
            with pytest.raises(paying.OverTheCap, match=r"£100\.00 less"):
                paying.approve_claim(claim=claim, cuts=cuts, actor=manager)
        paying.approve_claim(claim=claim, cuts={maps.pk: paying.Cut(Decimal(500), "The cap.")}, actor=manager)
        claim.refresh_from_db()
        assert claim.allowed == Decimal(550)
        # What was cut does not count against the cap: all of it is used now, and no more goes.
        assert afresh(award).approved == Decimal(550)
    more = sent(award, ("other", "Pens", "0.01"))
    with within(scheme.organisation, user=manager), pytest.raises(paying.OverTheCap):
        paying.approve_claim(claim=more, actor=manager)


def test_one_cost_is_struck_on_the_page_and_everybody_reads_which(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    claim = sent(award, ("accommodation", "A suite", "300"), ("travel", "Train", "50"))
    with within(scheme.organisation):
        suite, train = claim.lines.order_by("pk")
    client.force_login(manager)
    path = url(award, "approve_claim", claim.number)
    assert "say why it is less" in client.post(path, {f"allowed_{suite.pk}": "0"}).content.decode()
    told = {f"allowed_{suite.pk}": "0", f"because_{suite.pk}": "A room is enough.", f"allowed_{train.pk}": "50"}
    assert client.post(path, told).status_code == 302
    assert "A suite: £0.00 of £300.00. A room is enough." in letters_to(award.application.email)[-1].text
    args = [scheme.organisation.slug, scheme.slug]
    assert "A suite: 0.00 of 300.00" in client.get(reverse("placements:take_claims_out", args=args)).content.decode()
    client.force_login(applicant_of(award))
    assert "£0.00 approved: A room is enough." in client.get(url(award, "show_claim", claim.number)).content.decode()


def test_all_of_a_claim_is_one_press_and_nothing_of_it_is_none(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    claim = claimed(award, "40")
    with within(scheme.organisation, user=manager):
        cuts = {claim.lines.get().pk: paying.Cut(Decimal(0), "Not ours.")}
        with pytest.raises(paying.NothingApproved):
            paying.approve_claim(claim=claim, cuts=cuts, actor=manager)
    client.force_login(manager)
    assert "Approve all of it" in client.get(url(award, "look_at_claim", claim.number)).content.decode()
    assert client.post(url(award, "approve_claim", claim.number), {}).status_code == 302
    assert afresh(award).approved == Decimal(40)


def test_finishing_says_what_is_not_sent_and_does_so_all_the_same_when_told(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    user = applicant_of(award)
    claim = claimed(award, "40")
    with within(scheme.organisation, user=manager):
        paying.return_claim(claim=claim, words="Where is the receipt?", actor=manager)
        reported(award)
        reports.accept_report(award=award, actor=manager)
        with pytest.raises(reports.ClaimNotSent, match=r"£40\.00"):
            reports.finish(award=award, actor=manager)
    client.force_login(manager)
    page = client.post(url(award, "finish"))
    assert "has not sent a claim of £40.00" in page.content.decode()
    assert afresh(award).application.state == "reported"
    assert client.post(url(award, "finish"), {"anyway": "on"}).status_code == 302
    assert afresh(award).application.state == "closed"
    last = letters_to(award.application.email)[-1].text
    assert "A claim of £40.00 was not sent" in last
    assert "your claims are settled" not in last
    client.force_login(user)
    assert "Taken back" in client.get(url(award, "show_claim", claim.number)).content.decode()


def test_an_empty_claim_holds_up_nothing(scheme, manager):
    award = agreed(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=user)
    with within(scheme.organisation, user=manager):
        reported(award)
        reports.accept_report(award=award, actor=manager)
        assert reports.finish(award=award, actor=manager).application.state == "closed"
    assert "your claims are settled" in letters_to(award.application.email)[-1].text


def approved(award, *lines, actor):
    claim = sent(award, *lines)
    with within(award.application.organisation, user=actor):
        return paying.approve_claim(claim=claim, actor=actor)


def test_whoever_approved_does_not_pay_where_somebody_keeps_the_money(scheme, manager, finance):
    claim = approved(agreed(scheme, actor=manager), ("travel", "Train", "50"), actor=manager)
    pay = {"claim": claim, "paid_on": timezone.localdate(), "reference": "BACS 1"}
    with within(scheme.organisation, user=manager):
        with pytest.raises(paying.SameHand):
            paying.pay_claim(actor=manager, **pay)
        paying.pay_claim(actor=finance, **pay)


def test_a_payment_that_did_not_hold_is_taken_back_kept_and_paid_again(client, scheme, manager, finance):
    award = agreed(scheme, actor=manager)
    claim = approved(award, ("travel", "Train", "50"), actor=manager)
    today = timezone.localdate()
    with within(scheme.organisation, user=finance):
        paying.pay_claim(claim=claim, paid_on=today, reference="BACS 1", actor=finance)
    client.force_login(finance)
    assert "It did not hold" in client.get(url(award, "look_at_claim", claim.number)).content.decode()
    assert client.post(url(award, "take_payment_back", claim.number), {"words": "Wrong account."}).status_code == 302
    assert afresh(award).paid == 0
    assert "Wrong account." in letters_to(award.application.email)[-1].text
    assert "did not hold: Wrong account." in client.get(url(award, "look_at_claim", claim.number)).content.decode()
    # Once is once.
    again = client.post(url(award, "take_payment_back", claim.number), {"words": "Wrong account."})
    assert again.status_code == 200
    with within(scheme.organisation, user=finance):
        claim = claim.__class__.objects.get(pk=claim.pk)
        paying.pay_claim(claim=claim, paid_on=today, reference="BACS 2", actor=finance)
    assert afresh(award).paid == Decimal(50)


def test_the_files_for_finance_add_up_and_are_narrowed(client, scheme, manager, finance):
    award = agreed(scheme, actor=manager)
    today = timezone.localdate()
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        advance = claims.begin_claim(award=award, kind=ClaimKind.ADVANCE, actor=user)
        claims.add_line(claim=advance, kind="travel", what="Tickets", pounds=Decimal(300), actor=user)
        claims.send_claim(claim=advance, actor=user)
    with within(scheme.organisation, user=manager):
        paying.approve_claim(claim=advance, actor=manager)
    with within(scheme.organisation, user=finance):
        pay = {"claim": advance, "paid_on": today, "actor": finance}
        first = paying.pay_claim(reference="BACS 1", **pay)
        paying.take_payment_back(payment=first, because="Sent back.", actor=finance)
        paying.pay_claim(reference="BACS 2", **pay)
        paying.take_repayment(award=award, amount=Decimal(80), paid_on=today, reference="R 1", actor=finance)
    sent(award, ("other", "Maps", "10"))
    client.force_login(finance)
    args = [scheme.organisation.slug, scheme.slug]
    rows = table(client.get(reverse("placements:take_movements_out", args=args)))
    assert [float(one["Amount"]) for one in rows] == [300, 300, -300, -80]
    assert sum(float(one["Amount"]) for one in rows) == float(afresh(award).paid)
    assert {one["Year"] for one in rows} == {str(today.year)}
    path = reverse("placements:take_claims_out", args=args)
    paid_ones = table(client.get(path, {"state": "paid"}))
    assert [(one["Award"], one["Kinds of cost"], one["Approved by"]) for one in paid_ones] == [
        (award.application.reference, "Travel", "Sam Scheme")
    ]
    assert len(table(client.get(path))) == 2
    assert table(client.get(path, {"until": "2020-01-01"})) == []
    assert len(client.get(reverse("placements:list_claims", args=args), {"state": "sent"}).context["page_obj"]) == 1


def table(answer):
    lines = answer.content.decode("utf-8-sig").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(("Claim,", "Day,")))
    return list(csv.DictReader(lines[start:]))
