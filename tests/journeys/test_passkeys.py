"""A passkey is made, opens the account by itself and after a password, and is removed. The device is a virtual one."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django_scopes import scopes_disabled
from playwright.sync_api import expect

from desaga.accounts.tests.factories import user_who_can_sign_in
from desaga.audit.models import Entry
from desaga.organisations.tests.factories import PASSWORD
from desaga.tenancy.context import within

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()


def give_device(page, *, verifies=True):
    """A telephone of one's own, as Chromium's own tools make it up: it holds passkeys and knows its owner, or does not."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def notes_of(user):
    with within(user=user), scopes_disabled():  # An account's own entries belong to no organisation.
        return list(Entry.objects.order_by("id").values_list("note", flat=True))


def sign_out(page):
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")


def type_password(page, user):
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_passkey_is_made_used_and_removed(page, check_page, db):
    user = user_who_can_sign_in(email="ida@example.org")
    tools, device = give_device(page)

    # Ida signs in with her password, and makes a passkey.
    page.goto("/account/login/")
    type_password(page, user)
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("My telephone")
    expect(page.get_by_text("No passkey was made.")).to_be_hidden()
    check_page(page)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.get_by_text("Your passkey is ready.")).to_be_visible()
    assert page.locator(".dsg-codes li").count() == 10
    assert [message.subject for message in mail.outbox] == ["You have a new passkey on Desaga"]
    page.goto("/account/two-step/")
    expect(page.get_by_text("You have 1 passkey.")).to_be_visible()
    check_page(page)

    # From now on it alone opens the account, and she goes on to where she wanted.
    sign_out(page)
    page.goto("/account/sessions/")
    expect(page.get_by_text("No passkey was used.")).to_be_hidden()
    check_page(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")

    # After the password it is the second step.
    sign_out(page)
    type_password(page, user)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    check_page(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()

    # It gets another name, after she has shown again that it is she.
    page.goto("/account/two-step/webauthn/")
    check_page(page)
    page.get_by_role("link", name="Rename My telephone").click()
    page.get_by_role("link", name="Use a passkey instead").click()
    check_page(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_label("Name").fill("Blue telephone")
    check_page(page)
    page.get_by_role("button", name="Save the name").click()

    # She removes it; it opens nothing any more, though the device still has it.
    page.get_by_role("link", name="Remove Blue telephone").click()
    check_page(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    check_page(page)
    assert not Authenticator.objects.exists()
    assert notes_of(user) == [
        f"{what} switched {way}" for way in ("on", "off") for what in ("a passkey", "recovery codes")
    ]
    assert len(tools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("That passkey does not open an account here.")).to_be_visible()


def test_a_device_that_does_not_know_its_owner_makes_no_passkey(phone, check_page, db):
    user = user_who_can_sign_in(email="ida@example.org")
    give_device(phone, verifies=False)
    phone.goto("/account/login/")
    type_password(phone, user)
    phone.goto("/account/two-step/webauthn/add/")
    phone.get_by_label("Your password").fill(PASSWORD)
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("No passkey was made.")).to_be_hidden()
    phone.get_by_role("button", name="Make a passkey").click()
    expect(phone.get_by_text("No passkey was made.")).to_be_visible()
    check_page(phone)
    assert not Authenticator.objects.exists()


def test_without_script_the_other_ways_stay(open_page, db):
    plain = open_page(java_script_enabled=False)
    plain.goto("/account/login/")
    expect(plain.get_by_text("No passkey was used.")).to_be_hidden()
    expect(plain.get_by_role("button", name="Use a passkey")).to_be_hidden()
    expect(plain.get_by_role("button", name="Sign in")).to_be_visible()
