"""An extract of so many rows, loaded by Desaga and by the least that could be: pydantic and COPY. Run as a program; prints seconds as JSON.

The bare way reads the same file with `csv` or, a workbook, with `python_calamine`, validates each row with a pydantic model of the same fields, and copies people and contracts
into tables without keys, row-level security or encryption.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import resource
import threading
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, field_validator


class BareRow(BaseModel):
    """One row of the file, as HESA names its fields."""

    number: str = Field(alias="STAFFID", min_length=1)
    surname: str = Field(alias="SURNAME")
    forenames: str = Field(alias="FORENAMES")
    born: date = Field(alias="BIRTHDTE")
    sex: Literal["10", "11", "12", "96", "99"] = Field(alias="SEXID")
    ethnicity: str = Field(alias="ETHNIC", pattern=r"^\d{3}$")
    disability: str = Field(alias="DISABLE1", pattern=r"^\d\d$")
    contract: str = Field(alias="CONTRACTID")
    title: str = Field(alias="TITLE OF POST", max_length=200)
    family: str = Field(alias="STAFF GROUP", max_length=200)
    grade: str = Field(alias="GRADE", max_length=200)
    unit: str = Field(alias="DEPARTMENT", max_length=200)
    soc: str = Field(alias="SOC2020", pattern=r"^\d{4}$")
    terms: Literal["1", "2", "3"] = Field(alias="TERMS")
    mode: Literal["1", "2", "3", "4", "5", "6"] = Field(alias="MOEMP")
    level: str = Field(alias="LEVELS", pattern=r"^[A-P]\d$")
    function: Literal["1", "2", "3", "4", "9"] = Field(alias="ACEMPFUN")
    fte: Decimal = Field(alias="FTE", ge=0, le=1)
    starts_on: date = Field(alias="STARTCON")
    ends_on: date | None = Field(alias="ENDCON")
    reason: str = Field(alias="RESLEAVE")
    joined_on: date = Field(alias="DATEFSTAPP")
    grade_since: date = Field(alias="GRADE START DATE")

    @field_validator("ends_on", mode="before")
    @classmethod
    def no_end(cls, text: str) -> str | None:
        return text or None


PERSON = ("number", "surname", "forenames", "born", "sex", "ethnicity", "disability", "joined_on")
CONTRACT = ("number", "contract", "title", "family", "grade", "unit", "soc", "terms", "mode", "level", "function", "fte", "starts_on", "ends_on",
            "reason", "grade_since")  # fmt: skip


def bare(content: bytes, *, is_workbook: bool) -> dict[str, float]:
    """Seconds of validating and of copying."""
    from django.db import connection, transaction

    began = time.perf_counter()
    rows = [BareRow.model_validate(row) for row in (bare_workbook(content) if is_workbook else csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))]  # fmt: skip
    validated = time.perf_counter() - began
    people = {row.number: row for row in rows}
    with transaction.atomic(), connection.cursor() as cursor:
        for table, names, things in (("bare_person", PERSON, people.values()), ("bare_contract", CONTRACT, rows)):
            kinds = {
                name: "date" if name in ("born", "joined_on", "starts_on", "ends_on", "grade_since") else "text"
                for name in names
            }
            columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
            cursor.execute(f"CREATE TEMP TABLE {table} ({columns}) ON COMMIT DROP")
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for thing in things:
                    copy.write_row([getattr(thing, name) for name in names])
    return {"validated": validated, "copied": time.perf_counter() - began - validated}


def bare_workbook(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of the last sheet, by their headings."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    heads, *rows = book.get_sheet_by_name(book.sheet_names[-1]).to_python()
    return (dict(zip(map(str, heads), map(str, row), strict=True)) for row in rows)


def timed(work: Any, **ids: Any) -> float:
    began = time.perf_counter()
    work(**ids)
    return time.perf_counter() - began


def files() -> Iterator[tuple[date, Path]]:
    """Two years' extracts from the folder BENCH_FILES, where another process put them."""
    for path in sorted(Path(os.environ["BENCH_FILES"]).iterdir()):
        yield date.fromisoformat(path.stem[-10:]), path


class Together(threading.Thread):
    """The most memory, in KB, that this process and a child that opens a workbook held at one time. What `getrusage` says of children counts the fork of this process."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest = 0

    def run(self) -> None:
        while True:
            with contextlib.suppress(OSError):
                for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                    # Until it runs a program of its own, a child is a copy of this one.
                    if "sandbox" in Path(f"/proc/{child}/cmdline").read_text():
                        self.largest = max(self.largest, held_by("self") + held_by(child))
            time.sleep(0.02)


def held_by(process: str) -> int:
    told = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    return int(told[1]) if told else 0


def ours(organisation: Any, actor: Any, day: date, path: Path) -> dict[str, float]:
    """Seconds of reading, of checking, and of making the snapshot."""
    from desaga.tenancy.context import within
    from desaga.workforce.models import Extract
    from desaga.workforce.operations import checking, deciding, handing, loading, running

    told = {}
    ids = {"organisation": organisation, "actor": actor}
    with within(organisation, user=actor):
        extract = handing.hand_in(
            actor=actor,
            organisation=organisation,
            name=path.name,
            content=path.read_bytes(),
            coverage="all",
            as_at=day,
            in_background=False,
        )
    told["read"] = timed(running.work, **ids, extract_id=extract.pk)
    with within(organisation, user=actor):
        checking.ask_check(actor=actor, extract=extract, in_background=False)
    told["checked"] = timed(running.work, **ids, extract_id=extract.pk)
    with within(organisation, user=actor):
        extract = Extract.objects.get(pk=extract.pk)
        deciding.settle_rest(actor=actor, extract=extract, is_same=True)
        loading.ask_load(actor=actor, extract=extract, in_background=False)
    told["loaded"] = timed(running.work, **ids, extract_id=extract.pk)
    with within(organisation, user=actor):
        extract = Extract.objects.select_related("snapshot").get(pk=extract.pk)
        told["rows"] = extract.counts["rows"]
        told["people"] = extract.snapshot.people
        told["equality"] = extract.snapshot.has_equality
    return told


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from desaga.organisations.states import Role
    from desaga.organisations.tests.factories import OrganisationFactory, member_of

    call_command("migrate", verbosity=0)
    organisation = OrganisationFactory()
    actor = member_of(organisation, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)
    told: dict[str, Any] = {}
    watched = Together()
    watched.start()
    for day, path in files():
        # The first year is loaded so that the second has something to be compared with.
        told = ours(organisation, actor, day, path)
    told["alone"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told["together"] = watched.largest / 1024
    told |= bare(path.read_bytes(), is_workbook=path.suffix == ".xlsx")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
