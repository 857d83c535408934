from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import psycopg
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from desaga.audit import operations as audit
from desaga.audit import queries
from desaga.audit.models import Entry
from desaga.organisations.models import Unit
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PersonFactory, UnitFactory, member_of
from desaga.tenancy.context import within


@pytest.fixture
def entry(tenant, member):
    return audit.record(actor=member(Role.LEAD), verb="looked at", thing=Unit.objects.get())


def test_record_says_who_did_what_to_what(entry, tenant):
    unit = Unit.objects.get()
    assert (entry.organisation, entry.verb, entry.thing_kind, entry.thing_id, entry.thing_name) == (
        tenant,
        "looked at",
        "organisations.unit",
        str(unit.pk),
        unit.name,
    )
    assert entry.actor_name == str(entry.actor.person)


def test_the_platform_itself_has_a_name(tenant):
    assert audit.record(actor=None, verb="added", thing=tenant).actor_name == "Desaga"


def test_an_entry_outside_organisations_is_the_persons(organisation):
    user = member_of(organisation, Role.READER)
    with within(user=user):
        entry = audit.record(actor=user, verb="changed", thing=user.person, person=user.person)
        assert list(Entry._base_manager.all()) == [entry]
    with within(organisation):
        assert not Entry._base_manager.exists()


def test_differences_are_what_changed(tenant):
    unit = UnitFactory(organisation=tenant, name="Optics", code="")
    before = audit.snapshot(unit, "name", "code")
    unit.code = "OPT"
    assert audit.differences(before, audit.snapshot(unit, "name", "code")) == {"code": ["", "OPT"]}


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 9, tzinfo=UTC), "2026-11-22T09:00:00+00:00"),
        (Decimal("0.60"), "0.60"),
        (["a", date(2026, 1, 1)], ["a", "2026-01-01"]),
        (None, None),
        (True, True),
    ],
)
def test_values_are_kept_as_json_can(value, plain):
    assert audit.plain(value) == plain


@pytest.mark.parametrize("write", [lambda rows: rows.update(verb="hid"), lambda rows: rows._raw_delete("default")])
def test_the_app_cannot_change_or_remove_an_entry(write, entry):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        write(Entry.objects.filter(pk=entry.pk))


@pytest.mark.parametrize("write", ["update audit_entry set verb = 'hid'", "delete from audit_entry"])
def test_nor_can_the_owner_of_the_schema(write, owner):
    # Also an owner who is no superuser may try.
    owner.execute("alter table audit_entry no force row level security")
    owner.execute(
        "insert into audit_entry (at, actor_name, elevated, verb, thing_kind, thing_id, thing_name, changes, note)"
        " values (now(), 'x', false, 'x', 'x', 'x', 'x', '{}', '')"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(write)


def test_an_entry_is_not_written_in_anothers_name(organisation, other_organisation):
    with (
        within(organisation),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        audit.record(actor=None, verb="forged", thing=other_organisation, organisation=other_organisation)


def test_entries_are_found_by_words_kind_and_days(tenant, entry):
    person = PersonFactory(recorded_by=tenant, name="Ada")
    audit.record(actor=None, verb="added", thing=person, note="by hand", now=datetime(2026, 1, 5, 12, tzinfo=UTC))
    assert [e.thing_name for e in queries.entries(words="hand ada")] == ["Ada"]
    assert [e.thing_name for e in queries.entries(kind="organisations.person")] == ["Ada"]
    assert [e.thing_name for e in queries.entries(since=date(2026, 1, 5), until=date(2026, 1, 5))] == ["Ada"]
    assert list(queries.entries_about(person)) == list(queries.entries(words="Ada"))
    assert queries.kinds() == [("organisations.person", "Person"), ("organisations.unit", "Unit")]


def test_the_log_names_nobody(settings):
    formats = [formatter["format"] for formatter in settings.LOGGING["formatters"].values()]
    assert formats == ["{asctime} {levelname} {name} {message}"]
    assert "mail_admins" not in str(settings.LOGGING)
