"""A backup is made, altered, opened with the wrong key, and brought back: docs/how-to/operate-a-server.md."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection
from psycopg.conninfo import make_conninfo

from desaga import cli
from desaga.config import database
from desaga.config.backups import command, members, restoring, saving, sealing, servers
from desaga.config.backups.refusals import Damaged, NoBackup, NotABackup, WrongKey
from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.workforce.operations.opening import open_equality
from desaga.workforce.private import key_of_number
from desaga.workforce.sealing import KeyLost
from desaga.workforce.telling import told_of
from desaga.workforce.tests.factories import HEADS, ROWS, csv_of, loaded

OWNER, READER = "restoring_owner", "restoring_reader"


def sealed(data: bytes, key: X25519PrivateKey) -> bytes:
    target = io.BytesIO()
    writer = sealing.SealedWriter(target, key.public_key())
    for start in range(0, len(data), 700_000):
        writer.write(data[start : start + 700_000])
    writer.finish()
    return target.getvalue()


def opened(data: bytes, key: X25519PrivateKey) -> bytes:
    return sealing.SealedReader(io.BytesIO(data), key).read(10**9)


@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 2 * sealing.CHUNK])
def test_what_is_sealed_opens_again_and_does_not_stand_in_the_file(size):
    key, data = X25519PrivateKey.generate(), secrets.token_bytes(size)
    kept = sealed(data, key)
    assert opened(kept, key) == data
    assert size < 32 or data[:32] not in kept


def test_a_cut_swapped_lengthened_or_altered_file_does_not_open():
    key = X25519PrivateKey.generate()
    whole = sealed(secrets.token_bytes(3 * sealing.CHUNK), key)
    head, step = len(sealing.MAGIC) + sealing.FINGERPRINT + sealing.KEY, sealing.CHUNK + sealing.TAG
    chunks = [whole[head + number * step : head + (number + 1) * step] for number in range(3)]
    bad = {
        "cut within a chunk": whole[:-7],
        "cut between chunks": whole[: head + 2 * step],
        "nothing behind the head": whole[:head],
        "cut within the head": whole[: head - 5],
        "swapped": whole[:head] + chunks[1] + chunks[0] + chunks[2],
        "lengthened": whole + b"0" * 40,
        "one bit": whole[: head + 100] + bytes([whole[head + 100] ^ 1]) + whole[head + 101 :],
        "another pair's key": whole[: head - 1] + bytes([whole[head - 1] ^ 1]) + whole[head:],
    }
    refused = set()
    for name, data in bad.items():
        with pytest.raises(Damaged):
            opened(data, key)
        refused.add(name)
    assert refused == set(bad)
    with pytest.raises(WrongKey):
        opened(whole, X25519PrivateKey.generate())
    with pytest.raises(NotABackup):
        opened(b"PGDMP" + whole, key)


def test_files_stay_in_their_folder():
    assert str(restoring.inside("media/logos/a.png")) == "logos/a.png"
    for name in ("media/../secret-key", "media//etc/passwd", "elsewhere/a", "media/"):
        with pytest.raises(Damaged):
            restoring.inside(name)


def test_a_block_that_claims_too_much_is_damage_and_not_memory():
    with pytest.raises(Damaged):
        members.take_block(io.BytesIO(members.LENGTH.pack(2**32 - 1) + b"x"))


def test_keys_are_made_once_and_told_apart(tmp_path, capsys):
    private = tmp_path / "key"
    assert cli.main(["backup", "--make-key", str(private)]) == 0
    public = tmp_path / "key.pub"
    assert (private.stat().st_mode & 0o777, "Keep it away" in capsys.readouterr().out) == (0o600, True)
    assert sealing.raw(sealing.private_key(private).public_key()) == sealing.raw(sealing.public_key(public))
    assert cli.main(["backup", "--make-key", str(private)]) == 1
    assert "exists already" in capsys.readouterr().err
    with pytest.raises(NoBackup, match="is not a private key"):
        sealing.private_key(public)


@pytest.fixture
def place(transactional_db, tmp_path):
    """The test database's address, an empty database of an owner who is no superuser, a reader beside, and a key."""
    name, own = f"{connection.settings_dict['NAME']}_restored", database.owner_url()
    with psycopg.connect(own, dbname="postgres", autocommit=True) as server:
        clear(server, name)
        server.execute(
            f"CREATE ROLE {OWNER} LOGIN; CREATE ROLE {READER} LOGIN BYPASSRLS; GRANT pg_read_all_data TO {READER}"
        )
        server.execute(f"GRANT {database.APP_ROLE} TO {OWNER}")
        server.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        place = type("Place", (), {})()
        place.name, place.key, place.file = name, X25519PrivateKey.generate(), tmp_path / "desaga.backup"
        place.source = make_conninfo(own, dbname=connection.settings_dict["NAME"])
        place.media = tmp_path / "media"
        place.target = restoring.Target(
            url=make_conninfo(own, dbname=name, user=OWNER),
            reader_url=make_conninfo(own, dbname=name, user=READER),
            media=tmp_path / "there" / "media",
        )
        yield place
        clear(server, name)


def clear(server: psycopg.Connection, name: str) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    server.execute(f"DROP ROLE IF EXISTS {OWNER}")
    server.execute(f"DROP ROLE IF EXISTS {READER}")


