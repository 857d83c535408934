"""What is sent in a passkey's place. That real ones work is shown in a browser: tests/journeys/test_passkeys.py."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from desaga.accounts.tests.factories import user_who_can_sign_in
from desaga.organisations.tests.factories import PASSWORD

LOGIN = "/account/two-step/webauthn/login/"
ADD = "/account/two-step/webauthn/add/"
FORGED = {
    "id": "YWJj",
    "rawId": "YWJj",
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "authenticatorData": "YWJj", "signature": "YWJj", "userHandle": "MQ"},
    "clientExtensionResults": {},
}
JUNK = ["", "no", "[]", "3", "null", "{}", '{"response": null}', '{"response": {"userHandle": 7}}', json.dumps(FORGED)]


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user(db):
    return user_who_can_sign_in(email="ida@example.org")


def is_signed_in(client):
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("credential", JUNK)
def test_what_is_no_passkey_signs_nobody_in(client, user, credential):
    client.get(LOGIN, headers={"accept": "application/json"})
    answer = client.post(LOGIN, {"credential": credential})
    assert (answer.status_code, answer.url) == (302, "/account/login/")
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", JUNK)
def test_what_is_no_passkey_is_not_kept_as_one(client, user, credential):
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get(ADD)
    page = client.post(ADD, {"credential": credential, "name": "Mine"})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Authenticator.objects.exists()


def test_each_try_has_a_question_of_its_own(client, db):
    asked = [client.get(LOGIN, headers={"accept": "application/json"}).json() for _ in range(2)]
    first, second = (one["request_options"]["publicKey"] for one in asked)
    assert first["challenge"] != second["challenge"]
    assert first["userVerification"] == "required"
    # Who has an account, and with which passkeys, is not for the asking.
    assert not first.get("allowCredentials")


def test_tries_are_counted(client, user):
    answers = [client.post(LOGIN, {"credential": json.dumps(FORGED)}).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]


def test_another_persons_passkey_is_not_there_to_rename_or_remove(client, user):
    other = user_who_can_sign_in(email="other@example.org")
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Theirs", "credential": {}})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for what in ("edit", "remove"):
        assert client.post(f"/account/two-step/webauthn/keys/{theirs.pk}/{what}/", {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Theirs"
