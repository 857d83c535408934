"""Every migration is run once: the database that came of it is copied for the next test run, and for the other workers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from sys import modules

import psycopg
from psycopg.sql import SQL, Identifier

from desaga.config import database
from desaga.tenancy import rowsecurity

PREFIX = "desaga_migrated_"
#: One at a time migrates; the others wait and copy.
LOCK = 8_250_115


@contextmanager
def migrated_once(name: str, *, wanted: bool) -> Iterator[bool]:
    """Whether `name` is there, migrated, as a copy; if not, whoever asks migrates it within, and it is copied for the next.

    Not `wanted`: the database of the last run is kept as it is, and nothing is done here.
    """
    if not wanted:
        yield False
        return
    with psycopg.connect(database.owner_url(), dbname="postgres", autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        template = f"{PREFIX}{fingerprint()}"
        if is_there := _exists(server, template):
            _copy(server, template, name)
        yield is_there
        if not is_there:
            _drop_outdated(server)
            _copy(server, name, template)


def fingerprint() -> str:
    """What all migrations come to, in a few letters: another where one of their files, or what they are written with, is."""
    from django.db.migrations.loader import MigrationLoader

    found = MigrationLoader(None).disk_migrations
    digest = sha256(database.PREPARE.encode() + Path(rowsecurity.__file__).read_bytes())
    for key in sorted(found):
        source = modules[found[key].__module__].__file__
        digest.update(repr(key).encode() + Path(source or "").read_bytes())
    return digest.hexdigest()[:16]


def _exists(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _copy(server: psycopg.Connection, name: str, to: str) -> None:
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(to)))
    server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(to), Identifier(name)))


def _drop_outdated(server: psycopg.Connection) -> None:
    for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]).fetchall():
        server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
