"""No word of a person in a job, a log, an error that is kept, or any column that is not sealed."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.tenancy.context import within

from ..models import Extract, Match
from ..operations import checking, handing, running
from ..states import MatchState
from .factories import ROWS, checked, csv_of, loaded

pytestmark = pytest.mark.django_db
CANARY = ("7654321", "Canarybird", "Tweetie", "13/01/1977", "Technician", "5", "Workshops", "1", "01/01/2001", "")
WORDS = ("7654321", "canarybird", "tweetie", "1977-01-13", "13/01/1977", "7654322")
KEPT_ELSEWHERE = ("procrastinate_jobs", "procrastinate_events", "audit_entry", "django_session")


def everything_kept():
    """Every row of the slice's tables and of those beside it, as text: what is sealed stands there as figures."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename like 'workforce\\_%%'", []
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in (*tables, *KEPT_ELSEWHERE):
            cursor.execute(f"select t::text from {name} t")
            found[name] = " ".join(row for (row,) in cursor.fetchall()).casefold()
    return found


def test_a_person_stands_nowhere_in_the_open(caplog):
    caplog.set_level(logging.DEBUG)
    organisation = OrganisationFactory()
    steward = member_of(organisation, Role.HR_DATA_STEWARD)
    loaded(organisation, csv_of([CANARY, *ROWS]), actor=steward)
    renumbered = ("7654322", *CANARY[1:7], "Canarybird", *CANARY[8:])
    extract = checked(organisation, csv_of([renumbered, *ROWS]), actor=steward, as_at=date(2026, 7, 31))
    with within(organisation, user=steward):
        # What could leak: the value that is wrong, and whoever may be the same.
        assert extract.faults.filter(kind="no_number").count() == 1
        assert Match.objects.get(extract=extract).state == MatchState.PROPOSED
        checking.ask_check(actor=steward, extract=extract)
        running.ask_halt(actor=steward, extract=Extract.objects.get(pk=extract.pk))
        kept = everything_kept()
    client = Client()
    client.force_login(steward)
    with within(organisation, user=steward):
        handing.hand_in(
            actor=steward,
            organisation=organisation,
            name="again.csv",
            content=csv_of([renumbered]),
            coverage="all",
            as_at=date(2026, 6, 30),
        )
        kept |= {f"{name} later": text for name, text in everything_kept().items()}

    assert kept["procrastinate_jobs"] or kept["procrastinate_jobs later"]
    assert len(kept["workforce_personrow"]) > 100
    found = {name: [word for word in WORDS if word in text] for name, text in kept.items()}
    assert {name: words for name, words in found.items() if words} == {}
    assert [word for word in WORDS if word in caplog.text.casefold()] == []
