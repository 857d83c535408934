from __future__ import annotations

import pytest
from django.test import Client

from desaga.charters.operations import keeping
from desaga.charters.tests.factories import entered, make_charter, reported
from desaga.public.tests.factories import publish
from desaga.tenancy.context import within

from ..models import CharterPage, ChartersPage, RepresentativesPage
from ..reach import reach_everything
from .factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    home = make_site("Forum", "forum", is_national=True)
    home.charter = make_charter(home.belongs_to, actor=home.lead)
    home.past = make_charter(home.belongs_to, actor=home.lead, key="engtechnow")
    with within(home.belongs_to, user=home.lead), reach_everything():
        shelf = ChartersPage(title="Charters", slug="charters", summary="Who promised what.")
        home.add_child(instance=shelf)
        shelf.save_revision().publish()
        for charter in (home.charter, home.past):
            page = CharterPage(title=charter.name, slug=charter.slug, summary=charter.summary, charter=charter.pk)
            shelf.add_child(instance=page)
            page.save_revision().publish()
        page = RepresentativesPage(title="Representatives", slug="representatives", summary="What they do.")
        shelf.add_child(instance=page)
        page.save_revision().publish()
    return home


HERE = "/technicians/charters/"


def test_all_charters_are_listed_with_how_many_signed(site, client):
    entered(site.charter, "Ashdown")
    page = client.get(HERE)
    assert page.headers["Cache-Control"] == "public, max-age=60"
    assert page.cookies == {}
    assert "1 signatory." in page.text
    assert "Historic. 3 signatories." in page.text


def test_a_charter_shows_aims_and_signatories_and_is_searched(site, client):
    entered(site.charter, "Ashdown", stage="3", cohort="1", plan_url="https://ashdown.example/plan")
    entered(site.charter, "Birch", nation="wales", kind="union")
    address = f"{HERE}technician-commitment/"
    page = client.get(address).text
    assert [
        word
        for word in ("Ashdown", "Birch", "Cohort 1, May 2017", "Stage 3", "https://ashdown.example/plan")
        if word not in page
    ] == []
    page = client.get(f"{address}?nation=wales").text
    assert "Birch" in page
    assert "Ashdown" not in page
    assert 'content="noindex, follow"' in page
    assert "No signatory fits" in client.get(f"{address}?q=nobody").text
    assert client.get(f"{address}?nation=atlantis").status_code == 200


def test_a_historic_charter_says_so(site, client):
    page = client.get(f"{HERE}engtechnow-charter/").text
    assert "nobody signs this charter any more" in page
    assert [name for name in ("TSSA", "Prospect", "unionlearn", "March 2015") if name not in page] == []


def test_a_signatorys_page_has_pledges_plans_and_published_reports(site, client):
    signature = entered(site.charter, "Ashdown", words="We mean it")
    reported(signature, year=2025)
    draft = reported(signature, year=2024, published=False)
    page = client.get(f"{HERE}technician-commitment/{signature.pk}/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "public, max-age=60"
    assert [
        word
        for word in ("We mean it", "A page for each technician", "What it did in 2025", "Forty pages")
        if word not in page.text
    ] == []
    assert f"in {draft.year}" not in page.text
    assert f'canonical" href="http://127.0.0.1:8000{HERE}technician-commitment/{signature.pk}/"' in page.text
    assert f'"name": "Ashdown", "item": "http://127.0.0.1:8000{HERE}technician-commitment/{signature.pk}/"' in page.text


def test_published_plans_of_a_signatory_are_linked(site, organisation, member, client):
    from desaga.charters.tests.factories import confirmed, signed_by
    from desaga.organisations.states import Role
    from desaga.plans.tests.factories import PlanFactory

    lead = member(Role.LEAD)
    publish(PlanFactory(organisation=organisation, title="Plan of ours"), actor=lead)
    signature = confirmed(signed_by(organisation, site.charter, actor=lead), actor=site.lead)
    page = client.get(f"{HERE}technician-commitment/{signature.pk}/").text
    assert "Plan of ours" in page
    assert (
        'Plan<span class="govuk-visually-hidden"> of Northmoor University'
        in client.get(f"{HERE}technician-commitment/").text
    )
    assert "Vera Lund" not in page


def test_what_is_no_more_shown_is_missing(site, client):
    signature = entered(site.charter, "Ashdown")
    one, all_of_it = f"{HERE}technician-commitment/{signature.pk}/", f"{HERE}technician-commitment/"
    assert client.get(f"{HERE}engtechnow-charter/{signature.pk}/").status_code == 404
    assert client.get(f"{all_of_it}999999/").status_code == 404
    assert client.get(f"{all_of_it}x/").status_code == 404
    with within(site.belongs_to, user=site.lead):
        keeping.let_lapse(actor=site.lead, signature=signature, words="No report")
    assert client.get(one).status_code == 404
    assert "Ashdown" not in client.get(all_of_it).text
    with within(site.belongs_to, user=site.lead):
        keeping.hide_charter(actor=site.lead, charter=site.charter)
    assert client.get(all_of_it).status_code == 404
    assert "Technician Commitment" not in client.get(HERE).text


def test_the_table_to_take_away_is_what_the_page_shows(site, client):
    entered(site.charter, "=Ashdown", nation="wales")
    entered(site.charter, "Birch")
    address = "/charters/forum/technician-commitment/signatories.csv"
    lines = client.get(f"{address}?nation=wales").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=Ashdown,Institution,Wales,4 March 2025")
    assert client.get("/charters/forum/nothing/signatories.csv").status_code == 404


def test_what_representatives_can_do_has_its_sources(site, client):
    page = client.get(f"{HERE}representatives/").text
    assert "https://www.legislation.gov.uk/ukpga/2002/22/section/43" in page
    assert "Find out what you need" in page


def test_the_pages_ask_as_often_for_three_as_for_one(site, client, query_count):
    one = entered(site.charter, "Ashdown")
    reported(one, year=2025)
    address = f"{HERE}technician-commitment/"
    pages = {HERE: 23, address: 24, f"{address}{one.pk}/": 26}
    for page in pages:
        client.get(page)
    for page, number in pages.items():
        with query_count(number):
            client.get(page)
    for name in ("Birch", "Cole"):
        entered(site.charter, name)
    reported(one, year=2024)
    for page, number in pages.items():
        with query_count(number):
            client.get(page)


def test_an_editor_chooses_among_published_charters(site):
    hidden = make_charter(site.belongs_to, actor=site.lead, key="employer-champion", published=False)
    client = Client()
    client.force_login(site.editor)
    shelf = ChartersPage.objects.get()
    page = client.get(f"/editing/pages/add/website/charterpage/{shelf.pk}/")
    assert page.status_code == 200
    assert "Technician Commitment (Forum)" in page.text
    assert hidden.name not in page.text
