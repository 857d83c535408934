"""Days that staff write down, a certificate that waits for the end, and letters that are sent to another address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.notifications.signals import mail_bounced
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import Letter
from ..models import Attendance, Award, AwardLetter
from ..operations import addresses, agreements, attending, awards, chasing
from ..operations.outcome_letters import write_letters
from ..queries import awards as queries
from ..waiting_staff import schemes_waiting
from .awarding import accepted, afresh, agreed, applicant_of, key_to, letters_to, offered
from .factories import make_scheme, with_role
from .meetings import begun, decided, released
from .panels import eligible

HOST = "hugo.host@hostwick.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def placed(award, starts_in, ends_in):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=starts_in), "ends_on": today + timedelta(days=ends_in)}
    with within(award.application.organisation):
        Award.objects.filter(pk=award.pk).update(**days)
    return afresh(award)


def url(award, name, *more):
    application = award.application
    return reverse(
        f"placements:{name}",
        args=[application.organisation.slug, application.scheme.slug, application.reference, *more],
    )


def lose(letter, organisation):
    mail_bounced.send(None, mail_id=letter.mail_id, organisation_id=organisation.pk, status="5.1.1", at=timezone.now())
    letter.refresh_from_db()


def lines_of(user, organisation):
    with within(organisation, user=user):
        return [f"{one.verb} {one.thing}" for one in schemes_waiting(user, organisation)]


def test_staff_write_down_what_the_host_said(client, scheme, manager):
    award = placed(agreed(scheme, actor=manager), -11, -1)
    client.force_login(manager)
    assert "Write down the days" in client.get(url(award, "show_award")).content.decode()
    day = str(timezone.localdate() - timedelta(days=3))
    told = {"name": "Hugo Host", "days": [day], "words": "By telephone."}
    assert "Hugo" not in client.post(url(award, "enter_days"), {**told, "name": ""}).content.decode()
    assert client.post(url(award, "enter_days"), told).status_code == 302
    with within(scheme.organisation, user=manager):
        kept = Attendance.objects.get()
        assert (kept.confirmed_by, kept.entered_by, len(kept.days)) == ("Hugo Host", manager, 1)
        assert attending.certificate_for(award=afresh(award), actor=manager).content["days"] == 1
    user = applicant_of(award)
    with within(scheme.organisation, user=user), pytest.raises(awards.YourOwn):
        attending.enter_days(award=award, name="Me", days=kept.days, actor=user)


def test_what_is_confirmed_before_the_end_is_asked_again_and_gives_no_certificate(client, scheme, manager):
    award = placed(agreed(scheme, actor=manager), -5, 2)
    organisation = scheme.organisation
    with within(organisation, user=manager):
        attending.ask_days_now(award=award, actor=manager)
        link = queries.letter_opened(organisation, key_to(HOST, "days/"), *attending.LINKS)
        attending.confirm_days(link=link, name="Hugo", days=attending.days_of(award, timezone.localdate())[:2])
        with pytest.raises(attending.NotConfirmedYet):
            attending.certificate_for(award=award, actor=manager)
    client.force_login(applicant_of(award))
    page = client.get(award.application.get_absolute_url()).content.decode()
    assert "so far" in page
    assert "Your certificate as PDF" not in page
    after = timezone.now() + timedelta(days=3)
    before = len(letters_to(HOST))
    with within(organisation):
        chasing.follow_award(award=award, now=after)
        assert len(letters_to(HOST)) == before + 1
        link = queries.letter_opened(organisation, key_to(HOST, "days/"), *attending.LINKS)
        days = attending.days_of(award, timezone.localdate(after))
        attending.confirm_days(link=link, name="Hugo", days=days, now=after)
        assert attending.certificate_for(award=afresh(award), actor=None).content["days"] == len(days)
        chasing.follow_award(award=afresh(award), now=after + timedelta(days=9))
        assert len(letters_to(HOST)) == before + 1


def test_an_offer_that_did_not_arrive_waits_for_staff_and_goes_to_another_address(client, scheme, manager):
    award = offered(scheme, actor=manager)
    with within(scheme.organisation):
        letter = AwardLetter.objects.get(kind=Letter.OFFER)
        lose(letter, scheme.organisation)
    assert [one for one in lines_of(manager, scheme.organisation) if award.application.email in one]
    client.force_login(manager)
    assert "Another address" in client.get(url(award, "show_award")).content.decode()
    assert client.post(url(award, "mend_letter", letter.pk), {"email": "ines@new.example"}).status_code == 302
    assert "award offered" in letters_to("ines@new.example")[-1].text
    assert afresh(award).application.email == "ines@new.example"
    assert not [one for one in lines_of(manager, scheme.organisation) if "did not arrive" in one]
    with within(scheme.organisation, user=manager), pytest.raises(addresses.NotLost):
        addresses.mend_address(letter=letter, email="x@y.example", actor=manager)


def test_the_host_is_asked_at_another_address_and_reminded_there(scheme, manager):
    award = placed(agreed(scheme, actor=manager), -11, -1)
    with within(scheme.organisation, user=manager):
        chasing.follow_award(award=award)
        letter = AwardLetter.objects.get(kind=Letter.DAYS)
        lose(letter, scheme.organisation)
        with pytest.raises(agreements.OneSignsForTwo):
            addresses.mend_address(letter=letter, email=award.application.email, actor=manager)
        addresses.mend_address(letter=letter, email="office@hostwick.example", actor=manager)
        assert letters_to("office@hostwick.example")[-1].text.startswith("Dear Hugo Host")
        chasing.follow_award(award=award, now=timezone.now() + timedelta(days=8))
    assert len(letters_to("office@hostwick.example")) == 2


def test_the_technicians_own_link_to_sign_goes_to_their_new_address(scheme, manager):
    award = accepted(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        letter = AwardLetter.objects.get(kind=Letter.SIGN, email=award.application.email)
        lose(letter, scheme.organisation)
        addresses.mend_address(letter=letter, email="ines@new.example", actor=manager)
    assert key_to("ines@new.example", "sign/")


def test_a_letter_about_an_outcome_that_did_not_arrive_waits_for_staff(scheme, manager):
    application = eligible(scheme, actor=manager)
    round_ = begun(scheme, actor=manager)
    item = decided(application, "decline", actor=manager)
    released(round_, actor=manager)
    write_letters(organisation=scheme.organisation, actor=manager, round_id=round_.pk)
    with within(scheme.organisation):
        item.refresh_from_db()
        lose(item.letter, scheme.organisation)
    assert [one for one in lines_of(manager, scheme.organisation) if "did not arrive" in one]
