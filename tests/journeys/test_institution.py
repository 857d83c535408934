"""A lead sets up the institution's sign-in, Ida comes in through it with a role, and is shut out. The provider is a real one."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from playwright.sync_api import expect

from desaga.federation.models import EmailDomain, Identity, Provider
from desaga.federation.tests.institution import CLIENT, IDA, SECRET, Institution, RealProvider
from desaga.federation.tests.provider import PASSWORD
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PASSWORD as OURS
from desaga.tenancy.context import within

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


def sign_in_there(page, email=IDA["email"]):
    """At the provider's own page, which is not ours to look after."""
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit], input[type=submit]").first.click()


def test_an_institution_opens_its_sign_in_and_ida_comes_in(
    page, open_page, phone, sign_in, check_page, member, organisation, live_server, provider_server
):
    real = RealProvider(provider_server)
    real.tell(reset=True)
    real.tell(people=[{**IDA, "claims": {"name": "Ida Bunsen", "groups": ["staff", "lab-technicians"]}}])

    # The lead names the domain, and enters what the IT service gave.
    lead = member(Role.LEAD)
    sign_in(page, lead)
    page.goto("/o/northmoor/units/")
    page.get_by_role("navigation", name="Organisation").get_by_role("link", name="Sign-in").click()
    check_page(page)
    page.get_by_role("link", name="Add an e-mail domain").click()
    page.get_by_label("E-mail domain").fill("@Northmoor.example")
    check_page(page)
    page.get_by_role("button", name="Add the domain").click()
    expect(page.get_by_text("Waits to be confirmed")).to_be_visible()
    page.get_by_role("link", name="Add OpenID Connect").click()
    page.get_by_label("Name", exact=True).fill("Northmoor sign-in")
    page.get_by_label("Issuer").fill("http://sign-in.northmoor.example")
    page.get_by_label("Client ID").fill(CLIENT)
    page.get_by_label("Client secret").fill(SECRET)
    page.get_by_label("Make accounts").check()
    page.get_by_role("button", name="Add the sign-in").click()
    expect(page.get_by_text("The address must begin with https://").first).to_be_visible()
    check_page(page)
    page.get_by_label("Issuer").fill(provider_server)
    page.get_by_label("Client secret").fill(SECRET)
    page.get_by_role("button", name="Add the sign-in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Northmoor sign-in")
    check_page(page)

    # The IT service registers us with the address that the page gives.
    address = page.locator("dt:has-text('Redirect address') + dd").inner_text()
    real.tell(client={"id": CLIENT, "secret": SECRET, "addresses": [address]})

    # The lead tries it: what the provider tells is shown, and nothing has changed.
    page.get_by_role("link", name="Try to sign in now").first.click()
    sign_in_there(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Try the rules")
    expect(page.get_by_label("What the provider tells")).to_have_value(contains("lab-technicians"))
    check_page(page)
    with within(organisation):
        assert not Identity.objects.exists()

    # A rule for a group; the page says whom it meets, and why.
    page.get_by_role("link", name="Northmoor sign-in").click()
    page.get_by_role("link", name="Add a rule").click()
    page.get_by_label("Attribute").fill("groups")
    page.get_by_label("Values").fill("lab-technicians")
    page.get_by_label("Role", exact=True).select_option("Technician")
    check_page(page)
    page.get_by_role("button", name="Add the rule").click()
    page.get_by_role("link", name="Try the rules").click()
    page.get_by_label("What the provider tells").fill('{"groups": ["lab-technicians"]}')
    page.get_by_role("button", name="Try").click()
    expect(page.get_by_text("groups holds “lab-technicians”.")).to_be_visible()
    check_page(page)

    # Those who run Desaga confirm the domain; the lead switches the sign-in on.
    platform = open_page()
    sign_in(platform, member(is_platform_administrator=True))
    platform.goto("/account/")
    platform.get_by_role("link", name="Confirm e-mail domains").click()
    check_page(platform)
    platform.get_by_role("button", name="Confirm northmoor.example").click()
    expect(platform.get_by_text("northmoor.example is confirmed for Northmoor University.")).to_be_visible()
    page.get_by_role("link", name="Northmoor sign-in").click()
    page.get_by_role("link", name="Switch it on").click()
    check_page(page)
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_text("Northmoor sign-in is on.")).to_be_visible()

    # Ida, on her telephone, finds her institution by her address, and comes in where she wanted.
    phone.goto("/o/northmoor/plans/")
    check_page(phone)
    phone.get_by_role("link", name="Sign in with your institution").click()
    phone.get_by_label("Your work e-mail").fill(IDA["email"])
    phone.get_by_role("button", name="Find it").click()
    check_page(phone)
    phone.get_by_role("link", name="Northmoor University").click()
    sign_in_there(phone)
    phone.wait_for_url("**/o/northmoor/plans/")
    check_page(phone)

    # She has no password, and shows again at her institution that it is she before she adds a second step.
    phone.goto("/account/two-step/totp/activate/")
    sign_in_there_again(phone)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.wait_for_url("**/account/two-step/totp/activate/")

    # Were she something elsewhere too, she would have to connect it herself; the page for it is the same.
    phone.goto("/account/")
    phone.get_by_role("link", name="Connect your institution’s sign-in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Connect your institution")
    check_page(phone)

    # The lead sees her, and ends her way in: her next page asks her to sign in, and her institution's word opens nothing.
    page.get_by_role("link", name="Who came in").click()
    expect(page.get_by_role("row", name="Ida Bunsen")).to_contain_text("Technician")
    check_page(page)
    page.get_by_role("link", name="End the way in of Ida Bunsen").click()
    check_page(page)
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("Ended by the lead")).to_be_visible()
    phone.goto("/my-work/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    phone.get_by_role("link", name="Sign in with your institution").click()
    phone.get_by_role("link", name="Northmoor University").click()
    expect(phone.get_by_text("Your way in through your institution has been ended.")).to_be_visible()
    check_page(phone)


def sign_in_there_again(page):
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit], input[type=submit]").first.click()


def contains(words):
    return re.compile(re.escape(words))


def test_where_it_is_the_only_way_a_password_leads_there(
    open_page, check_page, organisation, live_server, provider_server, member
):
    institution = Institution(provider_server, organisation, (live_server.url,))
    institution.change(is_demanded=True)
    ida = member(Role.READER, email=IDA["email"])
    EmailAddress.objects.create(user=ida, email=ida.email, verified=True, primary=True)
    # Without script, as everywhere.
    plain = open_page(java_script_enabled=False)
    plain.goto("/account/login/")
    plain.get_by_label("E-mail").fill(ida.email)
    plain.get_by_label("Password", exact=True).fill(OURS)
    plain.get_by_role("button", name="Sign in", exact=True).click()
    expect(plain.get_by_text("through its own sign-in alone")).to_be_visible()
    plain.get_by_role("link", name="Go on to Northmoor University").click()
    sign_in_there(plain)
    expect(plain.get_by_role("heading", name="My work")).to_be_visible()
    with within(organisation):
        assert Provider.objects.get().is_demanded
        assert EmailDomain.objects.count() == 1
