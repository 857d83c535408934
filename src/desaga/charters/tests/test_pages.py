from __future__ import annotations

import pytest
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import queries
from ..models import Charter, Signature
from .factories import anew, confirmed, entered, make_charter, reported, signed_by

pytestmark = pytest.mark.django_db
SIGNED_ON = {"signed_on_day": 5, "signed_on_month": 1, "signed_on_year": 2026}


@pytest.fixture
def keeper(other_organisation):
    return other_organisation


@pytest.fixture
def keeping_lead(member, keeper):
    return member(Role.LEAD, organisation=keeper)


def test_a_body_keeps_publishes_and_offers_a_charter(organisation, keeper, keeping_lead, client_of):
    client = client_of(keeping_lead)
    here = "/o/southmere/charters/"
    assert "Charters that we know" in client.get(f"{here}keep/").text
    client.post(f"{here}keep/employer-champion/")
    assert client.post(f"{here}keep/nothing/").status_code == 404
    page = f"{here}kept/science-council-employer-champion/"
    assert "Nobody has signed it yet" in client.get(page).text
    client.post(f"{page}publish/")
    client.post(f"{page}offer/", {"to": organisation.pk})
    with within(keeper):
        assert (Charter.objects.get().is_published, Signature.objects.get().state) == (True, "offered")
    again = client.post(f"{page}offer/", {"to": organisation.pk})
    assert "to" in again.context["form"].errors
    client.post(f"{page}change/", {"name": "Champion", "summary": "Short", "about": "", "source": ""})
    with within(keeper):
        assert Charter.objects.get().summary == "Short"


def test_the_same_charter_is_kept_once(keeper, keeping_lead, client_of):
    make_charter(keeper)
    answer = client_of(keeping_lead).post("/o/southmere/charters/keep/technician-commitment/", follow=True)
    assert "You keep a charter of this name already" in answer.text


def test_a_lead_signs_and_mends_what_was_given_back(organisation, keeper, keeping_lead, member, client_of):
    charter = make_charter(keeper)
    client, theirs = client_of(member(Role.LEAD)), client_of(keeping_lead)
    begun = client.post(f"/o/northmoor/charters/open/{charter.pk}/begin/")
    with within(organisation):
        signature = Signature.signed.get()
    one, other = (f"/o/{slug}/charters/signatures/{signature.pk}/" for slug in ("northmoor", "southmere"))
    assert begun.headers["Location"] == f"{one}sign/"
    told = {"signed_by": "Vera Lund", "nation": "wales", "words": "", **SIGNED_ON}
    nothing = client.post(f"{one}sign/", told)
    assert "Write what you pledge for at least one aim" in nothing.text
    client.post(f"{one}sign/", told | {"pledge_0": "A page for each"})
    theirs.post(f"{other}give-back/", {"words": "Say by when"})
    assert "Say by when" in client.get(one).text
    assert "A page for each" in client.get(f"{one}sign/").text
    client.post(f"{one}sign/", told | {"pledge_0": "A page for each by 2027"})
    theirs.post(f"{other}confirm/")
    assert [one.words for one in queries.signatory_shown(charter, signature.pk).pledges_told] == [
        "A page for each by 2027"
    ]
    assert "Vera Lund" in theirs.get(other).text
    again = client.post(f"/o/northmoor/charters/open/{charter.pk}/begin/", follow=True)
    assert "has begun to sign this charter already" in again.text


