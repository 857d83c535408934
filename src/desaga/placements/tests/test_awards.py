"""From an offer to the end of a placement, as the operations tell it; and what they refuse."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.notifications.signals import mail_bounced
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import ClaimKind, Letter
from ..models import Agreement, Award, AwardLetter, Payment, Receipt
from ..operations import agreements, attending, awards, changes, chasing, claims, outcomes, paying, reports, sharing
from ..operations.gate import NotNow
from ..queries import awards as queries
from ..queries.schemes import money_of
from ..waiting import own_waiting
from ..waiting_staff import schemes_waiting
from .awarding import (
    PARTIES,
    accepted,
    afresh,
    agreed,
    applicant_of,
    claimed,
    eligible,
    key_to,
    letters_of,
    letters_to,
    offered,
    paid,
    reported,
    sign_all,
)
from .factories import answers_for, make_applicant, make_application, make_scheme, moved, received, with_role

HOST = "hugo.host@hostwick.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def later(days):
    return timezone.now() + timedelta(days=days)


def follow(award, days=0):
    """What the worker does so many days from now."""
    with within(award.application.organisation):
        return chasing.follow_award(award=afresh(award), now=later(days))


def placed(award, starts_in, ends_in):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=starts_in), "ends_on": today + timedelta(days=ends_in)}
    with within(award.application.organisation):
        Award.objects.filter(pk=award.pk).update(**days)
        award = afresh(award)
        if hasattr(award, "report"):
            type(award.report).objects.filter(award=award).update(due_on=award.report_due_on)
    return afresh(award)


def test_from_offer_to_the_end(scheme, manager):
    award = agreed(scheme, actor=manager)
    assert award.application.state == "agreed"
    claim = paid(claimed(award, "400", "200.50"), actor=manager)
    assert (claim.state, claim.payment.amount, afresh(award).paid) == ("paid", Decimal("600.50"), Decimal("600.50"))
    reported(award)
    with within(scheme.organisation, user=manager):
        with pytest.raises(reports.ReportNotRead):
            reports.finish(award=award, actor=manager)
        reports.accept_report(award=award, actor=manager)
        closed = reports.finish(award=award, actor=manager)
        sums = money_of(scheme.budgets.get())
    assert closed.application.state == "closed"
    told = {name: str(value) for name, value in sums.items()}
    assert told == {"amount": "20000.00", "asked": "0", "committed": "0", "spent": "600.50", "left": "19399.50"}


# ---- Offers


def test_no_more_is_offered_than_there_is_nor_than_the_scheme_gives(scheme, manager):
    application = eligible(scheme, actor=manager)
    day = timezone.localdate() + timedelta(days=5)
    with within(scheme.organisation, user=manager):
        scheme.budgets.update(amount=900)
        for amount, refusal in (("1000", awards.NotEnoughMoney), ("5000.01", awards.OverTheMost), ("0", awards.NoSum)):
            with pytest.raises(refusal):
                awards.offer_award(application=application, amount=Decimal(amount), accept_by=day, actor=manager)
        with pytest.raises(awards.DayIsPast):
            awards.offer_award(
                application=application, amount=Decimal(5), accept_by=day - timedelta(days=9), actor=manager
            )
        assert not Award.objects.exists()
        awards.offer_award(application=application, amount=Decimal(900), accept_by=day, actor=manager)


def test_an_offer_is_called_to_mind_and_lapses_and_the_next_on_the_reserve_list_moves_up(scheme, manager):
    first, *reserves = (
        offered(scheme, actor=manager, accept_in=10),
        eligible(scheme, actor=manager, costs=[{"kind": "travel", "what": "Far", "pounds": "3000"}]),
        eligible(scheme, actor=manager),
    )
    with within(scheme.organisation, user=manager):
        scheme.budgets.update(amount=1500)
        for rank, application in enumerate(reserves, 1):
            awards.put_on_reserve(application=application, rank=rank, actor=manager)
        assert awards.next_reserve(first.application.round) is None
    assert [follow(first, days) for days in (0, 6, 7, 8, 11, 12)] == [0, 0, 1, 0, 1, 0]
    assert letters_of(first, Letter.ACCEPT_SOON, Letter.LAPSED) == [first.application.email] * 2
    assert (afresh(first).answered, afresh(first).application.state) == ("lapsed", "turned_down")
    with within(scheme.organisation, user=manager):
        place = awards.next_reserve(first.application.round)
        assert place.rank == 2, "The first asks for more than there is."
        day = timezone.localdate() + timedelta(days=14)
        with pytest.raises(NotNow):
            awards.offer_next(round_=place.round, seen=reserves[0].pk, accept_by=day, actor=manager)
        award = awards.offer_next(round_=place.round, seen=place.application_id, accept_by=day, actor=manager)
        assert (award.application_id, award.amount) == (reserves[1].pk, Decimal("1020.50"))
        assert awards.next_reserve(place.round) is None


def test_after_the_day_nobody_accepts_and_what_was_turned_down_stays_so(scheme, manager):
    award = offered(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        with pytest.raises(awards.TooLate):
            awards.accept_award(award=award, parties=PARTIES, actor=user, now=later(15))
        awards.turn_down(award=award, actor=user, words="I changed jobs.")
        with pytest.raises(NotNow):
            awards.accept_award(award=award, parties=PARTIES, actor=user)


@pytest.mark.parametrize(
    ("host", "refusal"),
    [
        ({"name": "", "email": HOST}, awards.WhoSigns),
        ({"name": "Hugo", "email": "Mona.Manager+x@farfield.example"}, awards.OneSignsForTwo),
    ],
)
def test_each_of_the_three_signs_for_themselves(scheme, manager, host, refusal):
    award = offered(scheme, actor=manager)
    with within(scheme.organisation), pytest.raises(refusal):
        awards.accept_award(award=award, parties={**PARTIES, "host": host}, actor=applicant_of(award))


def test_a_scheme_without_an_agreement_goes_straight_on(organisation, manager):
    scheme = make_scheme(organisation, actor=manager, like="collaboration-fund")
    application = moved(received(make_application(scheme, like="collaboration-fund")), "find_eligible")
    with within(organisation, user=manager):
        day = timezone.localdate() + timedelta(days=14)
        award = awards.offer_award(application=application, amount=Decimal(800), accept_by=day, actor=manager)
        awards.accept_award(award=award, parties={}, actor=manager)
        assert not Agreement.objects.exists()
    assert afresh(award).application.state == "agreed"
    assert answers_for("collaboration-fund")["title"] == award.application.title


# ---- Signing


def signing(award, email=HOST):
    return queries.letter_opened(award.application.organisation, key_to(email, "sign/"), *agreements.LINKS)


def test_what_was_seen_is_what_is_signed_under_the_name_that_was_asked(scheme, manager):
    award = accepted(scheme, actor=manager)
    with within(scheme.organisation):
        link, digest = signing(award), queries.agreement_waiting(award).digest
        tries = (
            ({"name": "Hugo Host", "seen": "0" * 64, "agrees": True}, agreements.OtherThanSeen),
            ({"name": "Somebody Else", "seen": digest, "agrees": True}, agreements.NotWhoWasAsked),
            ({"name": "", "seen": digest, "agrees": True}, agreements.NotWhoWasAsked),
            ({"name": "Hugo Host", "seen": digest, "agrees": False}, agreements.SayYouAgree),
        )
        for told, refusal in tries:
            with pytest.raises(refusal):
                agreements.sign(link=link, **told)
        signature = agreements.sign(link=link, name="Dr Hugo Host", seen=digest, agrees=True)
        assert (signature.digest, signature.signed_name) == (digest, "Dr Hugo Host")
        with pytest.raises(agreements.SignedAlready):
            agreements.sign(link=link, name="Hugo Host", seen=digest, agrees=True)
    assert afresh(award).application.state == "accepted"


def test_the_text_names_days_host_sum_and_duties_and_its_digest_is_kept(scheme, manager):
    award = accepted(scheme, actor=manager)
    with within(scheme.organisation):
        agreement = queries.agreement_waiting(award)
    for words in (
        "Ines Field, Senior technician",
        "£1,000.00",
        "University of Hostwick",
        "Mona Manager",
        "Travel by train",
        "within 30 days",
    ):
        assert words in agreement.text
    assert agreement.digest == agreements.digest_of(agreement.text)


def test_signing_what_changed_meanwhile_signs_nothing(scheme, manager):
    award = accepted(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        link, old = signing(award), queries.agreement_waiting(award)
        changes.change_award(
            award=award,
            host="Another host",
            host_name="Hugo Host",
            host_email=HOST,
            because="The first is closed.",
            actor=manager,
        )
        with pytest.raises(agreements.LinkIsOver):
            agreements.sign(link=link, name="Hugo Host", seen=old.digest, agrees=True)
        with pytest.raises(agreements.OtherThanSeen):
            agreements.sign(link=signing(award), name="Hugo Host", seen=old.digest, agrees=True)
    sign_all(award)
    assert (afresh(award).host, afresh(award).application.state) == ("Another host", "agreed")


def test_a_change_after_signing_holds_only_when_all_have_signed_it(scheme, manager):
    award = agreed(scheme, actor=manager)
    user, new_day = applicant_of(award), award.ends_on + timedelta(days=3)
    with within(scheme.organisation, user=user):
        change = changes.ask_change(award=award, ends_on=new_day, because="One more machine.", actor=user)
        with pytest.raises(changes.ChangeIsAsked):
            changes.ask_change(
                award=award,
                host="Elsewhere",
                host_name="Nia New",
                host_email="nia@another.example",
                because="And there.",
                actor=user,
            )
    with within(scheme.organisation, user=manager):
        changes.approve_change(change=change, actor=manager)
        with pytest.raises(NotNow):
            changes.decline_change(change=change, words="No", actor=manager)
    assert afresh(award).ends_on == award.ends_on, "What was signed before holds."
    sign_all(award)
    award = afresh(award)
    with within(scheme.organisation):
        assert (award.ends_on, award.application.ends_on, award.report.due_on) == (
            new_day,
            new_day,
            new_day + timedelta(days=30),
        )
        assert [(one.number, bool(one.replaced_at)) for one in Agreement.objects.order_by("number")] == [
            (1, True),
            (2, False),
        ]


def test_a_higher_sum_is_kept_while_it_waits_and_no_more_than_there_is(scheme, manager):
    award = agreed(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        scheme.budgets.update(amount=1500)
        with pytest.raises(awards.NotEnoughMoney):
            changes.change_award(award=award, amount=Decimal(1501), because="Dearer.", actor=manager)
        changes.change_award(award=award, amount=Decimal(1400), because="Dearer.", actor=manager)
        assert money_of(scheme.budgets.get())["left"] == 100
        with pytest.raises(claims.OverTheAward):
            claimed(award, "1200")
    sign_all(award)
    assert (afresh(award).amount, afresh(award).promised) == (Decimal(1400), None)
    with within(scheme.organisation, user=manager):
        paying.approve_claim(claim=claimed(award, "1200"), actor=manager)
        with pytest.raises(changes.LessThanApproved):
            changes.change_award(award=award, amount=Decimal(1199), because="Less.", actor=manager)


def test_whoever_has_not_signed_is_chased_and_a_letter_that_came_back_is_seen(scheme, manager):
    award = accepted(scheme, actor=manager)
    with within(scheme.organisation):
        letter = AwardLetter.objects.get(email=HOST)
    mail_bounced.send(
        sender=None, mail_id=letter.mail_id, organisation_id=scheme.organisation_id, status="5.1.1", at=timezone.now()
    )
    assert [follow(award, days) for days in (1, 5, 5, 10, 15, 20, 25)] == [0, 2, 0, 2, 2, 0, 0]
    assert HOST not in letters_of(award, Letter.SIGN_REMINDER)
    with within(scheme.organisation, user=manager):
        signature = queries.agreement_waiting(award).signatures.get(party="host")
        with pytest.raises(agreements.OneSignsForTwo):
            agreements.send_again(signature=signature, email="mona.manager@farfield.example", actor=manager)
        agreements.send_again(signature=signature, email="hugo@hostwick.example", actor=manager)
        assert AwardLetter.objects.get(pk=letter.pk).lost == "It came back (5.1.1)."
        with pytest.raises(agreements.LinkIsOver):
            agreements.sign(link=letter, name="Hugo Host", seen=signature.agreement.digest, agrees=True)
    assert len(letters_to("hugo@hostwick.example")) == 1


# ---- Claims


def test_an_advance_is_settled_by_what_it_cost_and_what_is_left_of_it_comes_back(scheme, manager):
    award = agreed(scheme, actor=manager)
    paid(claimed(award, "500", kind=ClaimKind.ADVANCE), actor=manager)
    first = paid(claimed(award, "300"), actor=manager)
    assert (first.state, first.settles, first.due) == ("paid", Decimal(300), Decimal(0))
    with within(scheme.organisation, user=manager):
        reported(award)
        reports.accept_report(award=award, actor=manager)
        with pytest.raises(reports.AdvanceNotSettled):
            reports.finish(award=award, actor=manager)
        told = {"award": award, "paid_on": timezone.localdate(), "reference": "Giro 9", "actor": manager}
        with pytest.raises(claims.OverTheAward):
            paying.take_repayment(amount=Decimal("200.01"), **told)
        paying.take_repayment(amount=Decimal(200), **told)
        reports.finish(award=award, actor=manager)
    assert afresh(award).paid == 300


def test_never_twice_never_over_never_another_kind(scheme, manager):
    award = agreed(scheme, actor=manager)
    claim = claimed(award, "600")
    with within(scheme.organisation, user=manager):
        line = claim.lines.get()
        with pytest.raises(paying.MoreThanClaimed):
            paying.approve_claim(claim=claim, cuts={line.pk: paying.Cut(Decimal("600.01"))}, actor=manager)
        with pytest.raises(paying.SayWhy):
            paying.approve_claim(claim=claim, cuts={line.pk: paying.Cut(Decimal(500))}, actor=manager)
        cuts = {line.pk: paying.Cut(Decimal(500), "Standard class only.")}
        paying.approve_claim(claim=claim, cuts=cuts, actor=manager)
        pay = {"claim": claim, "paid_on": timezone.localdate(), "reference": "BACS 1", "actor": manager}
        paying.pay_claim(**pay)
        with pytest.raises(paying.PaidAlready):
            paying.pay_claim(**pay)
        with pytest.raises(NotNow):
            paying.approve_claim(claim=claim, actor=manager)
        assert Payment.objects.count() == 1
        new = claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=manager)
        assert claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=manager) == new
        line = {"claim": new, "what": "Spa", "pounds": Decimal(501), "actor": manager}
        with pytest.raises(claims.UnknownKind):
            claims.add_line(kind="spa", no_receipt="None", **line)
        with pytest.raises(claims.ReceiptMissing):
            claims.add_line(kind="other", **line)
        claims.add_line(kind="other", no_receipt="None", **line)
        with pytest.raises(claims.OverTheAward):
            claims.send_claim(claim=new, actor=manager)


def test_nobody_decides_on_their_own(scheme, manager):
    award = agreed(scheme, actor=manager)
    claim = claimed(award, "10")
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        with pytest.raises(awards.YourOwn):
            paying.approve_claim(claim=claim, actor=user)
        with pytest.raises(awards.YourOwn):
            changes.change_award(award=award, amount=Decimal(4000), because="More.", actor=user)
        reported(award)
        with pytest.raises(awards.YourOwn):
            reports.accept_report(award=award, actor=user)


def test_the_database_itself_pays_no_more_than_was_awarded(scheme, manager):
    award = agreed(scheme, actor=manager)
    with within(scheme.organisation):
        for sums in ({"approved": 1001}, {"approved": 10, "paid": 11}, {"settled": 1}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Award.objects.filter(pk=award.pk).update(**sums)


def test_a_kind_of_cost_has_its_cap_over_all_claims(scheme, manager):
    award = agreed(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        for pounds, refusal in (("300", None), ("201", paying.OverTheCap)):
            claim = claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=manager)
            claims.add_line(
                claim=claim, kind="other", what="Maps", pounds=Decimal(pounds), no_receipt="Lost", actor=manager
            )
            claims.send_claim(claim=claim, actor=manager)
            if refusal:
                with pytest.raises(refusal):
                    paying.approve_claim(claim=claim, actor=manager)
            else:
                paying.approve_claim(claim=claim, actor=manager)


def test_what_came_back_with_a_reason_is_changed_and_sent_again(scheme, manager):
    award = agreed(scheme, actor=manager)
    claim = claimed(award, "60")
    with within(scheme.organisation, user=manager):
        with pytest.raises(paying.SayWhy):
            paying.return_claim(claim=claim, words=" ", actor=manager)
        begun = claims.begin_claim(award=award, kind=ClaimKind.COSTS, actor=manager)
        claims.add_line(claim=begun, kind="travel", what="Bus", pounds=Decimal(4), no_receipt="None", actor=manager)
        paying.return_claim(claim=claim, words="Which train?", actor=manager)
        assert claims.total_of(claim) == 64, "What was being written goes on with it."
        user = applicant_of(award)
    with within(scheme.organisation, user=user):
        assert [one.verb for one in own_waiting(user)] == ["Change"]
        assert claims.send_claim(claim=claim, actor=user).state == "sent"
        assert not Receipt.objects.exists()


# ---- What the worker asks, and what comes after


def test_days_report_and_outcomes_are_asked_for_each_when_due(scheme, manager):
    award = placed(agreed(scheme, actor=manager), -12, -2)
    assert [follow(award, days) for days in (0, 0, 7, 14, 21, 22, 29, 36, 43, 50)] == [1, 0, 1, 1, 1, 0, 1, 1, 1, 0]
    assert letters_of(award, Letter.DAYS, Letter.DAYS_REMINDER) == [HOST] * 3
    assert len(letters_of(award, Letter.REPORT_DUE)) == 1
    assert len(letters_of(award, Letter.REPORT_LATE)) == 3
    reported(award)
    months = [follow(award, days) for days in (170, 185, 186, 200, 201, 370, 385)]
    # The session that was promised is called to mind once, before what came of it is asked.
    assert months == [1, 1, 0, 1, 0, 1, 1]


def test_an_outcome_is_answered_behind_its_own_link(scheme, manager):
    award = placed(agreed(scheme, actor=manager), -212, -202)
    reported(award)
    assert follow(award) == 2, "The days are asked for too."
    with within(scheme.organisation):
        key = key_to(award.application.email, "outcome/")
        link = queries.letter_opened(scheme.organisation, key, *outcomes.LINKS)
        with pytest.raises(reports.ReportNotComplete):
            outcomes.answer_outcome(link=link, answers={"example": "Every week."})
        outcome = outcomes.answer_outcome(link=link, answers={"using": "often", "else": "x"})
        assert (outcome.key, outcome.answers) == ("half_a_year", {"using": "often"})
        with pytest.raises(attending.LinkIsOver):
            attending.confirm_days(link=link, name="Me", days=[award.starts_on])


def test_only_days_of_the_placement_that_are_past_are_confirmed(scheme, manager):
    award = placed(agreed(scheme, actor=manager), -3, 4)
    with within(scheme.organisation):
        link = attending.ask_days(award, now=timezone.now())
        for days, refusal in (
            ([], attending.NoDays),
            ([award.starts_on - timedelta(days=1)], attending.NotThoseDays),
            ([award.ends_on], attending.NotThoseDays),
        ):
            with pytest.raises(refusal):
                attending.confirm_days(link=link, name="Hugo", days=days)
        with pytest.raises(attending.NotConfirmedYet):
            attending.certificate_for(award=award, actor=manager)


def test_a_report_comes_back_with_words_and_is_sent_again(scheme, manager):
    award = agreed(scheme, actor=manager)
    reported(award)
    with within(scheme.organisation, user=manager):
        reports.return_report(award=award, words="Which machine?", actor=manager)
        assert afresh(award).application.state == "agreed"
    report = reported(award)
    assert (report.state, afresh(award).application.state) == ("sent", "reported")


def test_only_whoever_went_makes_something_of_it(scheme, manager):
    award = placed(agreed(scheme, actor=manager), -12, -2)
    reported(award)
    other = make_applicant(scheme, "Other Body")
    with within(scheme.organisation, user=other):
        for deed in (sharing.log_development, sharing.withdraw_story):
            with pytest.raises(sharing.NotTheirs):
                deed(award=award, actor=other)
        with pytest.raises(sharing.NotTheirs):
            sharing.record_session(award=award, held_on=award.ends_on, audience="All", people=3, actor=other)
    user = applicant_of(award)
    with within(scheme.organisation, user=user), pytest.raises(sharing.NotThere):
        sharing.give_to_employer(award=award, organisation=scheme.organisation, actor=user)


def test_what_waits_for_staff_and_for_the_technician(scheme, manager):
    award = agreed(scheme, actor=manager)
    claimed(award, "10")
    reported(placed(award, -12, -2))
    with within(scheme.organisation, user=manager):
        verbs = [one.verb for one in schemes_waiting(manager, scheme.organisation)]
    assert verbs == ["Check", "Read"]


def test_the_mail_of_a_signed_agreement_has_its_digest_and_no_file(scheme):
    """Files go behind a link (`notifications.backend` refuses them); what was signed can be told from the digest."""
    award = agreed(scheme)
    with within(award.organisation):
        digest = Agreement.objects.get(award=award).digest
    for email in (award.application.email, *(one["email"] for one in PARTIES.values())):
        assert digest in letters_to(email)[-1].text
