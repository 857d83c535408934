"""How a colleague comes in: asked by mail, on the telephone, and from then on with two steps."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.journey

OWN_PASSWORD = "three flames and a spoon"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


def code_of(page):
    secret = page.locator("#secret").inner_text()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30)), secret


def test_a_lead_invites_a_colleague_who_comes_in_with_two_steps(
    page, open_page, sign_in, check_page, member, organisation
):
    # The lead asks Ida in.
    sign_in(page, member(Role.LEAD))
    page.goto(f"/o/{organisation.slug}/people/")
    page.get_by_role("link", name="Invitations").click()
    check_page(page)
    page.get_by_role("link", name="Invite somebody").first.click()
    page.get_by_label("Name").fill("Ida Bunsen")
    page.get_by_label("E-mail").fill("ida@northmoor.example")
    page.get_by_label("Champion").check()
    check_page(page)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
    expect(page.get_by_role("cell", name="Waiting for an answer")).to_be_visible()
    check_page(page)

    # Ida opens the mail on her telephone, whose browser runs no script.
    phone = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    link = re.search(r"/invitations/\S+", mail.outbox[0].body)[0]
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Northmoor invites you")
    phone.get_by_label("Choose a password").fill("short")
    phone.get_by_role("button", name="Accept the invitation").click()
    expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    phone.get_by_label("Choose a password").fill(OWN_PASSWORD)
    phone.get_by_role("button", name="Accept the invitation").click()
    expect(phone.get_by_text("Welcome. You are now part of Northmoor here.")).to_be_visible()

    # At her desk she signs in and sets up the second step.
    desk = open_page()
    desk.goto("/")
    check_page(desk)
    desk.get_by_role("link", name="Sign in").first.click()
    check_page(desk)
    desk.get_by_label("E-mail").fill("ida@northmoor.example")
    desk.get_by_label("Password", exact=True).fill(OWN_PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("heading", name="My work")).to_be_visible()
    check_page(desk)
    desk.get_by_role("link", name="Your account").click()
    check_page(desk)
    desk.get_by_role("link", name="Switch it on").click()
    desk.get_by_label("Your password").fill(OWN_PASSWORD)
    check_page(desk)
    desk.get_by_role("button", name="Go on").click()
    code, secret = code_of(desk)
    check_page(desk)
    desk.get_by_label("Code").fill(code)
    desk.get_by_role("button", name="Switch two-step sign-in on").click()
    expect(desk.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert desk.locator(".dsg-codes li").count() == 10
    check_page(desk)

    # Her telephone is still signed in; she ends that, and comes in anew with both steps.
    desk.goto("/account/sessions/")
    check_page(desk)
    desk.get_by_role("button", name="Sign out everywhere else").click()
    expect(desk.get_by_text("You are signed in nowhere else.")).to_be_visible()
    phone.goto("/my-work/")
    phone.get_by_label("E-mail").fill("ida@northmoor.example")
    phone.get_by_label("Password", exact=True).fill(OWN_PASSWORD)
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("The second step")
    phone.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("My work")

    # The link in the old mail opens nothing any more.
    other = open_page()
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("You have accepted this invitation already")
    check_page(other)


def test_the_platforms_administrator_steps_in_and_out(page, sign_in, check_page, organisation):
    sign_in(page, UserFactory(is_platform_administrator=True))
    page.goto("/my-work/")
    expect(page.get_by_text("not part of an organisation yet")).to_be_visible()
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Step into an organisation").click()
    check_page(page)
    page.get_by_label("Organisation").select_option(label=organisation.name)
    page.get_by_label("Reason").fill("To mend an import")
    page.get_by_role("button", name="Step in").click()
    expect(page.get_by_text("You act here as the platform’s administrator until")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Organisation", exact=True).click()
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_text("To mend an import").first).to_be_visible()
    page.get_by_role("link", name="Step out").click()
    page.get_by_role("button", name="Step out of Northmoor").click()
    expect(page.get_by_text("You have stepped out of Northmoor.")).to_be_visible()


def test_a_forgotten_password_is_chosen_anew(page, check_page, db):
    from desaga.accounts.tests.factories import user_who_can_sign_in

    user_who_can_sign_in(email="ida@example.org")
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill("ida@example.org")
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="I have forgotten my password").click()
    check_page(page)
    page.get_by_label("E-mail").fill("ida@example.org")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look at your e-mail")).to_be_visible()
    check_page(page)
    page.goto(re.search(r"/account/password/reset/key/\S+", mail.outbox[0].body)[0])
    page.get_by_label("New password").fill(PASSWORD[::-1])
    check_page(page)
    page.get_by_role("button", name="Save the new password").click()
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("E-mail").fill("ida@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD[::-1])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()


@pytest.mark.parametrize("url", ["/accessibility/", "/privacy/", "/cookies/"])
def test_what_holds_here_can_be_read_by_everybody(page, check_page, db, url):
    page.goto("/")
    page.locator(f"footer a[href='{url}']").click()
    check_page(page)
