"""A page of a site is written once, and anew as soon as anything at all was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from ..kept_pages import CACHE, LONGEST_ADDRESS, state_of_database
from ..reach import reach_everything
from .factories import make_page, make_site

HERE = "/technicians/ashlar/opening-hours/"
ONE = 1  # The query that asks whether anything was written.


@pytest.fixture(autouse=True)
def nothing_kept():
    yield
    caches[CACHE].clear()


@pytest.fixture
def hours(transactional_db):
    """A page of a site, read once."""
    home = make_site("Ashlar", "ashlar")
    page = make_page(home, "Opening hours")
    page.reader = home.lead
    Client().get(HERE)
    return page


def asked(client: Client | None = None, address: str = HERE, **headers: str):
    """The answer, and how many rows were asked for beside the transaction's own statements."""
    with CaptureQueriesContext(connection) as queries:
        answer = (client or Client()).get(address, headers=headers)
    told = [one["sql"] for one in queries if one["sql"].startswith("SELECT") and "set_config" not in one["sql"]]
    return answer, len(told)


def in_peace(act: Callable[[], Any]) -> Any:
    """What `act` tells when nothing was written while it went on: the snapshot knows of every database of the server, and other tests write to theirs."""
    for _ in range(1_000):
        before = state_of_database()
        told = act()
        if state_of_database() == before:
            return told
    raise TimeoutError("Somebody writes to this server all the time.")


def asked_twice(client: Client | None = None, address: str = HERE) -> list[int]:
    """How many rows were asked for by each of two that come with nothing written between them."""
    return in_peace(lambda: [asked(client, address)[1] for _ in range(2)])


def test_it_is_given_to_everybody_as_it_is(hours):
    for client in (None, Client()):
        (first, _), (answer, queries) = in_peace(lambda client=client: (asked(), asked(client)))
        assert (answer.content, queries) == (first.content, ONE)
        assert dict(answer.headers) == dict(first.headers)
        assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_what_was_written_for_whoever_is_signed_in_is_kept_for_nobody(hours):
    caches[CACHE].clear()
    signed_in = Client()
    signed_in.force_login(hours.reader)
    assert min(asked_twice(signed_in)) > ONE
    assert asked()[1] > ONE
    assert asked_twice()[1] == ONE


def test_whatever_is_written_anywhere_lets_it_be_written_anew(hours):
    with reach_everything(), transaction.atomic():
        hours.title = "Hours of opening"
        hours.save_revision().publish()
    answer, queries = asked()
    assert "Hours of opening" in answer.content.decode()
    assert queries > ONE
    assert asked_twice()[1] == ONE


def test_what_is_taken_down_is_gone_at_that_moment(hours):
    assert asked_twice()[1] == ONE
    with reach_everything(), transaction.atomic():
        hours.unpublish()
    assert [asked()[0].status_code for _ in range(2)] == [404, 404]


@pytest.mark.parametrize("headers", [{"Range": "bytes=0-5"}, {"If-None-Match": '"x"'}, {"If-Modified-Since": "Sun, 29 Nov 2026 10:00:00 GMT"}])  # fmt: skip
def test_who_asks_for_a_part_or_for_what_changed_asks_the_page(hours, headers):
    assert asked(**headers)[1] > ONE


def test_long_addresses_and_answers_that_are_no_page_are_not_kept(hours):
    for address in (f"{HERE}?{'x' * LONGEST_ADDRESS}", f"{HERE}card/", "/technicians/ashlar/never-was/"):
        assert min(asked_twice(address=address)) > ONE, address
    assert asked(address=f"{HERE}?page=2")[1] > ONE
    assert asked_twice(address=f"{HERE}?page=2")[1] == ONE


def test_within_a_transaction_that_writes_nothing_is_taken_from_what_was_kept(hours):
    with transaction.atomic():
        assert in_peace(state_of_database) != ""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        assert state_of_database() == ""


@pytest.mark.django_db
def test_no_page_can_be_for_some_alone():
    home = make_site("Ashlar", "ashlar")
    page = make_page(home, "Opening hours")
    client = Client()
    client.force_login(home.lead)
    address = f"/editing/pages/{page.pk}/privacy/"
    asked_for = client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
    assert asked_for.status_code == 200
    assert "restriction_type" not in asked_for.content.decode()
    client.post(address, {"restriction_type": "login"}, headers={"X-Requested-With": "XMLHttpRequest"})
    with reach_everything():
        assert not PageViewRestriction.objects.exists()
