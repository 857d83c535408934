"""Many rows at once: by COPY into a table of this transaction alone, then in one statement into the table itself.

PostgreSQL lets nobody COPY into a table that row-level security guards; the second statement is bound by it as any other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, models

from desaga.privacy.queries import keys_objecting
from desaga.privacy.states import About

from .models import ActivityRow, ContractRow, EqualityRow, Extract, Fault, PersonRow, Snapshot
from .packing import about, packed
from .reading.check import Checked
from .reading.faults import KINDS, Found
from .reading.fields import BY_KEY
from .reading.gather import Contract, Person, main_soc
from .sealing import NONCE, Seal, key_of

SIGNS = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
AT_ONCE = 2_000
NULL = "\\N"
_escapes = str.maketrans(SIGNS)


def text(value: str) -> str:
    return value.translate(_escapes) if value else ""


def octets(value: bytes) -> str:
    return f"\\\\x{value.hex()}"


def or_null(value: Any) -> str:
    return NULL if value is None else str(value)


def add_rows(model: type[models.Model], columns: Sequence[str], lines: Iterable[str]) -> None:
    """Add rows, given as lines of COPY's text format. Names come from models, never from input."""
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bulk ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")  # nosec B608
        with cursor.copy(f"COPY bulk ({names}) FROM STDIN") as copy:
            for block in blocks(lines):
                copy.write(block)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM bulk")  # nosec B608
        cursor.execute("DROP TABLE bulk")


def blocks(lines: Iterable[str]) -> Iterator[str]:
    block: list[str] = []
    for line in lines:
        block.append(line)
        if len(block) == AT_ONCE:
            yield "".join(block)
            block.clear()
    yield "".join(block)


def ids_for(model: type[models.Model], number: int) -> list[int]:
    """So many ids that nobody else gets."""
    with connection.cursor() as cursor:
        sequence = f"pg_get_serial_sequence('{model._meta.db_table}', 'id')"
        cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [number])  # nosec B608
        return [pk for (pk,) in cursor.fetchall()]


def add_faults(extract: Extract, faults: Sequence[Found], seal: Seal) -> None:
    """Write the faults down, their values sealed."""
    cipher, here = seal.many(), f"{extract.organisation_id}\t{extract.pk}"

    def lines() -> Iterator[str]:
        for found in faults:
            nonce = os.urandom(NONCE)
            value = nonce + cipher.encrypt(nonce, found.text.encode(), b"")
            column = or_null(found.column)
            equality = "t" if found.field and BY_KEY[found.field].is_equality else "f"
            weight = KINDS[found.kind].weight
            yield f"{here}\t{found.row}\t{column}\t{found.field}\t{found.kind}\t{weight}\t{octets(value)}\t{equality}\n"

    add_rows(Fault, ("organisation_id", "extract_id", '"row"', '"column"', "field", "kind", "weight", "value", "is_equality"), lines())  # fmt: skip


PERSON = (
    "id",
    "organisation_id",
    "snapshot_id",
    "key",
    "number_key",
    "name_key",
    "is_present",
    "age",
    "joined_on",
    "sealed",
)
OPEN = ("unit_id", "starts_on", "ends_on", "grade_since", "teaching", "research")
WORDS = (
    "unit", "job_title", "job_family", "grade", "cost_centre", "marker", "soc", "terms", "mode", "level", "academic_function", "paid",
    "leaving_reason",
)  # fmt: skip
CONTRACT = (
    "id", "organisation_id", "snapshot_id", "person_id", "key", "is_main", "is_current", "fte", "fpe", *OPEN, "unit_text", *WORDS[1:],
)  # fmt: skip
People = dict[str, tuple[str, str | None, Person]]


