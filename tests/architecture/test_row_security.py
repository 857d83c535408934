"""The fifth belt, table by table, in SQL as the app speaks it: found by looking, so that no new table is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

HERE, THERE = 900_001, 900_002
SAMPLES = {
    "boolean": "false", "smallint": "1", "integer": "1", "bigint": "1", "numeric": "1", "double precision": "1",
    "date": "current_date", "timestamp with time zone": "now()", "jsonb": "'{}'", "uuid": "gen_random_uuid()",
    "ARRAY": "'{}'", "interval": "'1 day'", "bytea": "''", "inet": "'127.0.0.1'",
}  # fmt: skip

# The column that says whose a row is, by table where it is none of the usual names.
USUAL_OWNERS = ("organisation_id", "owner_organisation_id", "person_id", "owner_person_id")
UNUSUAL_OWNERS = {
    "organisations_organisation": "id",
    "organisations_person": "recorded_by_id",
    "organisations_consortiummembership": "consortium_id",
    "organisations_elevation": "user_id",
}
# Tables with such a column that nobody owns, and why.
OWNED_BY_NOBODY = {
    "accounts_user": "an account is found by its e-mail before anybody is known; it names a person, and tells nothing else",
}
# The directories of organisations and, until each entry's last day, of technicians, and where a touring exhibition is when: everybody reads them, only their own
# organisation changes them.
READABLE_BY_ALL = {"organisations_organisation", "exhibition_tourstop", "directory_listing"}
# Written and read for delivery alone: it may hold a link that lets somebody in, so not even its owner reads it.
READABLE_BY_NO_TENANT = {
    "notifications_outgoingmail",
    # Nor does a union read whom its representatives support: see docs/adr/0056.
    "union_learning_support",
}
SETTING_OF = {"user_id": "app.user_id", "person_id": "app.person_id", "owner_person_id": "app.person_id"}


def owner_connection() -> psycopg.Connection:
    from django.db import connection

    from desaga.config.database import owner_url

    return psycopg.connect(owner_url(), dbname=connection.settings_dict["NAME"])


@pytest.fixture(scope="module")
def tables(django_db_setup: None) -> dict[str, str]:
    """Every table that somebody owns, with its owner's column."""
    with owner_connection() as connection:
        columns = connection.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'public' and column_name = any(%s)",
            [list(USUAL_OWNERS)],
        ).fetchall()
    found = dict(UNUSUAL_OWNERS)
    for usual in reversed(USUAL_OWNERS):
        found |= {table: column for table, column in columns if column == usual and table not in UNUSUAL_OWNERS}
    return {table: column for table, column in found.items() if table not in OWNED_BY_NOBODY}


def test_the_search_finds_tables(tables):
    assert {"organisations_unit", "organisations_employmentevent", "organisations_grant", "audit_entry"} <= set(tables)


def test_every_owned_table_forces_row_security(tables):
    with owner_connection() as connection:
        secured = connection.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            " and relrowsecurity and relforcerowsecurity"
        ).fetchall()
    assert set(tables) - {name for (name,) in secured} == set()


def test_every_owned_table_has_a_policy_to_read_and_one_to_add(tables):
    with owner_connection() as connection:
        policies = set(
            connection.execute("select tablename, cmd from pg_policies where schemaname = 'public'").fetchall()
        )
    assert {(table, command) for table in tables for command in ("SELECT", "INSERT")} - policies == set()


