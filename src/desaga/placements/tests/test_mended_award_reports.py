"""Changes that everybody hears of, reports that may come later and leave as paper, and what the employer is given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import Letter
from ..models import AwardLetter, PlacementReport
from ..operations import agreements, awards, changes, chasing, reports
from ..queries import awards as queries
from .awarding import afresh, agreed, applicant_of, letters_to, reported
from .factories import make_scheme, noon_of, parts_of, with_role

HOME, HOST, NEW = "mona.manager@farfield.example", "hugo.host@hostwick.example", "nia@another.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager, contact="office@fund.example")


def url(award, name, *more):
    application = award.application
    return reverse(
        f"placements:{name}",
        args=[application.organisation.slug, application.scheme.slug, application.reference, *more],
    )


def test_employer_host_and_staff_hear_of_a_change_that_is_asked_for(scheme, manager):
    award = agreed(scheme, actor=manager)
    user = applicant_of(award)
    with within(scheme.organisation, user=user):
        changes.ask_change(
            award=award, ends_on=award.ends_on + timedelta(days=2), because="One more machine.", actor=user
        )
    for email in (HOME, HOST, "office@fund.example"):
        last = letters_to(email)[-1]
        assert last.subject.startswith("A change is asked for"), email
        assert ("One more machine." in last.text) == (email != "office@fund.example"), email


def test_with_another_host_somebody_there_signs(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    user = applicant_of(award)
    told = {"award": award, "host": "Another host", "because": "Closed.", "actor": user}
    with within(scheme.organisation, user=user):
        for named, refusal in (
            ({}, changes.WhoSignsThere),
            ({"host_name": "Nia New", "host_email": HOME}, agreements.OneSignsForTwo),
            ({"host_name": "Nia New", "host_email": user.email}, agreements.OneSignsForTwo),
        ):
            with pytest.raises(refusal):
                changes.ask_change(**told, **named)
        change = changes.ask_change(**told, host_name="Nia New", host_email=NEW)
    before = len(letters_to(HOST))
    client.force_login(manager)
    assert NEW in client.get(url(award, "show_award")).content.decode()
    with within(scheme.organisation, user=manager):
        changes.approve_change(change=change, actor=manager)
        waiting = queries.agreement_waiting(award)
        assert waiting.signatures.get(party="host").email == NEW
        assert "for which Nia New signs" in waiting.text
    assert len(letters_to(HOST)) == before


def test_a_report_may_come_later_and_is_called_to_mind_by_that_day(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    later = award.report_due_on + timedelta(days=40)
    client.force_login(manager)
    day = {f"due_on_{name}": value for name, value in parts_of(later).items()}
    assert client.post(url(award, "move_report_due"), {**day, "because": "She is ill."}).status_code == 302
    assert "She is ill." in letters_to(award.application.email)[-1].text
    with within(scheme.organisation, user=manager):
        today = timezone.localdate()
        for on, kind in ((award.report_due_on + timedelta(days=3), None), (later, Letter.REPORT_DUE)):
            chasing.follow_award(award=award, now=noon_of(on))
            kinds = set(AwardLetter.objects.values_list("kind", flat=True))
            assert (Letter.REPORT_DUE in kinds) == (kind is not None)
            assert Letter.REPORT_LATE not in kinds
        # A change of days does not take the later day back: it moves along with the end.
        changes.change_award(award=award, ends_on=award.ends_on + timedelta(days=1), because="One more.", actor=manager)
        agreements.apply_change(afresh(award), award.changes.get())
        assert PlacementReport.objects.get().due_on == later + timedelta(days=1)
        with pytest.raises(awards.DayIsPast):
            reports.move_due(award=award, due_on=today - timedelta(days=1), because="No.", actor=manager)


def test_a_report_is_accepted_with_words_and_leaves_as_paper(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    user = applicant_of(award)
    client.force_login(user)
    assert client.get(url(award, "take_report_out")).status_code == 404
    reported(award)
    paper = client.get(url(award, "take_report_out"))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    client.force_login(manager)
    assert client.get(url(award, "take_report")).status_code == 200
    client.post(url(award, "accept_report"), {"words": "A model report."})
    client.force_login(user)
    assert "A model report." in client.get(award.application.get_absolute_url()).content.decode()


def test_whose_employer_is_not_here_is_told_to_take_the_paper(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    reported(award)
    client.force_login(applicant_of(award))
    page = client.get(url(award, "give_to_employer"), follow=True)
    assert page.status_code == 200
    assert "is not on Desaga" in page.content.decode()
