"""Bring a backup back: read it through and check it first, then write, then hold what was written against what the backup says.

What stood there before is set aside, not removed, until the restored rows have been counted: the tables in the schema `before_restore`, the files beside.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desaga.config.database import PREPARE

from . import servers
from .members import ABOUT, DUMP, FILES, MANIFEST, measured, members_of, read_json
from .refusals import Damaged, NoBackup
from .saving import told
from .sealing import SealedReader

ASIDE = "before_restore"
#: The target's own: who owns the schema, and what tables made later may.
NOT_RESTORED = ("DEFAULT ACL", "SCHEMA", "ACL - SCHEMA", "COMMENT - SCHEMA")


@dataclass(frozen=True)
class Checked:
    """What a backup that is whole says of itself; `contents` is pg_restore's list of what is in the dump."""

    manifest: dict[str, Any]
    contents: str


def check(file: Path, key: X25519PrivateKey, list_command: str) -> Checked:
    """Read all of a backup without writing anything. Refused where it is damaged or for another key."""
    found, about, manifest, contents = {}, None, None, ""
    for name, blocks in opened(file, key):
        if manifest is not None:
            raise Damaged
        if name == MANIFEST:
            manifest = read_json(blocks)
        elif name == ABOUT:
            held: list[bytes] = []
            found[name] = told(measured(blocks, held.append))
            about = read_json(iter(held))
        elif name == DUMP:
            contents, found[name] = listed(list_command, blocks)
        else:
            inside(name)
            found[name] = told(measured(blocks, len))
    if manifest is None or about is None or DUMP not in found or manifest["members"] != found:
        raise Damaged
    return Checked(manifest, contents)


def opened(file: Path, key: X25519PrivateKey) -> Iterator[tuple[str, Iterator[bytes]]]:
    try:
        with file.open("rb") as source:
            yield from members_of(SealedReader(source, key))
    except OSError as problem:
        raise NoBackup(f"{file} cannot be read: {problem.strerror}.") from problem


def inside(name: str) -> PurePosixPath:
    """The path of a file, which must stay under the folder that it is put into."""
    path = PurePosixPath(name.removeprefix(FILES))
    if not name.startswith(FILES) or path.is_absolute() or ".." in path.parts or not path.parts:
        raise Damaged
    return path


def listed(command: str, blocks: Iterator[bytes]) -> tuple[str, dict[str, Any]]:
    """pg_restore's list of a dump, and the dump measured."""
    with tempfile.TemporaryFile("w+") as output:
        running = subprocess.Popen([command, "--list"], stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT)
        assert running.stdin is not None
        # It stops listening once it knows the list.
        written = told(measured(blocks, heard_while_open(running.stdin)))
        close(running.stdin)
        failed = running.wait()
        output.seek(0)
        said = output.read()
    if failed:
        raise NoBackup(f"pg_restore cannot read the dump: {servers.first_line(said)}")
    return said, written


def heard_while_open(pipe: IO[bytes]) -> Callable[[bytes], None]:
    open_still = [True]

    def write(block: bytes) -> None:
        if open_still[0]:
            try:
                pipe.write(block)
            except BrokenPipeError:
                open_still[0] = False

    return write


def close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where to: the owner's address, that of the role that reads everything, and the folder of files."""

    url: str
    reader_url: str
    media: Path


def restore(
    file: Path, *, key: X25519PrivateKey, target: Target, known: set[str], replace: bool = False
) -> dict[str, Any]:
    """Restore a backup; answers its manifest. `known` are this program's migrations.

    Refused, with nothing changed: a backup that is not whole, one of a later Desaga, a place that is not empty (unless `replace`), a database that others use
    at the moment, rows that are not as many as the backup says.
    """
    with servers.connected(target.reader_url) as reader:
        servers.require_sight(reader)
        command = servers.program("pg_restore", reader)
    checked = check(file, key, command)
    refuse_later(checked.manifest["migrations"], known)
    with servers.connected(target.url, autocommit=True) as connection:
        refuse_unsuitable(connection, target.media, replace)
        with files_aside(target.media), tables_aside(connection):
            put_back(file, key, target, command, checked.contents)
            connection.execute(PREPARE)
            compare(target.reader_url, checked.manifest["rows"])
    return checked.manifest