def add_people(snapshot: Snapshot, people: People, checked: Checked, seal: Seal, equality_seal: Seal | None) -> None:
    """All rows of a snapshot, in the caller's transaction. Without `equality_seal` no equality row is written."""
    here = f"{snapshot.organisation_id}\t{snapshot.pk}"
    pks = ids_for(PersonRow, len(people))
    add_rows(PersonRow, PERSON, _people(here, people, pks, checked.values, seal))
    contracts = [
        (pk, person, contract)
        for pk, (_, _, person) in zip(pks, people.values(), strict=True)
        for contract in person.contracts
    ]
    contract_pks = ids_for(ContractRow, len(contracts))
    add_rows(ContractRow, CONTRACT, _contracts(here, contracts, contract_pks, checked.values, seal.name_key()))
    activities = [
        (pk, *activity)
        for pk, (_, _, contract) in zip(contract_pks, contracts, strict=True)
        for activity in contract.activities or ()
    ]
    if activities:
        # A share is written, not a count of people.
        lines = (f"{here}\t{pk}\t{soc or ''}\t{share:.4f}\n" for pk, soc, share in activities)
        add_rows(ActivityRow, ("organisation_id", "snapshot_id", "contract_id", "soc", "share"), lines)
    if equality_seal:
        # Whoever objects is not stored again.
        objecting = {key.hex for key in keys_objecting(About.EQUALITY)}
        heard = [
            (pk, key, person)
            for pk, (key, (_, _, person)) in zip(pks, people.items(), strict=True)
            if key not in objecting
        ]
        columns = ("organisation_id", "snapshot_id", "person_id", "sealed")
        add_rows(EqualityRow, columns, _equality(here, heard, checked.values, equality_seal))


def _people(
    here: str, people: People, pks: Sequence[int], values: Mapping[str, list[Any]], seal: Seal
) -> Iterator[str]:
    cipher, joined, numbered = seal.many(), values.get("joined_on"), values.get("contract_number")
    for pk, (key, (number_key, name_key, person)) in zip(pks, people.items(), strict=True):
        nonce = os.urandom(NONCE)
        born = person.birth_date.isoformat() if person.birth_date else ""
        # As the extract wrote them: with the person's number each gives the key of its contract.
        contracts = [name for one in person.contracts if (name := numbered[one.at])] if numbered else ()
        sealed = nonce + cipher.encrypt(nonce, packed((person.number, person.name, born, *contracts)), about(key))
        joined_on = joined[person.at] if joined else None
        yield (
            f"{pk}\t{here}\t{key}\t{number_key}\t{or_null(name_key)}\t{'t' if person.is_present else 'f'}"
            f"\t{or_null(person.age)}\t{or_null(joined_on)}\t{octets(sealed)}\n"
        )


def _contracts(
    here: str,
    contracts: Sequence[tuple[int, Person, Contract]],
    pks: Sequence[int],
    values: Mapping[str, list[Any]],
    name_key: bytes,
) -> Iterator[str]:
    blank: list[Any] = [None] * len(next(iter(values.values())))
    # Each column is written out once for all rows, not once a row.
    written = [list(map(or_null, values.get(name, blank))) for name in OPEN]
    written += [_written(values.get(name, blank)) for name in WORDS]
    soc_at = len(OPEN) + WORDS.index("soc")
    for pk, (person_pk, person, contract) in zip(pks, contracts, strict=True):
        at = contract.at
        key = key_of(f"{person.number}|{contract.name}", name_key)
        flags = f"{'t' if contract is person.main else 'f'}\t{'t' if contract.is_current else 'f'}"
        cells = [column[at] for column in written]
        if contract.activities and not cells[soc_at]:
            cells[soc_at] = main_soc(contract.activities) or ""
        rest = "\t".join(cells)
        # FPE of one person, not a count of people.
        yield f"{pk}\t{here}\t{person_pk}\t{key}\t{flags}\t{or_null(contract.fte)}\t{contract.fpe:.4f}\t{rest}\n"


def _written(column: Sequence[str | None]) -> list[str]:
    """A column of texts as COPY writes it: each different text escaped once."""
    known = {value: text(value) if value else "" for value in set(column)}
    return list(map(known.__getitem__, column))


def _equality(
    here: str, people: Sequence[tuple[int, str, Person]], values: Mapping[str, list[Any]], seal: Seal
) -> Iterator[str]:
    cipher = seal.many()
    blank: list[Any] = [None] * len(next(iter(values.values())))
    sexes, ethnicities, disabilities = (values.get(name, blank) for name in ("sex", "ethnicity", "disability"))
    for pk, key, person in people:
        at = person.at
        several = "+".join(dict.fromkeys(disabilities[at] or ()))
        said = (sexes[at] or "", ethnicities[at] or "", several)
        if any(said):
            nonce = os.urandom(NONCE)
            plain = packed(said)
            yield f"{here}\t{pk}\t{octets(nonce + cipher.encrypt(nonce, plain, about(key)))}\n"