def test_the_app_is_neither_owner_nor_superuser(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user")
        assert cursor.fetchone() == (0,)


class Table:
    """A table with one row of THERE's, made without regard to what else must hold, and undone afterwards."""

    def __init__(self, connection: psycopg.Connection, name: str, owner: str) -> None:
        self.connection, self.name, self.owner = connection, name, owner
        self.setting = SETTING_OF.get(owner, "app.organisation_id")

    def run(self, words: str, *values: Any) -> psycopg.Cursor:
        query = sql.SQL(words).format(table=sql.Identifier(self.name), owner=sql.Identifier(self.owner))
        return self.connection.execute(query, values)

    def loosen(self) -> None:
        """Only who may see what is tested: everything else about a row is let go, until the transaction is undone."""
        constraints = self.connection.execute(
            "select conname from pg_constraint where conrelid = %s::regclass and contype in ('c', 'f')", [self.name]
        ).fetchall()
        for (constraint,) in constraints:
            self.connection.execute(
                sql.SQL("alter table {} drop constraint {}").format(
                    sql.Identifier(self.name), sql.Identifier(constraint)
                )
            )
        self.run("alter table {table} no force row level security")
        self.run("alter table {table} disable trigger user")

    def columns(self) -> list[tuple[str, str]]:
        needed = self.connection.execute(
            "select column_name, data_type from information_schema.columns where table_schema = 'public' and table_name = %s"
            " and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER' and column_name <> %s",
            [self.name, self.owner],
        )
        return needed.fetchall()

    def add(self, owner: int) -> psycopg.Cursor:
        columns = self.columns()
        names = sql.SQL(", ").join(sql.Identifier(name) for name in (self.owner, *(name for name, _ in columns)))
        values = sql.SQL(", ").join(sql.SQL(SAMPLES.get(kind, "'x'")) for _, kind in columns)
        query = sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(self.name), names, sql.SQL(", ").join([sql.Literal(owner), *([values] if columns else [])])
        )
        return self.connection.execute(query)

    def become_app(self, owner: int | None) -> None:
        self.connection.execute("set local role desaga_app")
        for setting in ("app.organisation_id", "app.person_id", "app.user_id", "app.platform"):
            value = str(owner) if owner and setting == self.setting else ""
            self.connection.execute("select set_config(%s, %s, true)", [setting, value])

    def count(self) -> int:
        return self.run("select count(*) from {table} where {owner} in (%s, %s)", HERE, THERE).fetchone()[0]

    def refuses(self, words: str, *values: Any) -> bool:
        """Whether a write is refused, or touches nothing."""
        try:
            with self.connection.transaction():
                return self.run(words, *values).rowcount == 0
        except psycopg.errors.InsufficientPrivilege:
            return True

    def refuses_to_add(self, owner: int) -> bool:
        try:
            with self.connection.transaction():
                self.add(owner)
        except psycopg.errors.InsufficientPrivilege:
            return True
        return False


@pytest.fixture
def opened(tables: dict[str, str]) -> Iterator[Any]:
    """`opened("table")`: that table with a row of THERE's, in a transaction that is undone."""
    with owner_connection() as connection:

        def make(name: str) -> Table:
            table = Table(connection, name, tables[name])
            table.loosen()
            table.add(THERE)
            return table

        yield make
        connection.rollback()


def every(tables: dict[str, str], opened: Any, check: Any) -> list[str]:
    """The tables that fail a check; each is looked at in its own savepoint, as the owner first."""
    failed = []
    for name in sorted(tables):
        table = opened(name)
        if not check(table):
            failed.append(name)
        table.connection.execute("reset role")
    return failed


def test_the_owner_reads_its_row(tables, opened):
    def check(table: Table) -> bool:
        table.become_app(THERE)
        return table.count() == 1

    assert every(tables, opened, check) == sorted(READABLE_BY_NO_TENANT)


def test_another_tenant_reads_nothing(tables, opened):
    def check(table: Table) -> bool:
        table.become_app(HERE)
        return table.count() == 0

    assert every(tables, opened, check) == sorted(READABLE_BY_ALL)


def test_no_tenant_reads_nothing(tables, opened):
    def check(table: Table) -> bool:
        table.become_app(None)
        return table.count() == 0

    assert every(tables, opened, check) == sorted(READABLE_BY_ALL)


def test_another_tenant_adds_changes_and_removes_nothing(tables, opened):
    def check(table: Table) -> bool:
        table.become_app(HERE)
        return (
            table.refuses_to_add(THERE)
            and table.refuses("update {table} set {owner} = {owner} where {owner} = %s", THERE)
            and table.refuses("delete from {table} where {owner} = %s", THERE)
        )

    assert every(tables, opened, check) == []


def test_nobody_gives_their_row_to_another(tables, opened):
    def check(table: Table) -> bool:
        table.become_app(THERE)
        return table.refuses("update {table} set {owner} = %s where {owner} = %s", HERE, THERE)

    # A grant's or person's other column may make the new row one's own as well; the plain owner's column never does.
    assert every(tables, opened, check) == []
