"""A published row is everybody's to read: shown on a table made for it, secured as every migration secures one."""

from __future__ import annotations

import pytest

from desaga.tenancy.rowsecurity import row_security

HERE, THERE = 900_001, 900_002


@pytest.fixture
def table(owner):
    owner.execute("create table scratch (id bigint, organisation_id bigint, published_at timestamptz)")
    owner.execute(row_security("scratch", kind="scratch.thing", published="published_at").sql)
    owner.execute("alter table scratch no force row level security")
    for identifier, when in ((1, "null"), (2, "now() - interval '1 hour'"), (3, "now() + interval '1 hour'")):
        owner.execute(f"insert into scratch values ({identifier}, {THERE}, {when})")
    owner.execute("set local role desaga_app")
    return owner


def ids_seen(table, organisation):
    table.execute("select set_config('app.organisation_id', %s, true)", [organisation])
    return [identifier for (identifier,) in table.execute("select id from scratch order by id").fetchall()]


def test_its_owner_sees_all_of_it(table):
    assert ids_seen(table, str(THERE)) == [1, 2, 3]


@pytest.mark.parametrize("reader", [str(HERE), ""])
def test_others_see_what_is_published_by_now(reader, table):
    assert ids_seen(table, reader) == [2]


def test_others_do_not_change_what_is_published(table):
    ids_seen(table, str(HERE))
    assert table.execute("update scratch set published_at = null where id = 2").rowcount == 0
    assert table.execute("delete from scratch where id = 2").rowcount == 0


def test_the_security_can_be_taken_off_again(table):
    security = row_security("scratch", kind="scratch.thing", published="published_at")
    table.execute("reset role")
    table.execute(security.reverse_sql)
    table.execute("set local role desaga_app")
    assert ids_seen(table, str(HERE)) == [1, 2, 3]
