"""Signing in, staying safe and signing out, through the real pages."""

import re
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from desaga.accounts.models import User
from desaga.accounts.tests.factories import user_who_can_sign_in
from desaga.audit.models import Entry
from desaga.organisations.tests.factories import PASSWORD
from desaga.tenancy.context import within

NEW = "a wholly new set of words"
SIGN_IN = "/account/login/"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user(db):
    return user_who_can_sign_in(email="ida@example.org")


def sign_in(client, password=PASSWORD, email="ida@example.org", **fields):
    return client.post(SIGN_IN, {"login": email, "password": password, **fields})


def sign_in_and_prove(client):
    """What changes how one signs in asks for the password once more."""
    sign_in(client)
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def code_now(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


# ---- Password


def test_the_right_password_signs_in(client, user):
    assert sign_in(client).url == "/"
    assert is_signed_in(client)


@pytest.mark.parametrize("email", ["ida@example.org", "nobody-at-all@example.org"])
def test_a_wrong_sign_in_says_the_same_whether_there_is_an_account_or_not(client, user, email):
    page = sign_in(client, password="wrong", email=email)
    assert page.context["form"].non_field_errors() == [
        "The e-mail address and the password do not belong together. Check both and try again."
    ]
    assert not is_signed_in(client)


def test_one_goes_on_to_where_one_wanted_but_never_elsewhere(client, user):
    assert sign_in(client, next="/account/details/").url == "/account/details/"
    client.post("/account/logout/")
    assert sign_in(client, next="https://evil.example/").url == "/"


def test_a_closed_account_does_not_open(client, user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    sign_in(client)
    assert not is_signed_in(client)


def test_the_session_ends_with_the_browser_unless_one_asks(client, user):
    sign_in(client)
    assert client.session.get_expire_at_browser_close() is True
    client.post("/account/logout/")
    sign_in(client, remember="on")
    assert client.session.get_expire_at_browser_close() is False


def test_signing_out_takes_a_press_of_a_button(client, user):
    sign_in(client)
    assert client.get("/account/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_nobody_signs_up_by_themselves(client, db):
    page = client.get("/account/signup/")
    assert "Accounts come by invitation" in page.text
    client.post("/account/signup/", {"email": "new@example.org", "password1": NEW})
    assert not User.objects.exists()


# ---- Limits


def test_after_five_wrong_tries_an_account_rests_even_for_the_right_password(client, user):
    for _ in range(5):
        assert "do not belong together" in sign_in(client, password="wrong").text
    assert "Wait five minutes" in sign_in(client).text
    assert not is_signed_in(client)
    other = user_who_can_sign_in(email="other@example.org")
    sign_in(client, email=other.email)
    assert is_signed_in(client)


def test_after_many_tries_from_one_address_a_page_says_so(client, user):
    answers = [sign_in(client, password="wrong", email=f"someone{n}@example.org").status_code for n in range(31)]
    assert answers == [200] * 30 + [429]
    page = sign_in(client)
    assert page.status_code == 429
    assert "Too many tries in a short time" in page.text
    assert client.get(SIGN_IN).status_code == 200


def test_codes_cannot_be_tried_one_after_the_other(client, user):
    secret = set_up_two_step(client)
    client.post("/account/logout/")
    sign_in(client)
    right = code_now(secret)
    wrong = f"{(int(right) + 500000) % 1000000:06d}"
    answers = [client.post("/account/two-step/authenticate/", {"code": wrong}) for _ in range(6)]
    assert "Too many tries" in answers[-1].text
    assert "Too many tries" in client.post("/account/two-step/authenticate/", {"code": right}).text
    assert not is_signed_in(client)


# ---- Two-step sign-in


def set_up_two_step(client):
    sign_in_and_prove(client)
    page = client.get("/account/two-step/totp/activate/")
    secret = page.context["form"].secret
    client.post("/account/two-step/totp/activate/", {"code": code_now(secret)})
    cache.clear()
    return secret


def test_setting_up_shows_the_secret_as_a_square_and_as_text(client, user):
    sign_in_and_prove(client)
    page = client.get("/account/two-step/totp/activate/")
    secret = page.context["form"].secret
    assert f">{secret}</code>" in page.text
    assert re.search(r'<img[^>]* src="data:image/svg\+xml;base64,[^"]+"[^>]* alt="[^"]+"', page.text)
    assert "data:" in page.headers["Content-Security-Policy"].split("img-src")[1].split(";")[0]


def test_with_two_steps_a_password_alone_is_not_enough(client, user):
    secret = set_up_two_step(client)
    client.post("/account/logout/")
    answer = sign_in(client)
    assert answer.url == "/account/two-step/authenticate/"
    assert not is_signed_in(client)
    client.post(answer.url, {"code": code_now(secret)})
    assert is_signed_in(client)


def test_a_wrong_code_does_not_switch_it_on_and_says_why(client, user):
    sign_in_and_prove(client)
    client.get("/account/two-step/totp/activate/")
    page = client.post("/account/two-step/totp/activate/", {"code": "000000"})
    assert page.context["form"].errors["code"][0].startswith("That code is not right")
    assert not Authenticator.objects.exists()


def test_a_code_works_once(client, user):
    secret = set_up_two_step(client)
    client.post("/account/logout/")
    code = code_now(secret)
    sign_in(client)
    client.post("/account/two-step/authenticate/", {"code": code})
    client.post("/account/logout/")
    sign_in(client)
    client.post("/account/two-step/authenticate/", {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_may_come_one_step_early_or_late(client, user, steps, opens):
    secret = set_up_two_step(client)
    client.post("/account/logout/")
    sign_in(client)
    with time_machine.travel(time.time() // 30 * 30 + 15, tick=False):
        client.post("/account/two-step/authenticate/", {"code": code_now(secret, steps)})
        assert is_signed_in(client) is opens


def test_a_spent_code_does_not_open_while_it_would_still_count(client, user):
    secret = set_up_two_step(client)
    client.post("/account/logout/")
    began = time.time() // 30 * 30
    for after, opens in ((0, True), (45, False), (59, False)):
        with time_machine.travel(began + after, tick=False):
            sign_in(client)
            code = code_now(secret, -1 if after else 0)
            client.post("/account/two-step/authenticate/", {"code": f"{code[:3]} {code[3:]}"})
            assert is_signed_in(client) is opens
            client.post("/account/logout/")


def test_a_recovery_code_opens_once(client, user):
    set_up_two_step(client)
    codes = client.get("/account/two-step/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    for expected in (True, False):
        client.post("/account/logout/")
        sign_in(client)
        client.post("/account/two-step/authenticate/", {"code": codes[0]})
        assert is_signed_in(client) is expected


def test_the_secret_does_not_stand_in_the_database(client, user):
    secret = set_up_two_step(client)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert stored.startswith("gAAAA")


@pytest.mark.django_db(transaction=True)
def test_switching_on_and_off_is_told_by_mail(client, user):
    set_up_two_step(client)
    client.post("/account/two-step/totp/deactivate/")
    assert [m.subject for m in mail.outbox] == ["Two-step sign-in is on", "Two-step sign-in is off"]


@pytest.mark.parametrize("url", ["/account/two-step/totp/activate/", "/account/email/"])
def test_what_changes_how_one_signs_in_asks_again_who_it_is(client_of, user, url):
    client = client_of(user)
    answer = (
        client.post("/account/email/", {"email": "x@example.org", "action_add": "1"})
        if "email" in url
        else client.get(url)
    )
    assert answer.status_code == 302
    assert answer.url.startswith("/account/reauthenticate/")


# ---- Password by mail


def test_a_forgotten_password_is_chosen_anew_by_mail(client, user):
    answer = client.post("/account/password/reset/", {"email": "ida@example.org"})
    assert answer.url == "/account/password/reset/done/"
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link)
    assert "set-password" in form.url
    done = client.post(form.url, {"password1": NEW})
    assert done.url == "/account/password/reset/key/done/"
    assert not is_signed_in(client)
    sign_in(client, password=NEW)
    assert is_signed_in(client)
    assert "does not open any more" in Client().get(link).text


def test_asking_for_a_password_tells_nobody_who_has_an_account(client, user):
    answers = [client.post("/account/password/reset/", {"email": e}) for e in ("ida@example.org", "nobody@example.org")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [["ida@example.org"], ["nobody@example.org"]]
    assert "There is no account with it" in mail.outbox[1].body
    assert "http" not in mail.outbox[1].body


@pytest.mark.parametrize(
    ("old", "new", "changed"), [(PASSWORD, NEW, True), ("wrong", NEW, False), (PASSWORD, "short", False)]
)
def test_changing_the_password(client, user, old, new, changed):
    sign_in(client)
    client.post("/account/password/change/", {"oldpassword": old, "password1": new})
    user.refresh_from_db()
    assert user.check_password(NEW) is changed
    assert [m.subject for m in mail.outbox] == (["Your password on Desaga was changed"] if changed else [])
    assert is_signed_in(client)


# ---- E-mail


def test_an_address_changes_when_the_new_one_is_confirmed(client, user):
    sign_in_and_prove(client)
    client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    assert "A change is waiting" in client.get("/account/email/").text
    assert User.objects.get(pk=user.pk).email == "ida@example.org"
    assert mail.outbox[0].to == ["new@example.org"]
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    assert "Confirm this address" in client.get(link).text
    assert User.objects.get(pk=user.pk).email == "ida@example.org"
    client.post(link)
    assert User.objects.get(pk=user.pk).email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("new@example.org", True, True)]
    assert ["ida@example.org"] in [message.to for message in mail.outbox]


def notes_of(user):
    with within(user=user), scopes_disabled():  # An account's own entries belong to no organisation.
        return [(entry.actor_id, entry.organisation_id, entry.note) for entry in Entry.objects.order_by("id")]


@pytest.mark.django_db(transaction=True)
def test_what_changes_how_one_signs_in_is_written_down_without_secrets(client, user):
    set_up_two_step(client)
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    client.post("/account/two-step/totp/deactivate/")
    assert notes_of(user) == [
        (user.pk, None, "codes from an app switched on"),
        (user.pk, None, "recovery codes switched on"),
        (user.pk, None, "new password"),
        (user.pk, None, "codes from an app switched off"),
        (user.pk, None, "recovery codes switched off"),
    ]


def test_a_password_chosen_anew_by_mail_is_written_down(client, user):
    client.post("/account/password/reset/", {"email": user.email})
    link = re.search(r"https?://\S+(/account/password/reset/key/\S+)", mail.outbox[-1].body).group(1)
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert notes_of(user) == [(user.pk, None, "new password, by mail")]


def test_an_address_of_somebody_else_is_not_given_away(client, user):
    user_who_can_sign_in(email="taken@example.org")
    sign_in_and_prove(client)
    page = client.post("/account/email/", {"email": "taken@example.org", "action_add": "1"})
    assert page.status_code == 302
    assert User.objects.get(pk=user.pk).email == "ida@example.org"


# ---- Sessions


def test_one_sees_ones_sessions_and_ends_the_others(user):
    here, there = Client(headers={"user-agent": "Mozilla (Windows) Firefox/140"}), Client()
    sign_in(here)
    sign_in(there)
    page = here.get("/account/sessions/")
    assert page.context["session_count"] == 2
    assert "Firefox on Windows" in page.text
    here.post("/account/sessions/")
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_a_new_password_ends_the_other_sessions(user):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    assert is_signed_in(here)
    assert not is_signed_in(there)


# ---- Pages


SIGNED_OUT = ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/inactive/"]
SIGNED_IN = [
    "/account/",
    "/account/email/",
    "/account/password/change/",
    "/account/two-step/",
    "/account/sessions/",
    "/account/logout/",
]


@pytest.mark.parametrize("url", SIGNED_OUT + SIGNED_IN)
def test_every_page_has_our_look_and_keeps_the_policy(client, user, url):
    if url in SIGNED_IN:
        assert client.get(url).url == f"{reverse('account_login')}?next={url}" or url == "/account/logout/"
        sign_in(client)
    page = client.get(url)
    assert page.status_code == 200
    assert "dsg-masthead" in page.text
    assert len(re.findall("<h1", page.text)) == 1
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page.text)
    assert "placeholder" not in page.text
