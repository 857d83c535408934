"""Who may not know that somebody is supported: everybody but one representative. Each attacker first stands where there is something that could leak."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.organisations.models import RoleAssignment
from desaga.organisations.operations.elevations import start_elevation
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import member_of
from desaga.tenancy.context import within, within_platform

from .. import reach
from ..models import Support
from .factories import (
    CANARIES,
    EMAIL,
    GOAL,
    NAME,
    NOTE,
    STEP,
    ask,
    key_sent,
    make_representative,
    make_supported,
    make_union,
)

pytestmark = pytest.mark.django_db
OWN_PAGES = ("", "ask/", "{pk}/", "{pk}/send-again/", "{pk}/let-go/")
EVERYWHERE = (
    "/my-work/", "/o/{slug}/", "/o/{slug}/search/?q=Quillon", "/o/{slug}/search/?q=quillon%40private.example", "/o/{slug}/people/?q=Quillon",
    "/o/{slug}/audit/", "/o/{slug}/audit/?q=asked", "/o/{slug}/parties/?q=Vetch", "/o/{slug}/roles/", "/o/{slug}/activities/", "/o/{slug}/evidence/",
    "/o/{slug}/indicators/", "/o/{slug}/units/", "/account/data/",
)  # fmt: skip


@pytest.fixture
def union(db):
    return make_union()


@pytest.fixture
def representative(union):
    return make_representative(union)


@pytest.fixture
def supported(union, representative):
    return make_supported(union, representative)


def rows_seen():
    """What SQL itself shows to whoever stands there."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from union_learning_support")
        return cursor.fetchone()[0]


def leaks(answer):
    body = b"".join(answer.streaming_content).decode() if answer.streaming else answer.text
    # A search repeats what was asked for; nothing but a leak says more.
    body = (
        body.replace("quillon@private.example", "").replace("Quillon", "").replace("Vetch", "")
        if "q=" in answer.request["QUERY_STRING"]
        else body
    )
    return [word for word in CANARIES if word in body]


def test_the_representative_does_see_it(union, representative, supported, client_of):
    client = client_of(representative)
    assert NAME in client.get("/o/guild/members/").text
    page = client.get(f"/o/guild/members/{supported[0].pk}/").text
    assert [word for word in (NAME, GOAL, STEP, NOTE) if word not in page] == []
    with within(union, user=representative):
        assert rows_seen() == 1


@pytest.mark.parametrize("role", Role.values)
def test_no_role_at_the_members_employer_sees_it(organisation, member, supported, client_of, role):
    """The member works there and is known there by the very name and address."""
    with within(organisation):
        from desaga.organisations.models import Employment

        employment = Employment.objects.get()
        Employment.objects.filter(pk=employment.pk).update(work_email=EMAIL)
    user = member(role)
    client = client_of(user)
    for page in OWN_PAGES:
        assert client.get(f"/o/northmoor/members/{page.format(pk=supported[0].pk)}").status_code in (403, 404, 405)
        assert client.get(f"/o/guild/members/{page.format(pk=supported[0].pk)}").status_code == 404
        assert client.post(f"/o/guild/members/{page.format(pk=supported[0].pk)}", {"note": "x"}).status_code == 404
    for page in EVERYWHERE:
        answer = client.get(page.format(slug="northmoor"))
        if answer.status_code == 200:
            assert leaks(answer) == [], page
    with within(organisation, user=user):
        assert rows_seen() == 0


@pytest.mark.parametrize("role", [one for one in Role.values if one != Role.UNION_LEARNING_REPRESENTATIVE])
def test_no_other_role_in_the_union_sees_it_the_lead_included(union, supported, client_of, role):
    user = member_of(union, role, email="somebody@guild.example")
    client = client_of(user)
    for page in OWN_PAGES:
        assert client.get(f"/o/guild/members/{page.format(pk=supported[0].pk)}").status_code == 403
        assert client.post(f"/o/guild/members/{page.format(pk=supported[0].pk)}", {"note": "x"}).status_code == 403
    for page in EVERYWHERE:
        answer = client.get(page.format(slug="guild"))
        if answer.status_code == 200:
            assert leaks(answer) == [], page
            assert "Support of a member" not in answer.text, page
    with within(union, user=user):
        assert rows_seen() == 0
        assert Support.objects.update(ends_on=timezone.localdate()) == 0


def test_another_representative_of_the_same_union_sees_nothing(union, supported, client_of):
    other = make_representative(union, email="other@guild.example")
    client = client_of(other)
    assert NAME not in client.get("/o/guild/members/").text
    assert client.get(f"/o/guild/members/{supported[0].pk}/").status_code == 404
    assert client.post(f"/o/guild/members/{supported[0].pk}/let-go/").status_code == 404
    with within(union, user=other):
        assert rows_seen() == 0


def test_a_representative_of_another_union_sees_nothing(supported, client_of):
    another = make_union("Union of Glassblowers", "glass")
    other = make_representative(another, email="rep@glass.example")
    client = client_of(other)
    assert client.get(f"/o/glass/members/{supported[0].pk}/").status_code == 404
    assert client.get(f"/o/guild/members/{supported[0].pk}/").status_code == 404
    with within(another, user=other):
        assert rows_seen() == 0


def test_a_former_representative_sees_nothing_and_the_member_still_does(
    union, representative, supported, client_of, client
):
    with within(union):
        RoleAssignment.objects.filter(person=representative.person_id).update(
            ends_on=timezone.localdate() - timedelta(days=1)
        )
    assert client_of(representative).get("/o/guild/members/").status_code in (403, 404)
    assert client_of(representative).get(f"/o/guild/members/{supported[0].pk}/").status_code in (403, 404)
    with within(union, user=representative):
        assert rows_seen() == 0
    page = client.get("/your-steps/", {"key": supported[1]}).text
    assert "no learning representative any more" in page
    assert NOTE in page


