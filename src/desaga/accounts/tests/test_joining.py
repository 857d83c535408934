"""Accounts without an invitation, as people, programs and attackers meet them: through real requests."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.tests.factories import UserFactory
from desaga.tenancy.context import within

from .. import ways_in
from ..joining import KEPT_AFTER, LinkIsOver, ask_to_join, join, sign_up_for_key
from ..models import SignUp, User
from ..views.joining import PER_ADDRESS
from .test_invitation_pages import rows_written

WAY, WORDS = "/style-guide/?of=ours", "three words and more"


@pytest.fixture(autouse=True)
def way(monkeypatch):
    monkeypatch.setattr(ways_in, "_ways", [lambda path: path.startswith("/style-guide/")])
    cache.clear()


def ask(client, email="ida@example.org", **more):
    return client.post(reverse("accounts:ask_to_join"), {"email": email, "next": WAY, **more})


def key_in_mail():
    return re.search(r"key=(\S+)", mail.outbox[-1].body)[1]


def use(client, key, **more):
    return client.post(reverse("accounts:join"), {"key": key, "name": "Ida Bunsen", "password": WORDS, **more})


@pytest.mark.django_db
def test_an_address_becomes_an_account_that_goes_on_where_it_came_from(client):
    assert "Give an address" in client.get(reverse("accounts:ask_to_join"), {"next": WAY}).text
    assert "Look into your e-mail" in ask(client, "Ida@Example.org").text
    answer = use(client, key_in_mail())
    assert answer.url == WAY
    user = User.objects.get(email="ida@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    with within(user=user):
        assert Person.objects.get().name == "Ida Bunsen"
    # Signed in, one is not asked for an address again.
    assert client.get(reverse("accounts:ask_to_join"), {"next": WAY}).url == WAY


@pytest.mark.django_db
def test_the_answer_does_not_tell_who_has_an_account(client, client_of):
    UserFactory(email="known@example.org")
    answers = {email: ask(client, email) for email in ("known@example.org", "new@example.org")}
    pages = {re.sub(r'value="[^"]+"', "", page.text.replace(email, "…")) for email, page in answers.items()}
    assert len(pages) == 1
    assert [one.to for one in mail.outbox] == [["known@example.org"], ["new@example.org"]]
    assert "There is one already" in mail.outbox[0].body
    assert "key=" not in mail.outbox[0].body
    assert f"next={WAY.replace('/', '%2F').replace('?', '%3F').replace('=', '%3D')}" in mail.outbox[0].body
    assert SignUp.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "next",
    ["", "/", "/my-work/", "//evil.example/style-guide/", "https://evil.example/style-guide/", "/\\evil.example"],
)
def test_it_is_offered_on_the_way_to_something_and_nowhere_else(client, next):
    assert client.get(reverse("accounts:ask_to_join"), {"next": next}).status_code == 404
    assert ask(client, next=next).status_code == 404
    assert mail.outbox == []


@pytest.mark.django_db
def test_opening_the_link_writes_nothing_and_it_works_once(client, client_of):
    ask(client)
    key, before = key_in_mail(), rows_written()
    for method in (client.get, client.head):
        assert method(reverse("accounts:join"), {"key": key}).status_code == 200
    assert rows_written() == before
    use(client, key)
    assert use(client_of(None), key, name="Mallory").status_code == 410
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_what_is_wrong_is_said_and_the_link_stays_open(client):
    ask(client)
    key = key_in_mail()
    for wrong in ({"password": "short"}, {"password": "ida@example.org"}, {"name": ""}):
        assert "Error: " in use(client, key, **wrong).text
    for key_ in ("", key[:-1], "\x00", key.swapcase()):
        assert use(client, key_).status_code == 404
    assert not User.objects.exists()
    assert use(client, key).status_code == 302


@pytest.mark.django_db
def test_a_link_is_open_for_two_days_and_forgotten_a_month_later(client):
    ask(client)
    key, now = key_in_mail(), timezone.now()
    with pytest.raises(LinkIsOver):
        join(sign_up=sign_up_for_key(key), name="Ida", password=WORDS, now=now + timedelta(days=2, seconds=1))
    SignUp.objects.update(expires_at=now - timedelta(seconds=1))
    assert client.get(reverse("accounts:join"), {"key": key}).status_code == 410
    ask_to_join(email="other@example.org", next=WAY, now=now + KEPT_AFTER)
    assert [one.email for one in SignUp.objects.all()] == ["other@example.org"]


@pytest.mark.django_db
def test_two_links_of_one_address_make_one_account(client, client_of):
    ask(client)
    first = key_in_mail()
    ask(client)
    use(client, first)
    assert "There is an account with this address already" in use(client_of(None), key_in_mail()).text


@pytest.mark.django_db
def test_nobody_is_flooded_and_the_answer_stays_the_same(client):
    most = int(PER_ADDRESS.partition("/")[0])
    pages = {re.sub(r'value="[^"]+"', "", ask(client).text) for _ in range(most + 2)}
    assert len(pages) == 1
    assert len(mail.outbox) == most


@pytest.mark.django_db
def test_one_computer_cannot_ask_for_thousands(client, monkeypatch):
    monkeypatch.setattr("desaga.accounts.views.joining.PER_COMPUTER", "2/h")
    answers = [ask(client, f"ida{number}@example.org").status_code for number in range(3)]
    assert answers == [200, 200, 429]
    assert len(mail.outbox) == 2
