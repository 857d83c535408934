"""Write everything into one sealed file, as it was at one moment."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from . import servers
from .members import ABOUT, DUMP, FILES, MANIFEST, Writes, Written, blocks_of, put_member
from .refusals import NoBackup
from .sealing import SealedWriter


def save(file: Path, *, url: str, media: Path, recipient: X25519PublicKey) -> dict[str, Any]:
    """Make the backup; answers its manifest: rows of each table, size and checksum of each member.

    Refused where `file` exists and where the role of `url` cannot read every row. What was written until a failure is removed.
    """
    with new_file(file) as handle, servers.connected(url) as connection:
        # Counts and dump are of one snapshot, so that a restore can be held against them.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        servers.require_sight(connection)
        sealed = SealedWriter(handle, recipient)
        manifest = put_everything(sealed, connection, url=url, media=media)
        sealed.finish()
    return manifest


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """A file that has its name only when it is whole; only its owner may read it."""
    part = file.with_name(file.name + ".part")
    refuse_existing(file)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise NoBackup(f"{part} cannot be written: {problem.strerror}.") from problem
    try:
        with open(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        refuse_existing(file)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def refuse_existing(file: Path) -> None:
    if file.exists():
        raise NoBackup(f"{file} exists already. A backup is never overwritten: name another file.")


def put_everything(target: Writes, connection: psycopg.Connection, *, url: str, media: Path) -> dict[str, Any]:
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    about = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "desaga": version("desaga"),
        "postgresql": connection.info.server_version // 10000,
        "migrations": servers.migrations(connection),
    }
    members = {ABOUT: put_member(target, ABOUT, [json.dumps(about).encode()])}
    command = servers.program("pg_dump", connection)
    members[DUMP] = put_member(target, DUMP, dumped(command, url, str(row[0]) if row else ""))
    for path in servers.files_under(media):
        name = FILES + path.relative_to(media).as_posix()
        with path.open("rb") as source:
            members[name] = put_member(target, name, blocks_of(source))
    manifest = {
        **about,
        "rows": servers.counts(connection),
        "members": {name: told(one) for name, one in members.items()},
    }
    put_member(target, MANIFEST, [json.dumps(manifest).encode()])
    return manifest


def told(written: Written) -> dict[str, Any]:
    return {"size": written.size, "sha256": written.sha256}


def dumped(command: str, url: str, snapshot: str) -> Iterator[bytes]:
    """What pg_dump writes, block by block; refused with its own words where it fails."""
    left_out = [f"--exclude-table-data=public.{name}" for name in servers.WITHOUT_ROWS]
    words = [command, "--format=custom", "--schema=public", "--no-owner", f"--snapshot={snapshot}", *left_out]
    words.append(f"--dbname={servers.without_password(url)}")
    with tempfile.TemporaryFile("w+") as errors:
        running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, env=servers.environment(url))
        try:
            assert running.stdout is not None
            yield from blocks_of(running.stdout)
        finally:
            running.stdout and running.stdout.close()
            failed = running.wait()
        if failed:
            errors.seek(0)
            raise NoBackup(f"pg_dump failed: {servers.first_line(errors.read())}")