def test_the_representatives_other_standing_opens_nothing(organisation, union, representative, supported):
    """They work somewhere too: there, in their employer's name, the same person reads nothing; nor without an organisation."""
    with within(organisation, user=representative):
        assert rows_seen() == 0
    with within(user=representative):
        assert rows_seen() == 0


def test_an_elevated_administrator_sees_nothing(union, supported, client_of):
    from desaga.organisations.tests.factories import UserFactory

    admin = UserFactory(email="platform@desaga.example", is_platform_administrator=True)
    start_elevation(actor=admin, organisation=union, reason="Looking")
    client = client_of(admin)
    assert client.get("/o/guild/members/").status_code == 403
    assert client.get(f"/o/guild/members/{supported[0].pk}/").status_code == 403
    audit = client.get("/o/guild/audit/")
    assert audit.status_code == 200
    assert leaks(audit) == []


def test_the_role_in_an_institution_opens_nothing(organisation, member, client_of):
    user = member(Role.UNION_LEARNING_REPRESENTATIVE)
    assert client_of(user).get("/o/northmoor/members/").status_code == 403
    with within(organisation, user=user), pytest.raises(DatabaseError), transaction.atomic():
        Support.objects.create(
            organisation=organisation, representative_id=user.person_id, key_hash="a" * 64, ends_on=timezone.localdate()
        )


def test_nobody_writes_into_a_union_for_another_representative(union, representative):
    other = make_representative(union, email="other@guild.example")
    with within(union, user=other), pytest.raises(DatabaseError), transaction.atomic():
        Support.objects.create(
            organisation=union, representative=representative.person, key_hash="b" * 64, ends_on=timezone.localdate()
        )


def test_the_night_reaches_only_what_ends_and_only_in_its_own_union(union, representative, supported, organisation):
    with within(union):
        reach.tell(reach.NIGHT)
        assert rows_seen() == 0
    with within(union, user=representative):
        Support.objects.update(ends_on=timezone.localdate() + timedelta(days=3))
    for where, seen in ((union, 1), (organisation, 0), (None, 0)):
        with within(where):
            reach.tell(reach.NIGHT)
            assert rows_seen() == seen
            reach.tell("")


@pytest.mark.parametrize("key", ["", "night", "x", "' or 1=1 --"])
def test_a_wrong_key_opens_nothing(supported, client, key):
    assert client.get("/your-steps/", {"key": key}).status_code == 404
    assert client.post("/your-steps/", {"key": key, "do": "end"}).status_code == 404
    assert client.get("/your-steps/take/", {"key": key}).status_code == 404
    with within():
        reach.tell(key)
        assert rows_seen() == 0


def test_a_link_opens_its_own_alone(union, representative, supported, client):
    make_supported(union, representative, name="Moss Tarn", email="moss@private.example")
    page = client.get("/your-steps/", {"key": key_sent("moss@private.example")}).text
    assert NAME not in page
    with within():
        reach.tell(hash_of(supported[1]))
        assert rows_seen() == 1


def test_addresses_and_titles_behind_the_link_name_no_union(supported, client):
    page = client.get("/your-steps/", {"key": supported[1]})
    title = page.text.split("<title>")[1].split("</title>")[0]
    assert "guild" not in page.request["PATH_INFO"]
    assert "Guild" not in title
    # The address with its key is told to no other site; none at all would let browsers send the forms as from nowhere.
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]


def test_the_operators_logs_say_nothing(union, representative, client, client_of, caplog):
    caplog.set_level(logging.DEBUG)
    client_of(representative).post("/o/guild/members/ask/", {"name": NAME, "email": EMAIL})
    key = key_sent()
    client.post("/your-steps/", {"key": key, "do": "agree", "agrees": "on", "shares": ["goal"]})
    client.post("/your-steps/", {"key": key, "do": "share", "goal": GOAL, "shares": ["goal"]})
    client.post("/your-steps/", {"key": key, "do": "write", "note": NOTE, "step": STEP})
    client.post("/your-steps/", {"key": key, "do": "choose", "person": "999999"})
    client.get("/your-steps/", {"key": f"{key}x"})
    client.post("/your-steps/", {"key": key, "do": "end"})
    told = "\n".join(
        f"{record.getMessage()} {record.__dict__.get('request', '')}".replace(f"?key={key}", "")
        for record in caplog.records
    )
    assert [word for word in (*CANARIES, "Guild") if word in told] == []
    with within(union, user=representative):
        assert rows_seen() == 0


def test_jobs_hold_no_more_than_numbers(union, representative):
    from procrastinate.contrib.django.models import ProcrastinateJob

    ask(union, representative)
    with within_platform():
        told = repr(list(ProcrastinateJob.objects.values_list("args", flat=True)))
    assert [word for word in CANARIES if word in told] == []


def test_deleting_the_person_of_a_representative_says_nothing_of_members(union, representative, supported):
    """No constraint of the database names the table to whoever removes a person."""
    with within_platform(), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_constraint where contype = 'f' and conrelid = 'union_learning_support'::regclass"
            " and confrelid <> 'organisations_organisation'::regclass"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "select count(*) from pg_constraint where contype = 'f' and confrelid = 'union_learning_support'::regclass"
        )
        assert cursor.fetchone() == (0,)


def test_the_list_asks_as_often_for_three_as_for_one(union, representative, supported, client_of, query_count):
    client = client_of(representative)
    client.get("/o/guild/members/")
    with query_count(17):
        client.get("/o/guild/members/")
    for name in ("b", "c"):
        make_supported(union, representative, email=f"{name}@private.example")
    with query_count(17):
        assert len(client.get("/o/guild/members/").context["rows"]) == 3
