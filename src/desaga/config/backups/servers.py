"""The programs that dump and restore a PostgreSQL, and what they and we may do there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from desaga.config import database, embedded

from .refusals import NoBackup

#: Of these the table is kept and not its rows: everybody signs in anew after a restore, and the cache fills itself.
WITHOUT_ROWS = ("django_session", "usersessions_usersession", "cache")


def reader_url() -> str:
    """As whom everything is read: `DATABASE_BACKUP_URL`, a role that row-level security does not bind; else the owner."""
    return os.environ.get("DATABASE_BACKUP_URL") or database.owner_url()


@contextmanager
def connected(url: str, **more: Any) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(url, **more)
    except psycopg.OperationalError as problem:
        raise NoBackup(f"The database does not answer: {first_line(str(problem))}") from problem
    with connection:
        yield connection


def program(name: str, connection: psycopg.Connection) -> str:
    """Where `pg_dump` or `pg_restore` stands, one that is not older than the server. Refused where there is none."""
    beside = embedded.server_programs() / name if database.is_embedded() else None
    found = str(beside) if beside and beside.exists() else shutil.which(name)
    server = connection.info.server_version // 10000
    if not found:
        raise NoBackup(f"{name} is not installed here: sudo apt-get install postgresql-client-{server}")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    own = re.search(r"(\d+)", said.split(")")[-1])
    if own is None or int(own[1]) < server:
        raise NoBackup(
            f"The server is PostgreSQL {server}, {said.strip()} is older: sudo apt-get install postgresql-client-{server}"
        )
    return found


def environment(url: str) -> dict[str, str]:
    """The password goes by the environment: what stands on a command line can be read by everybody on the machine."""
    password = conninfo_to_dict(url).get("password")
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


def without_password(url: str) -> str:
    words: dict[str, Any] = {key: value for key, value in conninfo_to_dict(url).items() if key != "password"}
    return make_conninfo(**words)


def sees_everything(connection: psycopg.Connection) -> bool:
    """Whether row-level security leaves this role all rows."""
    row = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def require_sight(connection: psycopg.Connection) -> None:
    if not sees_everything(connection):
        raise NoBackup(
            "This role is bound by row-level security and would leave rows out. Make one with BYPASSRLS and name it in DATABASE_BACKUP_URL: "
            "see Backups in docs/how-to/operate-a-server.md."
        )


def tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [name for (name,) in found]


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """How many rows each table has, those that are left out of backups aside."""
    named = [name for name in tables(connection) if name not in WITHOUT_ROWS]
    counted = {}
    for name in named:
        row = connection.execute(
            psycopg.sql.SQL("SELECT count(*) FROM public.{}").format(psycopg.sql.Identifier(name))
        ).fetchone()
        counted[name] = int(row[0]) if row else 0
    return counted


def migrations(connection: psycopg.Connection) -> list[str]:
    if "django_migrations" not in tables(connection):
        raise NoBackup("There is nothing to back up: this database was never migrated.")
    found = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in found]


def files_under(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file()) if media.is_dir() else []


def first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""


def data_keys(url: str) -> list[bytes]:
    """The keys of people's data of all organisations, each sealed with an outer key; none in a database that has no such table."""
    with connected(url) as reader:
        if reader.execute("SELECT to_regclass('public.workforce_datakey')").fetchone() == (None,):
            return []
        return [bytes(sealed) for (sealed,) in reader.execute("SELECT sealed FROM workforce_datakey").fetchall()]