def rows_there(place) -> dict[str, int]:
    with psycopg.connect(place.target.reader_url) as reader:
        return servers.counts(reader)


def test_a_backup_is_rehearsed(place, organisation, other_organisation, member, client_of, monkeypatch):
    """The whole of it: made, refused in every way in which it must be, brought back twice, and a page served from it."""
    lead = member("lead")
    (place.media / "logos").mkdir(parents=True)
    (place.media / "logos" / "mark.png").write_bytes(secrets.token_bytes(3 * sealing.CHUNK))
    told = saving.save(place.file, url=place.source, media=place.media, recipient=place.key.public_key())
    assert told["rows"]["organisations_organisation"] >= 2
    assert (place.file.stat().st_mode & 0o777, list(place.file.parent.glob("*.part"))) == (0o600, [])
    assert organisation.name.encode() not in place.file.read_bytes()
    with pytest.raises(NoBackup, match="never overwritten"):
        saving.save(place.file, url=place.source, media=place.media, recipient=place.key.public_key())

    known = command.known_migrations()

    def restore(file=place.file, key=place.key, **more):
        return restoring.restore(file, key=key, target=place.target, known=more.pop("known", known), **more)

    damaged = place.file.with_name("damaged")
    damaged.write_bytes(place.file.read_bytes()[:-1000])
    for problem, words in [
        (Damaged, {"file": damaged}),
        (WrongKey, {"key": X25519PrivateKey.generate()}),
        (NoBackup, {"known": known - {"plans.0001_make_plans"} - {sorted(known)[0]}}),
    ]:
        with pytest.raises(problem):
            restore(**words)
    assert (rows_there(place), place.target.media.exists()) == ({}, False)

    restore()
    assert rows_there(place) == told["rows"]
    with pytest.raises(NoBackup, match="--replace"):
        restore()
    kept = place.target.media / "logos" / "mark.png"
    assert kept.read_bytes() == (place.media / "logos" / "mark.png").read_bytes()

    # What fails at the last leaves what stood there: the count is made to differ.
    kept.write_bytes(b"later")
    with monkeypatch.context() as patched:
        patched.setattr(servers, "counts", lambda reader: {})
        with pytest.raises(NoBackup, match="Nothing was changed"):
            restore(replace=True)
    assert (rows_there(place), kept.read_bytes()) == (told["rows"], b"later")
    restore(replace=True)
    assert (rows_there(place), kept.read_bytes() != b"later") == (told["rows"], True)

    with psycopg.connect(place.target.url) as owner:
        may = "select has_table_privilege('desaga_app', 'audit_entry', %s)"
        assert [owner.execute(may, [deed]).fetchone()[0] for deed in ("INSERT", "UPDATE", "DELETE")] == [
            True,
            False,
            False,
        ]
        secured = "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity"
        here = connection.cursor()
        here.execute(secured)
        assert owner.execute(secured).fetchone() == here.fetchone()
    with served_from(place):
        assert "Northmoor" in client_of(lead).get(f"/o/{organisation.slug}/").content.decode()


@contextmanager
def served_from(place) -> Iterator[None]:
    """What the app reads and shows, from the restored database."""
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = place.name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former


def test_sealed_rows_and_equality_data_come_back_and_open_with_their_key_alone(place, organisation, member, settings):
    steward = member(Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)
    rows = [(*row, sex) for row, sex in zip(ROWS, ("Female", "Male", "Other"), strict=True)]
    snapshot = loaded(organisation, csv_of(rows, (*HEADS, "Sex")), actor=steward)

    def read():
        with within(organisation, user=steward):
            said = [one.sex for one in open_equality(actor=steward, snapshot=snapshot, purpose="the rehearsal")]
            told = told_of(organisation, key_of_number(organisation, "1002"), True)
        return said, told["You in workforce data"][0]["name"], told["What you said of yourself, in workforce data"]

    before, numbered = read(), ("workforce_personrow", "workforce_contractrow", "workforce_equalityrow")
    saving.save(place.file, url=place.source, media=place.media, recipient=place.key.public_key())
    restoring.restore(place.file, key=place.key, target=place.target, known=command.known_migrations())

    assert [rows_there(place)[name] for name in numbered] == [3, 3, 3]
    assert (before[1], len(set(before[0]))) == ("Bo Cole", 3)
    with served_from(place):
        assert read() == before
    assert command.closed_seals(place.target.reader_url) == ""
    settings.WORKFORCE_KEYS = [Fernet.generate_key().decode()]
    assert "3 of 3 kinds are sealed with a key that this server does not have" in command.closed_seals(
        place.target.reader_url
    )
    with served_from(place), pytest.raises(KeyLost, match="must bring that key back"):
        read()


def test_a_role_that_row_level_security_binds_makes_no_backup(place):
    with psycopg.connect(place.source, autocommit=True) as server:
        server.execute(f"GRANT pg_read_all_data TO {OWNER}")
    bound = make_conninfo(place.source, user=OWNER)
    with pytest.raises(NoBackup, match="BYPASSRLS"):
        saving.save(place.file, url=bound, media=place.media, recipient=place.key.public_key())
    assert list(place.file.parent.glob("desaga.backup*")) == []
