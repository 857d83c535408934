"""What was frozen for a review stays, whoever asks: also for the owner of the tables, whom row-level security and privileges would let."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from desaga.config.database import as_owner
from desaga.config.management.commands.flush import truncatable
from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.reports.operations.signing import sign_off
from desaga.reports.tests.factories import seen_of, sent_report
from desaga.reviews.models import Snapshot
from desaga.reviews.tests.factories import frozen_review
from desaga.tenancy.context import within


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_the_tables_changes_and_removes_no_snapshot(organisation: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1")
    frozen_review(plan)
    for change in (
        "UPDATE reviews_snapshot SET content = '{}'",
        "DELETE FROM reviews_snapshot",
        "TRUNCATE reviews_snapshot CASCADE",
        "TRUNCATE reviews_review CASCADE",
    ):
        refused = pytest.raises(ProgrammingError, match="stays as it was taken")
        with as_owner(connection), within(organisation), connection.cursor() as cursor, refused:
            cursor.execute(change)
    with within(organisation):
        assert Snapshot.objects.filter(plan=plan).count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_empties_the_database_as_no_superuser_empties_it_wholly_and_leaves_what_keeps_it(
    organisation: Any,
) -> None:
    frozen_review(PlanFactory(organisation=organisation))
    with as_owner(connection), connection.cursor() as cursor:
        with transaction.atomic(), truncatable(connection):
            cursor.execute("TRUNCATE reviews_snapshot CASCADE")
        with pytest.raises(ProgrammingError, match="stays as it was taken"):
            cursor.execute("TRUNCATE reviews_snapshot CASCADE")
    with within(organisation):
        assert not Snapshot.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_the_tables_changes_nothing_of_a_report_that_was_signed_off(
    organisation: Any, member: Any
) -> None:
    plan, lead = PlanFactory(organisation=organisation), member(Role.LEAD)
    make_action(plan, code="A1")
    report = sent_report(plan, actor=lead)
    with within(organisation):
        sign_off(actor=None, report=report, seen=seen_of(report), who="Vera Head")
    for change in (
        "UPDATE reports_frozenreport SET content = '{}'",
        "DELETE FROM reports_frozenreport",
        "UPDATE reports_reportsection SET text = ''",
        "DELETE FROM reports_reportevent",
    ):
        refused = pytest.raises(ProgrammingError, match=r"append-only|was signed off")
        with as_owner(connection), within(organisation), connection.cursor() as cursor, refused:
            cursor.execute(change)
