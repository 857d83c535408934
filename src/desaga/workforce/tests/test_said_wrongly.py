"""Who is who, said wrongly: what takes the place of a snapshot asks again, and nothing is remembered of a file that was thrown away."""

from __future__ import annotations

from datetime import date

import pytest

from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within

from .. import queries
from ..models import PersonRow, Snapshot
from ..operations import deciding, handing, loading
from .factories import ROWS, checked, csv_of, loaded, worked

pytestmark = pytest.mark.django_db
NEXT_YEAR, A_MONTH_LATER = date(2026, 7, 31), date(2026, 8, 31)


@pytest.fixture
def organisation():
    return OrganisationFactory()


def renumbered(number="2001"):
    return csv_of([(number, *ROWS[0][1:]), *ROWS[1:]])


def loaded_from(extract):
    with within(extract.organisation):
        loading.ask_load(actor=None, extract=extract, in_background=False)
    worked(extract)
    with within(extract.organisation):
        return Snapshot.objects.get(extract=extract)


def test_who_is_who_said_wrongly_is_asked_again_by_what_takes_its_place(organisation):
    loaded(organisation)
    kept = []
    for is_same in (True, False):
        extract = checked(organisation, renumbered(), as_at=NEXT_YEAR, supersedes=kept[-1] if kept else None)
        with within(organisation):
            assert queries.unsettled(extract) == 1
            deciding.settle_rest(actor=None, extract=extract, is_same=is_same)
        kept.append(loaded_from(extract))
    assert [kept[1].counts[name] for name in ("matched", "new", "gone")] == [2, 1, 1]
    # What holds now is what was said last.
    assert checked(organisation, renumbered(), as_at=A_MONTH_LATER).counts["matched"] == 3


def test_what_was_said_of_a_file_that_is_thrown_away_is_not_remembered(organisation):
    loaded(organisation)
    extract = checked(organisation, renumbered(), as_at=NEXT_YEAR)
    with within(organisation):
        deciding.settle_rest(actor=None, extract=extract, is_same=True)
        handing.throw_away(actor=None, extract=extract)
    again = checked(organisation, renumbered(), as_at=NEXT_YEAR)
    with within(organisation):
        assert queries.unsettled(again) == 1


def test_a_number_that_is_another_persons_has_the_same_key_however_often_that_is_said(organisation):
    loaded(organisation)
    stranger = csv_of([("1001", "Rowan", "Al", "05/05/1985", *ROWS[0][4:]), *ROWS[1:]])
    kept = []
    for _ in range(2):
        extract = checked(organisation, stranger, as_at=NEXT_YEAR, supersedes=kept[-1] if kept else None)
        with within(organisation):
            deciding.settle_rest(actor=None, extract=extract, is_same=False)
        kept.append(loaded_from(extract))
    with within(organisation):
        first, second = ({one.key for one in PersonRow.objects.filter(snapshot=snapshot)} for snapshot in kept)
    assert first == second
    assert checked(organisation, stranger, as_at=A_MONTH_LATER).counts["matched"] == 3
