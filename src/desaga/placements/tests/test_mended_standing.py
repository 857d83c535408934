"""Small doors: counts that leave out what is hidden, and who must not decide or confirm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import Letter
from ..models import Attendance, Award
from ..operations import attending, changes, meeting, reports, schemes, standing
from ..queries.awards import letter_opened
from .awarding import afresh, agreed, applicant_of, key_to, letters_to, link_to, reported
from .factories import make_application, make_round, make_scheme, parts_of, received, with_role
from .panels import declared, eligible

CONTACT, HOST = "office@fund.example", "hugo.host@hostwick.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def torn(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Tor Torn")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager, contact=CONTACT)


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


# ---- Counts


def test_who_hears_of_a_panel_that_moves_is_counted_without_what_is_hidden(scheme, manager, torn, client_of):
    application = received(make_application(scheme))
    declared(application, torn, "money", "A spin-out.")
    for name in ("edit_round", "call_off_round"):
        page = {user: client_of(user).get(at(name, scheme, application.round_id)).text for user in (manager, torn)}
        assert "1 applicant reads that on their page and gets an e-mail." in page[manager]
        assert "Whoever waits for it reads that on their page and gets an e-mail." in page[torn]
    # Of nobody it says the same: that somebody is hidden is not told either.
    empty = make_round(scheme, actor=manager, meets_in=200)
    assert "Whoever waits for it" in client_of(manager).get(at("edit_round", scheme, empty.pk)).text


def test_what_lies_outside_other_days_is_counted_without_what_is_hidden(scheme, manager, torn, client_of):
    application = received(make_application(scheme))
    declared(application, torn, "money", "A spin-out.")
    told = {"name": scheme.name, "contact": CONTACT, "ending": "", "evaluation_url": ""}
    told |= {f"starts_on_{name}": value for name, value in parts_of(scheme.starts_on).items()}
    told |= {f"ends_on_{name}": value for name, value in parts_of(application.ends_on - timedelta(days=1)).items()}
    assert "1 open application lies outside" in client_of(manager).post(at("edit_scheme", scheme), told).text
    assert client_of(torn).post(at("edit_scheme", scheme), told).status_code == 302


def test_why_the_last_panel_cannot_begin_says_no_number(scheme, manager):
    eligible(scheme, actor=manager)
    received(make_application(scheme))
    with within(scheme.organisation, user=manager):
        schemes.wind_down(actor=manager, scheme=scheme)
        with pytest.raises(meeting.NoLaterPanel, match=r"^This is the last panel, and not all that came in[^0-9]*$"):
            meeting.begin_meeting(actor=manager, round_=scheme.rounds.get(), now=timezone.now() + timedelta(days=40))


# ---- Who confirms, and who decides


def test_whoever_went_does_not_confirm_their_own_days(scheme, manager, client):
    award = agreed(scheme, actor=manager)
    organisation, user, today = scheme.organisation, applicant_of(award), timezone.localdate()
    with within(organisation, user=manager):
        Award.objects.filter(pk=award.pk).update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
        attending.ask_days_now(award=afresh(award), actor=manager)
    key = key_to(HOST, "days/")
    with within(organisation, user=user):
        link = letter_opened(organisation, key, Letter.DAYS)
        days = [today - timedelta(days=9)]
        with pytest.raises(attending.OwnDays):
            attending.confirm_days(link=link, name="Hugo Host", days=days, actor=user)
    client.force_login(user)
    said = {"key": key, "name": "Hugo Host", "days": [str(days[0])]}
    page = client.post(link_to(HOST, "days/").partition("?")[0], said)
    assert (page.status_code, "Nobody confirms their own days" in page.text) == (422, True)
    with within(organisation):
        assert not Attendance.objects.exists()
    client.logout()
    assert client.post(link_to(HOST, "days/").partition("?")[0], said).status_code == 302


def test_the_contact_address_hears_of_a_change_and_of_nobody(scheme, manager):
    award = agreed(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        changes.ask_change(
            award=award, ends_on=award.ends_on + timedelta(days=2), because="One more machine.", actor=user
        )
    mail, application = letters_to(CONTACT)[-1], award.application
    assert mail.subject == f"A change is asked for: {application.reference}"
    assert at("show_award", scheme, application.reference) in mail.text
    secrets = (application.name, application.title, award.host, "One more machine.", application.email)
    assert [one for one in secrets if one in f"{mail.subject} {mail.text} {mail.html}"] == []
    assert application.name in letters_to(HOST)[-1].text


def test_whoever_has_something_in_their_way_neither_returns_a_report_nor_finishes(scheme, manager, torn):
    award = agreed(scheme, actor=manager)
    reported(award)
    award = afresh(award)
    declared(award.application, torn, "money", "A spin-out.")
    organisation = scheme.organisation
    with within(organisation, user=torn):
        with pytest.raises(standing.NotYoursToDecide):
            reports.return_report(award=award, words="More, please.", actor=torn)
        with pytest.raises(standing.NotYoursToDecide):
            reports.move_due(award=award, due_on=timezone.localdate() + timedelta(days=9), because="Ill.", actor=torn)
    with within(organisation, user=manager):
        reports.accept_report(award=award, actor=manager)
    own = applicant_of(award)
    for user, refusal in ((torn, standing.NotYoursToDecide), (own, standing.YourOwn)):
        with within(organisation, user=user), pytest.raises(refusal):
            reports.finish(award=afresh(award), actor=user)
    with within(organisation, user=manager):
        assert reports.finish(award=afresh(award), actor=manager).application.state == "closed"