@pytest.mark.parametrize("page", ["sign/", "withdraw/", "reports/2026/"])
def test_the_signatorys_pages_are_not_the_keepers(organisation, keeper, keeping_lead, client_of, page):
    signature = confirmed(signed_by(organisation, make_charter(keeper)))
    assert client_of(keeping_lead).get(f"/o/southmere/charters/signatures/{signature.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["give-back/", "lapse/"])
def test_the_keepers_pages_are_not_the_signatorys(organisation, keeper, member, client_of, page):
    signature = confirmed(signed_by(organisation, make_charter(keeper)))
    client = client_of(member(Role.LEAD))
    address = f"/o/northmoor/charters/signatures/{signature.pk}/{page}"
    assert client.get(address).status_code == 404
    assert client.post(address, {"words": "x"}).status_code == 404
    assert anew(signature).state == "confirmed"


def test_a_third_organisation_finds_no_page_of_it(organisation, keeper, client_of):
    from desaga.organisations.tests.factories import member_of, peopled_organisation

    signature = confirmed(signed_by(organisation, make_charter(keeper)))
    third = peopled_organisation("Eastmoor", "eastmoor")
    client = client_of(member_of(third, Role.LEAD))
    assert client.get(f"/o/eastmoor/charters/signatures/{signature.pk}/").status_code == 404
    assert client.get(f"/o/northmoor/charters/signatures/{signature.pk}/").status_code == 404


def test_a_report_is_written_by_the_form_and_published(organisation, keeper, member, client_of):
    charter = make_charter(keeper)
    signature = confirmed(signed_by(organisation, charter))
    client = client_of(member(Role.PROJECT_OFFICER))
    one = f"/o/northmoor/charters/signatures/{signature.pk}/"
    year = timezone.localdate().year
    begun = client.post(f"{one}reports/", {"year": year})
    assert begun.headers["Location"] == f"{one}reports/{year}/"
    assert client.post(f"{one}reports/", {"year": 1999}).headers["Location"] == one
    told = {
        "summary": "Good",
        "done_0": "Forty",
        "evidence_0": "List",
        "evidence_url_0": "https://a.example/",
        "next_0": "",
    }
    wrong = client.post(f"{one}reports/{year}/", told | {"evidence_url_0": "nowhere at all"})
    assert "evidence_url_0" in wrong.context["form"].errors
    client.post(f"{one}reports/{year}/", told | {"done_0": "Thirty"})
    client.post(f"{one}reports/{year}/", told)
    assert "Forty" in client.get(f"{one}reports/{year}/").text
    client.post(f"{one}reports/{year}/publish/")
    assert queries.signatory_shown(charter, signature.pk).reports_told[0].lines_told[0].done == "Forty"
    client.post(f"{one}reports/{year}/hide/")
    assert queries.signatory_shown(charter, signature.pk).reports_told == []


def test_the_keeper_enters_and_places_who_has_no_workspace(keeper, keeping_lead, client_of):
    charter = make_charter(keeper)
    client = client_of(keeping_lead)
    here = "/o/southmere/charters/kept/technician-commitment/"
    told = {
        "name": "Ashdown",
        "kind": "institution",
        "nation": "scotland",
        "precision": "month",
        "pledge_0": "Pages",
        **SIGNED_ON,
    }
    client.post(f"{here}enter/", told)
    with within(keeper):
        signature = Signature.objects.get()
    one = f"/o/southmere/charters/signatures/{signature.pk}/"
    client.post(f"{one}confirm/")
    client.post(
        f"{one}place/",
        {"cohort": "5", "stage": "3", "nation": "scotland", "home_page": "", "plan_url": "https://a.example/plan"},
    )
    (shown,) = queries.signatories_shown(charter, {"stage": "3"})
    assert (shown.cohort_words, shown.stage_words, shown.signed_words) == (
        "Cohort 5, June 2019",
        "Stage 3",
        "January 2026",
    )


def test_a_signatory_says_less_of_where_it_stands(organisation, keeper, member, client_of):
    signature = confirmed(signed_by(organisation, make_charter(keeper)))
    client = client_of(member(Role.LEAD))
    address = f"/o/northmoor/charters/signatures/{signature.pk}/place/"
    assert set(client.get(address).context["form"].fields) == {"nation", "home_page", "plan_url"}
    client.post(
        address, {"nation": "england", "home_page": "", "plan_url": "", "stage": "3", "report_due_on_year": 2040}
    )
    held = anew(signature)
    assert (held.nation, held.stage, held.report_due_on) == ("england", "", signature.report_due_on)


def test_lists_ask_as_often_for_three_as_for_one(organisation, keeper, keeping_lead, member, client_of, query_count):
    charter = make_charter(keeper)
    confirmed(signed_by(organisation, charter))
    client, theirs = client_of(member(Role.LEAD)), client_of(keeping_lead)
    pages = [
        (client, "/o/northmoor/charters/", 16),
        (theirs, "/o/southmere/charters/", 16),
        (theirs, charter.get_absolute_url(), 15),
    ]
    for browser, page, _ in pages:
        browser.get(page)
    for browser, page, number in pages:
        with query_count(number):
            browser.get(page)
    for name in ("Ashdown", "Birch"):
        reported(entered(charter, name))
    for key in ("employer-champion", "engtechnow"):
        make_charter(keeper, key=key)
    with within(keeper):
        another = Charter.objects.get(shipped="employer-champion")
    signed_by(organisation, another, pledges={"EC-1": "We do"})
    for browser, page, number in pages:
        with query_count(number):
            browser.get(page)
