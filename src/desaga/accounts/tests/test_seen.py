"""Where one is signed in is written down once a minute, and at once when it is from elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone

from desaga.organisations.states import Role

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.99"}


@pytest.fixture
def lead(member, client_of):
    client = client_of(member(Role.LEAD))
    client.get("/account/sessions/", **HERE)
    return client


def last_seen():
    return UserSession.objects.get().last_seen_at


def test_a_page_read_a_moment_later_writes_nothing(lead):
    before = last_seen()
    lead.get("/account/sessions/", **HERE)
    assert last_seen() == before


@pytest.mark.parametrize("what", ["a minute later", "from another address", "in another browser"])
def test_what_is_new_is_written_down(lead, what):
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(seconds=90 if what == "a minute later" else 5))
    before = last_seen()
    said = {"REMOTE_ADDR": ELSEWHERE["REMOTE_ADDR"] if what == "from another address" else HERE["REMOTE_ADDR"]}
    lead.get("/account/sessions/", **said, **({"HTTP_USER_AGENT": "Another"} if what == "in another browser" else {}))
    assert last_seen() > before
