"""From a file to a snapshot, through the operations."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within

from ..models import ContractRow, EqualityRow, PersonRow, SealedFile, Snapshot
from ..packing import about, unpacked
from ..reading.headings import in_the_open
from ..sealing import seal_of
from ..states import ExtractState, Purpose
from .factories import ROWS, checked, csv_of, handed_in, loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


def test_a_file_is_read_and_its_mapping_proposed(organisation):
    extract = handed_in(organisation)

    assert (extract.state, extract.grain) == (ExtractState.READ, "person")
    assert list(extract.mapped.values()) == [
        "staff_number", "surname", "forename", "birth_date", "job_title", "grade", "unit", "fte", "starts_on", "ends_on",
    ]  # fmt: skip


def test_a_loaded_file_is_a_snapshot_and_no_file_any_more(organisation):
    snapshot = loaded(organisation)

    with within(organisation):
        assert (snapshot.people, snapshot.contracts) == (3, 3)
        rows = ContractRow.objects.filter(snapshot=snapshot).order_by("grade")
        assert [(row.job_title, str(row.fte), str(row.fpe), row.starts_on, row.is_current) for row in rows] == [
            ("Workshop Technician", "1.0000", "1.0000", date(2010, 9, 1), True),
            ("Imaging Specialist", "0.6000", "1.0000", date(2019, 2, 1), True),
            ("Lecturer", "1.0000", "1.0000", date(2001, 10, 1), True),
        ]
        ages = PersonRow.objects.filter(snapshot=snapshot).order_by("age").values_list("age", flat=True)
        assert list(ages) == [33, 45, 60]
        assert not EqualityRow.objects.exists()
        assert not SealedFile.objects.exists()


def test_the_next_file_is_compared_with_the_snapshot_before(organisation):
    loaded(organisation)
    promoted = (*ROWS[0][:5], "6", *ROWS[0][6:])
    new = ("1004", "Eden", "Di", "01/01/2000", "Technician", "4", "Workshops", "1", "01/01/2026", "")

    extract = checked(organisation, csv_of([promoted, ROWS[1], new]), as_at=date(2026, 7, 31))

    found = {name: extract.counts[name] for name in ("matched", "new", "gone", "changed")}
    assert found == {"matched": 2, "new": 1, "gone": 1, "changed": 1}


def test_a_person_is_sealed_and_opens_with_the_key(organisation):
    snapshot = loaded(organisation)

    with within(organisation):
        row = PersonRow.objects.filter(snapshot=snapshot).order_by("age").last()
        assert b"Dale" not in bytes(row.sealed)
        assert unpacked(seal_of(organisation, Purpose.PEOPLE).open(row.sealed, about(row.key.hex))) == [
            "1003", "Cy Dale", "1965-06-20",
        ]  # fmt: skip


def test_numbers_of_contracts_lie_sealed_beside_their_person(organisation):
    rows = [("1", "Ash", "P-77", "0.5"), ("1", "Ash", "0042", "0.5"), ("2", "Birch", "", "1")]
    snapshot = loaded(organisation, csv_of(rows, ("Staff No", "Surname", "Contract No", "FTE")))
    with within(organisation):
        seal = seal_of(organisation, Purpose.PEOPLE)
        told = [unpacked(seal.open(row.sealed, about(row.key.hex))) for row in PersonRow.objects.filter(snapshot=snapshot)]  # fmt: skip
    assert sorted(told) == [["1", "Ash", "", "P-77", "42"], ["2", "Birch", ""]]


@pytest.mark.parametrize("model", [Snapshot, PersonRow, ContractRow])
def test_nothing_of_a_snapshot_is_changed_or_removed(organisation, model):
    loaded(organisation)

    with within(organisation):
        for deed in (lambda rows: rows.update(organisation=organisation), lambda rows: rows._raw_delete("default")):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed(model.objects.all())


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("Staff No.", "Staff No."),
        ("Contract end date", "Contract end date"),
        ("Rowan", "column 3"),
        ("01/03/1980", "column 3"),
        ("2000", "column 3"),
        ("", "column 3"),
    ],
)
def test_a_heading_stands_in_the_open_only_where_it_is_one(head, shown):
    assert in_the_open(head, 2) == shown
