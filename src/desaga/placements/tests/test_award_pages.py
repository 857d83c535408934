"""The pages: of whoever was awarded, of those who run the scheme, of finance, and behind each link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from desaga.activities.models import Activity
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import ClaimKind
from ..models import Award
from ..operations import attending
from .awarding import (
    PARTIES,
    REPORT,
    accepted,
    afresh,
    agreed,
    applicant_of,
    claimed,
    key_to,
    link_to,
    offered,
    reported,
)
from .factories import make_applicant, make_scheme, parts_of, with_role

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def finance(organisation):
    return with_role(organisation, Role.FINANCE, "Fay Finance")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def own(award, name="show_application", *more):
    application = award.application
    return reverse(
        f"placements:{name}",
        args=[application.organisation.slug, application.scheme.slug, application.reference, *more],
    )


def staff(award, name, *more):
    return own(award, name, *more)


def day(name, on):
    return {f"{name}_{part}": value for part, value in parts_of(on).items()}


def over(award):
    """The placement was until yesterday."""
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=11), "ends_on": today - timedelta(days=1)}
    with within(award.application.organisation):
        Award.objects.filter(pk=award.pk).update(**days)
    return afresh(award)


def text_of(page):
    return " ".join(page.content.decode().split())


def test_accepting_signing_claiming_and_reporting_on_pages(client, scheme, manager, finance):
    award = offered(scheme, actor=manager)
    client.force_login(applicant_of(award))
    assert "Accept the award" in text_of(client.get(own(award)))
    form = client.get(own(award, "accept_award"))
    assert "hugo.host@hostwick.example" in text_of(form)
    told = {f"{party}_{name}": words for party, named in PARTIES.items() for name, words in named.items()}
    page = client.post(own(award, "accept_award"), told, follow=True)
    assert "Send me my link again" in text_of(page)
    client.logout()

    for email in ("mona.manager@farfield.example", "hugo.host@hostwick.example", award.application.email):
        path, key = link_to(email, "sign/").split("?key=")
        shown = client.get(path, {"key": key})
        assert "Sign the agreement" in text_of(shown)
        signed = client.post(
            path,
            {"key": key, "seen": shown.context["agreement"].digest, "name": shown.context["signature"].name, "agrees": "yes"},
            follow=True,
        )  # fmt: skip
        assert "Thank you: you have signed" in text_of(signed)
    assert afresh(award).application.state == "agreed"
    copy = client.get(link_to("mona.manager@farfield.example", "sign/").replace("sign/?", "sign/copy/?"))
    assert copy.content.startswith(b"%PDF")

    client.force_login(applicant_of(award))
    page = client.post(own(award, "begin_claim"), {"kind": "costs"}, follow=True)
    line = {
        "kind": "travel", "what": "=Train", "pounds": "120.50", "submission": page.context["form"]["submission"].value(),
        **day("on", timezone.localdate()), "receipt": SimpleUploadedFile("ticket.pdf", PDF),
    }  # fmt: skip
    page = client.post(own(award, "show_claim", 1), line, follow=True)
    assert "ticket.pdf" in text_of(page)
    page = client.post(own(award, "send_claim", 1), follow=True)
    assert "To be checked" in text_of(page)

    client.force_login(manager)
    page = client.get(staff(award, "look_at_claim", 1))
    assert "ticket.pdf" in text_of(page)
    [receipt] = [one.receipt.pk for one in page.context["lines"]]
    fetched = client.get(staff(award, "fetch_claim_receipt", 1, receipt))
    assert (fetched.content, fetched["Content-Type"]) == (PDF, "application/octet-stream")
    client.post(staff(award, "approve_claim", 1), {"allowed": "120.50"})
    client.force_login(finance)
    assert "£120.50 to be paid" in text_of(client.get(staff(award, "look_at_claim", 1)))
    client.post(staff(award, "pay_claim", 1), {**day("paid_on", timezone.localdate()), "reference": "=BACS 17"})
    sheet = client.get(reverse("placements:take_claims_out", args=[scheme.organisation.slug, scheme.slug]))
    assert "'=BACS 17" in sheet.content.decode()
    assert ",120.5," in sheet.content.decode()
    assert "£120.50" in text_of(
        client.get(reverse("placements:list_claims", args=[scheme.organisation.slug, scheme.slug]))
    )

    award = over(award)
    client.force_login(applicant_of(award))
    page = client.post(own(award, "write_report"), {"did": "I ran two liquefiers.", "send": "yes"})
    assert page.status_code == 422
    assert "What did you learn?: fill this in." in text_of(page)
    page = client.post(own(award, "write_report"), {**REPORT, "send": "yes"}, follow=True)
    assert "May the scheme’s page tell of your placement?" in text_of(page)
    assert "it is read now" in text_of(client.get(award.application.get_absolute_url()))
    client.force_login(manager)
    assert "I ran two liquefiers." in text_of(client.get(staff(award, "show_award")))
    client.post(staff(award, "accept_report"))
    page = client.post(staff(award, "finish"), follow=True)
    assert "Finished" in text_of(page)
    listed = client.get(reverse("placements:list_awards", args=[scheme.organisation.slug, scheme.slug]))
    assert "£120.50" in text_of(listed)


def test_the_days_the_certificate_and_what_becomes_of_it(client, scheme, manager):
    award = over(agreed(scheme, actor=manager))
    with within(scheme.organisation, user=manager):
        attending.ask_days_now(award=award, actor=manager)
    path, key = link_to("hugo.host@hostwick.example", "days/").split("?key=")
    page = client.get(path, {"key": key})
    assert "On which days was Ines Field with you?" in text_of(page)
    days = [str(one) for one, _ in page.context["days"]][:4]
    page = client.post(path, {"key": key, "name": "Hugo Host", "days": days}, follow=True)
    assert "Thank you: 4 days confirmed" in text_of(page)

    reported(award)
    client.force_login(applicant_of(award))
    assert "Hugo Host confirmed 4 days" in text_of(client.get(own(award)))
    assert client.post(own(award, "take_certificate_out")).content.startswith(b"%PDF")
    for _ in range(2):
        client.post(own(award, "log_development"))
    session = {"audience": "Our team", "people": "9", **day("held_on", timezone.localdate())}
    form = client.get(own(award, "record_session"))
    told = {**session, "submission": form.context["form"]["submission"].value()}
    assert client.post(own(award, "record_session"), told).status_code == 302
    until = day("consent_until", timezone.localdate() + timedelta(days=300))
    assert (
        client.post(
            own(award, "offer_story"), {"title": "Cold", "text": "I went there.", "wish": "first_name", **until}
        ).status_code
        == 302
    )
    page = text_of(client.get(own(award)))
    assert "Session for Our team" in page
    assert "“Cold”" in page
    with within(user=applicant_of(award)):
        told = sorted(Activity.objects.values_list("kind", "source", "hours"))
    assert [(kind, source, str(hours)) for kind, source, hours in told] == [
        ("placement", "placements", "30.00"), ("teaching", "placements", "None"),
    ]  # fmt: skip

    client.force_login(manager)
    stories = reverse("placements:list_stories", args=[scheme.organisation.slug, scheme.slug])
    assert "I went there." in text_of(client.get(stories))
    client.force_login(applicant_of(award))
    client.post(own(award, "withdraw_story"))
    client.force_login(manager)
    assert "I went there." not in text_of(client.get(stories))


def test_whoever_has_the_code_learns_that_it_is_genuine_and_nothing_else(client, scheme, manager, other_organisation):
    award = over(agreed(scheme, actor=manager))
    with within(scheme.organisation):
        attending.ask_days(award, now=timezone.now())
        letter = award.letters.get(kind="days")
        attending.confirm_days(link=letter, name="Hugo Host", days=[award.starts_on])
        code = attending.certificate_for(award=award, actor=manager).code
    there = client.get(
        reverse("placements:check_certificate", args=[scheme.organisation.slug, code.replace("-", "").lower()])
    )
    assert there.status_code == 200
    assert "This certificate is genuine" in text_of(there)
    assert not [words for words in ("Ines", "Hostwick", "Cryogenics", "Hugo") if words in text_of(there)]
    for slug, other in ((other_organisation.slug, code), (scheme.organisation.slug, "AAAA-BBBB-CCCC")):
        page = client.get(reverse("placements:check_certificate", args=[slug, other]))
        assert page.status_code == 404
        assert "No certificate has this code" in text_of(page)


OWN_PAGES = (
    "show_application", "accept_award", "turn_down_award", "ask_change", "take_own_agreement_out", "write_report",
    "offer_story", "record_session", "give_to_employer",
)  # fmt: skip


def test_nobody_elses_award_is_there_for_another_applicant_or_those_with_a_role(client, scheme, manager):
    award = agreed(scheme, actor=manager)
    claimed(award, "100")
    others = [
        make_applicant(scheme, "Other Body"),
        manager,
        with_role(scheme.organisation, Role.REVIEWER, "Rea Reader"),
    ]
    for user in others:
        client.force_login(user)
        for name in OWN_PAGES:
            assert client.get(own(award, name)).status_code == 404, (user, name)
        assert client.get(own(award, "show_claim", 1)).status_code == 404
        for name in ("log_development", "take_certificate_out", "begin_claim", "withdraw_story", "send_mine_again"):
            assert client.post(own(award, name)).status_code == 404, (user, name)
        for name in ("send_claim", "drop_claim"):
            assert client.post(own(award, name, 1)).status_code == 404
    client.force_login(others[2])
    for name in ("show_award", "change_award", "take_agreement"):
        assert client.get(staff(award, name)).status_code == 403
    client.logout()
    assert client.get(own(award)).status_code == 302


def test_what_finance_may_and_what_not(client, scheme, manager, finance):
    award = agreed(scheme, actor=manager)
    claimed(award, "100")
    client.force_login(finance)
    assert client.get(staff(award, "look_at_claim", 1)).status_code == 200
    assert client.get(staff(award, "show_award")).status_code == 403
    assert client.post(staff(award, "approve_claim", 1), {"allowed": "100"}).status_code == 403
    assert client.post(staff(award, "return_claim", 1), {"words": "No"}).status_code == 403


def test_a_receipt_is_found_only_through_its_own_claim(client, scheme, manager):
    mine, theirs = agreed(scheme, actor=manager), agreed(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        from desaga.evidence.checking import CheckedFile

        from ..operations import claims

        claim = claims.begin_claim(award=theirs, kind=ClaimKind.COSTS, actor=manager)
        file = CheckedFile("ticket.pdf", "application/pdf", PDF, "none")
        line = claims.add_line(claim=claim, kind="travel", what="Train", pounds=1, receipt=file, actor=manager)
        pk = line.receipt.pk
    claimed(mine, "5")
    client.force_login(applicant_of(mine))
    assert client.get(own(mine, "fetch_receipt", 1, pk)).status_code == 404
    assert client.post(own(mine, "remove_claim_line", 1, line.pk)).status_code == 404
    client.force_login(applicant_of(theirs))
    assert client.get(own(theirs, "fetch_receipt", 1, pk)).status_code == 200
    client.force_login(manager)
    assert client.get(staff(theirs, "look_at_claim", 1)).status_code == 404, "It is still written."


@pytest.mark.parametrize("page", ["sign/", "sign/copy/", "days/", "outcome/"])
def test_a_key_opens_its_own_page_of_its_own_organisation_alone(client, scheme, manager, other_organisation, page):
    award = accepted(scheme, actor=manager)
    path = f"/placements/{scheme.organisation.slug}/by-link/"
    key = key_to("hugo.host@hostwick.example", "sign/")
    opens = {"sign/": 200, "sign/copy/": 200}
    assert client.get(f"{path}{page}", {"key": key}).status_code == opens.get(page, 404)
    assert client.get(f"/placements/{other_organisation.slug}/by-link/{page}", {"key": key}).status_code == 404
    for wrong in ("", "x", "' OR 1=1 --", "a" * 5000):
        answer = client.get(f"{path}{page}", {"key": wrong})
        assert answer.status_code == 404
        assert award.application.title not in text_of(answer)