def refuse_later(applied: list[str], known: set[str]) -> None:
    strange = sorted(set(applied) - known)
    if strange:
        raise NoBackup(
            f"This backup is of a later Desaga, or of another: {strange[0]} is not known here. Upgrade the program first."
        )


def refuse_unsuitable(connection: psycopg.Connection, media: Path, replace: bool) -> None:
    row = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [ASIDE]).fetchone()
    if row and row[0]:
        raise NoBackup(
            f"An earlier restore was stopped half way: what stood there before is in the schema {ASIDE}. See docs/how-to/operate-a-server.md."
        )
    if not replace and (servers.tables(connection) or servers.files_under(media)):
        raise NoBackup(
            "There is something here already. To put the backup in its place, say --replace; what is here now is then lost."
        )
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    ).fetchone()
    if row and row[0]:
        raise NoBackup(f"{row[0]} others are using the database. Stop the web service and the worker first.")


@contextmanager
def tables_aside(connection: psycopg.Connection) -> Iterator[None]:
    """An empty schema to restore into. The new one has no default privileges: what each table allows is what the dump says of it."""
    connection.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
    try:
        connection.execute("CREATE SCHEMA public")
        yield
    except BaseException:
        connection.execute(f"DROP SCHEMA IF EXISTS public CASCADE; ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    connection.execute(f"DROP SCHEMA {ASIDE} CASCADE")


@contextmanager
def files_aside(media: Path) -> Iterator[None]:
    """An empty folder to restore into."""
    aside = media.with_name(f"{media.name}.{ASIDE}")
    if aside.exists():
        raise NoBackup(
            f"An earlier restore was stopped half way: {aside} holds the files that stood there before. Move it first."
        )
    was_there = media.exists()
    if was_there:
        media.rename(aside)
    try:
        media.mkdir(parents=True, mode=0o700)
        yield
    except BaseException:
        shutil.rmtree(media, ignore_errors=True)
        if was_there:
            aside.rename(media)
        raise
    if was_there:
        shutil.rmtree(aside)


def put_back(file: Path, key: X25519PrivateKey, target: Target, command: str, contents: str) -> None:
    for name, blocks in opened(file, key):
        if name == DUMP:
            fill_database(command, target.url, contents, blocks)
        elif name.startswith(FILES):
            path = target.media / inside(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as written:
                measured(blocks, written.write)
        else:
            measured(blocks, len)


def fill_database(command: str, url: str, contents: str, blocks: Iterator[bytes]) -> None:
    """One transaction of pg_restore, with all that the dump holds but the target's own."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as errors:
        chosen = Path(folder) / "contents"
        chosen.write_text("\n".join(line for line in contents.splitlines() if is_restored(line)))
        words = [command, "--single-transaction", "--exit-on-error", "--no-owner", f"--use-list={chosen}"]
        words.append(f"--dbname={servers.without_password(url)}")
        running = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=errors, stderr=errors, env=servers.environment(url)
        )
        assert running.stdin is not None
        measured(blocks, heard_while_open(running.stdin))
        close(running.stdin)
        if running.wait():
            errors.seek(0)
            raise NoBackup(f"pg_restore failed, and nothing was changed: {servers.first_line(errors.read())}")


def is_restored(line: str) -> bool:
    """Whether a line of the list ("3; 2615 2200 SCHEMA - public owner") names something that the dump brings."""
    what = line.partition("; ")[2].split(" ", 2)[-1]
    return bool(what) and not what.startswith(NOT_RESTORED)


def compare(url: str, expected: dict[str, int]) -> None:
    with servers.connected(url) as reader:
        found = servers.counts(reader)
    different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if different:
        raise NoBackup(f"Not all rows came back ({', '.join(different[:5])}). Nothing was changed.")
