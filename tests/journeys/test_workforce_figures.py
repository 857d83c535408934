"""From a snapshot to what others read: the steward releases, a unit lead reads, anybody sees the public figures, a program fetches the feed."""

from math import ceil

import pytest
import requests
from django.core.cache import cache
from odata import ODataService
from playwright.sync_api import expect
from requests.auth import HTTPBasicAuth

from desaga.keys.states import Scope
from desaga.keys.tests.factories import make_key
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory
from desaga.workforce.feed import asking
from desaga.workforce.tests.crowds import UNITS, crowd, snapshot_of
from desaga.workforce.tests.factories import released

pytestmark = pytest.mark.journey
A_PAGE = 50


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


@pytest.fixture
def units(organisation):
    return {name: UnitFactory(organisation=organisation, name=name) for name in UNITS}


@pytest.fixture
def snapshot(organisation, units, member):
    return snapshot_of(organisation, crowd(), actor=member(Role.HR_DATA_STEWARD))


def test_a_steward_looks_as_each_audience_will_and_releases(
    page, sign_in, check_page, check_widths, work, member, organisation, snapshot
):
    sign_in(page, member(Role.HR_DATA_STEWARD))
    page.goto(f"/o/{organisation.slug}/workforce/releases/")
    check_page(page)
    page.get_by_role("link", name="Prepare a release").first.click()
    page.get_by_label("What is the period called?").fill("July 2025")
    check_page(page)
    page.get_by_role("button", name="Count and check").click()
    work()
    page.goto(page.url)
    expect(page.get_by_text("Ready to release")).to_be_visible()
    page.get_by_role("link", name="A unit lead", exact=True).click()
    page.get_by_label("Unit", exact=True).select_option("Physics")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.get_by_text("As the unit lead and the champion of Physics will read it")).to_be_visible()
    check_widths(page)
    page.get_by_role("link", name="The public", exact=True).click()
    expect(page.get_by_text("As the public will read it.")).to_be_visible()
    page.get_by_role("link", name="Release", exact=True).click()
    check_page(page)
    page.get_by_role("button", name="Release them").click()
    expect(page.get_by_text("July 2025 is released.")).to_be_visible()


def test_a_unit_lead_reads_their_unit_beside_the_whole_at_a_desk_and_on_the_telephone(
    page, sign_in, check_widths, member, organisation, units, snapshot
):
    released(organisation, snapshot)
    sign_in(page, member(Role.UNIT_LEAD, unit=units["Physics"]))
    page.goto(f"/o/{organisation.slug}/workforce/figures/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Technical staff, July 2025")
    expect(page.get_by_role("heading", name="How do units stand beside each other?")).to_be_visible()
    check_widths(page)
    page.get_by_role("link", name="Retirement horizon").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Retirement horizon")
    check_widths(page)


def test_anybody_sees_what_the_lead_shows(page, open_page, sign_in, check_widths, member, organisation, snapshot):
    released(organisation, snapshot)
    sign_in(page, member(Role.LEAD))
    page.goto(f"/o/{organisation.slug}/workforce/public/")
    check_widths(page)
    page.get_by_role("button", name="Show them to the public").click()
    expect(page.get_by_text("Shown to everybody")).to_be_visible()
    guest = open_page()
    guest.goto(f"/figures/{organisation.slug}/")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Technical staff in figures")
    check_widths(guest)
    assert guest.context.cookies() == []


def test_a_program_that_speaks_odata_fetches_the_feed(
    page, sign_in, check_widths, member, organisation, snapshot, live_server, monkeypatch
):
    """By python-odata, a client that is not ours: it reads the schema, makes classes of it, and follows pages by itself."""
    # So that what is released is many pages.
    monkeypatch.setattr(asking, "USUAL", A_PAGE)
    released(organisation, snapshot)
    words = make_key(organisation, Scope.FIGURES)[1]
    basic = HTTPBasicAuth("desaga", words)
    session, followed = requests.Session(), []
    session.hooks["response"].append(lambda answer, **_: followed.append(answer.url))
    address = f"{live_server.url}/feeds/workforce/v1/"
    service = ODataService(address, session=session, auth=basic, reflect_entities=True, quiet_progress=True)
    cells, releases = service.entities["Cells"], service.entities["Releases"]
    assert [one.Period for one in service.query(releases)] == ["July 2025"]
    followed.clear()
    everything = service.query(cells).all()
    assert len(followed) == ceil(len(everything) / A_PAGE) > 2
    assert all("skiptoken" in url for url in followed[1:])
    assert len({one.Id for one in everything}) == len(everything)
    whole = service.query(cells).filter(cells.Figure == "workforce.headcount").filter(cells.Cut == "").first()
    assert (whole.Value, whole.Kind, whole.IsTotal) == (80, "value", False)
    large = service.query(cells).filter(cells.Value >= 20).order_by(cells.Value.desc()).limit(5).all()
    assert [one.Value for one in large] == sorted(
        (one.Value for one in everything if one.Value is not None), reverse=True
    )[:5]
    assert len(everything) == service.query(cells).count() > 100
    assert service.query(releases).get(whole.ReleaseId).Period == "July 2025"

    sign_in(page, member(Role.LEAD))
    page.goto(f"/o/{organisation.slug}/keys/")
    expect(page.get_by_text("Workforce feed: figures as read inside the organisation")).to_be_visible()
    check_widths(page)
