"""Every field that could hold personal data is classed, and every page that shows rows of people writes down who looked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.privacy import facts, papers
from desaga.privacy.models import Access
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within
from desaga.workforce.sealing import Seal

from .answers import ANSWERS, OK, Open
from .things import things_of

#: Who may see the most of rows of people.
LOOKERS = (Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)
ROWS = r'"workforce_(personrow|contractrow|activityrow|equalityrow)"'
SOURCE = Path(facts.__file__).parents[1]
#: Slices whose pages may come near rows; that no other names them is tested below.
NEAR_ROWS = ("workforce", "privacy", "home")
#: Counting is not looking, nor is asking whether any is there; nor is finding whose a key is, or of which snapshot, or which grades there are at all.
COUNTS = re.compile(r'^SELECT (COUNT|SUM|MAX|MIN|(1|%s) AS "a"|EXISTS)|GROUP BY', re.IGNORECASE)
IS_THERE = re.compile(r'EXISTS\(SELECT (?:1|%s) AS "a" FROM')
A_ROW = re.compile(rf"^SELECT (?!DISTINCT {ROWS}\.\"(?:snapshot_id|grade)\" ).*FROM {ROWS}", re.DOTALL)


def test_every_field_that_could_hold_personal_data_is_classed():
    assert facts.unclassified() == [], "Say in the slice's personal.toml what these hold: see desaga.privacy.facts"


def test_every_kind_of_processing_says_for_how_long():
    silent = [one.key for one in facts.processings().values() if not papers.kept_words(one, {})]
    assert silent == []
    assert {one.retention for one in facts.processings().values() if one.key in ("workforce", "equality")} <= set(
        CLASSES
    )


def test_special_category_data_are_where_equality_data_are():
    special = {fact.model._meta.label for fact in facts.data_map() if fact.holds == facts.DataClass.SPECIAL}
    assert special == {
        "workforce.EqualityRow",
        "workforce.SealedFile",
        "workforce.Fault",
        "privacy.DataExport",
        "placements.EqualityAnswers",
        "union_learning.Support",
    }
    assert "Schedule 1, paragraph 8" in facts.processings()["equality"].condition


@contextmanager
def looking() -> Iterator[list[str]]:
    """What is read of rows of people meanwhile: queries for single rows, and seals that are opened."""
    seen: list[str] = []

    def watch(execute: Any, query: str, *rest: Any) -> Any:
        if A_ROW.match(IS_THERE.sub("EXISTS(", query)) and not COUNTS.search(query):
            seen.append(query)
        return execute(query, *rest)

    opened = Seal.open

    def open_seal(self: Seal, *words: Any) -> bytes:
        seen.append("a seal")
        return opened(self, *words)

    with pytest.MonkeyPatch.context() as patched, connection.execute_wrapper(watch):
        patched.setattr(Seal, "open", open_seal)
        yield seen


def test_whoever_sees_rows_of_people_is_written_down(world, clients):
    things, looked, silent = things_of(world.here), set(), set()
    for name, answer in sorted(ANSWERS.items()):
        if not isinstance(answer, Open) or name.partition(":")[0] not in NEAR_ROWS:
            continue
        ids = {argument: things[thing] for argument, thing in answer.things.items()}
        url = reverse(name, kwargs={"organisation_slug": world.here.slug, **ids})
        for role in answer.to.intersection(LOOKERS):
            with within(world.here):
                before = Access.objects.count()
            with looking() as seen:
                status = clients[role].get(url).status_code
            if seen and status == OK:
                looked.add(name)
                with within(world.here):
                    if Access.objects.count() == before:
                        silent.add(name)
    assert silent == set(), "Put desaga.privacy.doors.ReadsRowsMixin before these views"
    assert {"workforce:map_columns", "workforce:check_extract", "workforce:take_faults_out"} <= looked


#: Pages with exact counts of a snapshot, and what they are asked; no row is read for these, and yet they tell of single people.
EXACT = {
    "workforce:show_workforce": "",
    "workforce:show_snapshot": "",
    "workforce:show_classification": "",
    "workforce:compare_versions": "?before={definition_version}&after={definition_version}",
    "workforce:show_readiness": "",
    "workforce:take_readiness_out": "",
}


def test_whoever_sees_exact_counts_is_written_down(world, clients):
    things, silent = things_of(world.here), []
    for name, asked in EXACT.items():
        ids = {argument: things[thing] for argument, thing in ANSWERS[name].things.items()}
        url = reverse(name, kwargs={"organisation_slug": world.here.slug, **ids}) + asked.format(**things)
        with within(world.here):
            before = Access.objects.count()
        assert clients[Role.HR_DATA_STEWARD].get(url).status_code == OK
        with within(world.here):
            after = Access.objects.filter(snapshot_id=things["snapshot"], rows__gt=0, keys=[]).count()
            if Access.objects.count() != before + 1 or not after:
                silent.append(name)
    assert silent == [], "Call record_access where these show exact counts"


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile was never written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


#: What is written into the forms that answer with rows only when something stands in them. Everything else is pressed as it is.
WORDS = {
    "workforce:find_person": {"number": "1001"},
    "workforce:show_classified": {"technical": "yes", "reason": ""},
    "privacy:take_person_out": {"number": "1001", "format": "json"},
}


def test_whoever_is_answered_with_rows_of_people_after_a_press_is_written_down(world, clients):
    """Each press is undone at once. One that goes on to another page has shown nothing: that page writes down what it shows."""
    things, looked, silent = things_of(world.here), set(), set()
    for name, answer in sorted(ANSWERS.items()):
        if not isinstance(answer, Open) or name.partition(":")[0] not in NEAR_ROWS:
            continue
        ids = {argument: things[thing] for argument, thing in answer.things.items()}
        url = reverse(name, kwargs={"organisation_slug": world.here.slug, **ids})
        for role in answer.to.intersection(LOOKERS):
            with undone():
                with within(world.here):
                    before = Access.objects.count()
                with looking() as seen:
                    status = clients[role].post(url, WORDS.get(name, {})).status_code
                if seen and status == OK:
                    looked.add(name)
                    with within(world.here):
                        if Access.objects.count() == before:
                            silent.add(name)
    assert silent == set(), "Call record_access where these open rows of people"
    must = {
        "workforce:check_staff_record",
        "workforce:take_staff_record_out",
        "workforce:show_exact",
        "privacy:take_person_out",
    }
    assert must <= looked


def test_no_other_slice_names_rows_of_people():
    named = re.compile(r"\b(PersonRow|ContractRow|ActivityRow|EqualityRow)\b")
    files = [path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] != "workforce"]
    assert [str(path.relative_to(SOURCE)) for path in files if named.search(path.read_text())] == []
