"""What a new version does to what lay there before."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction
from django.utils import timezone

from desaga.config import database
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.privacy import queries
from desaga.privacy.operations import retention
from desaga.tenancy.context import within
from desaga.workforce.tests.factories import loaded


@pytest.mark.django_db(transaction=True)
def test_where_rows_lay_before_deleting_began_by_itself_it_stays_off_until_somebody_says_so():
    stay_off = import_module("desaga.workforce.migrations.0013_stay_off").STAY_OFF
    organisation, other = OrganisationFactory(), OrganisationFactory()
    loaded(organisation)
    for _ in range(2):
        with database.as_owner(connection), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(stay_off)
    for whose, off in ((organisation, {"person_rows", "equality_rows", "matches"}), (other, set())):
        with within(whose):
            assert {key for key, rule in queries.rules().items() if not rule.is_on} == off
    with within(organisation):
        later = timezone.now() + timedelta(days=4 * 366)
        assert retention.delete_what_is_over(organisation=organisation, now=later) == []
