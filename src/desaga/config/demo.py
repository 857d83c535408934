"""`desaga demo`: the whole of Desaga on this machine, with invented organisations, until it is told to stop.

One process looks after the others: it starts the database if that sleeps, brings it up to date, loads the demo's data
once, starts the worker and the web server, and on Ctrl-C or SIGTERM stops all that it started, the database last.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from . import database, embedded, places

HOST = "127.0.0.1"
#: A machine that does much else takes its time.
SECONDS_TO_START = 180
SECONDS_TO_STOP = 10
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotServe(Exception):
    """The demo cannot be served; the message says why and what to do."""


class Stopped(Exception):
    """Someone asked the demo to stop, at whatever point it was."""


def main(words: Sequence[str] = ()) -> int:
    """Serve until told to stop. 0 after a clean stop, 1 with a sentence where something did not work, 2 for words."""
    if words:
        print("Usage: desaga demo (PORT=8001 desaga demo for another port)", file=sys.stderr)
        return 2
    try:
        serve(port_wanted())
    except Stopped:
        return 0
    except (CannotServe, embedded.NoPostgres) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def port_wanted() -> int:
    """`PORT`, else 8000."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotServe(f"PORT must be a number from 1 to 65535, not “{text}”.")
    return int(text)


def serve(port: int) -> None:
    """Everything from a sleeping checkout to an address, and back."""
    if os.environ.get("DESAGA_ENVIRONMENT") == "production":
        raise CannotServe("The demo has passwords that everyone knows: it is not served in production.")
    address = f"http://{HOST}:{port}"
    os.environ.setdefault("DESAGA_CONTACT", "hello@nftp.example")
    os.environ |= {"DEMO": "1", "DESAGA_ADDRESS": address, "DJANGO_SETTINGS_MODULE": "desaga.config.settings"}
    with only_demo_here(), stopping_on_signals():
        refuse_busy_port(port)
        with database_running():
            sign_ins = bring_up_to_date()
            with running({"worker": worker_words(), "web server": server_words(port)}) as processes:
                wait_for_answer(f"{address}/", processes)
                print(announcement(address, sign_ins), flush=True)
                watch(processes)


@contextmanager
def only_demo_here() -> Iterator[None]:
    """One demo at a time uses this `var`: two would stop each other's database."""
    lock = places.var() / "demo.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotServe(f"A demo is running already with the data in {lock.parent}.") from None
        yield


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first request to stop into `Stopped`, and let the clearing up that follows go undisturbed."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def refuse_busy_port(port: int) -> None:
    """Raise `CannotServe` where something else listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotServe(f"Port {port} is in use. Choose another: PORT={port + 1} make demo") from None


@contextmanager
def database_running() -> Iterator[None]:
    """The database, prepared; stopped afterwards if it was asleep before."""
    ours = database.is_embedded() and not embedded.is_running(database.data_directory())
    try:
        database.prepare()
        yield
    finally:
        if ours:
            embedded.stop(database.data_directory())


def bring_up_to_date() -> list[tuple[str, str, str]]:
    """Migrate and load what the demo lacks; answers the sign-ins as (what they are, e-mail, password)."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    from desaga.home.demo.load import load_demo

    sign_ins = load_demo()
    connections.close_all()
    for connection in connections.all():
        connection.close_pool()
    return sign_ins


def worker_words() -> list[str]:
    """The command that does the work in the background."""
    return [sys.executable, "-m", "desaga.cli", "manage", "procrastinate", "worker"]


def server_words(port: int) -> list[str]:
    """The command that answers the browser: synchronous workers, see docs/how-to/operate-a-server.md."""
    return [
        *(sys.executable, "-m", "gunicorn", "desaga.config.wsgi:application"),
        *("--bind", f"{HOST}:{port}", "--workers", "2", "--log-level", "warning", "--no-control-socket"),
        *("--worker-tmp-dir", str(places.var())),
    ]


@contextmanager
def running(commands: Mapping[str, Sequence[str]]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """The commands as processes, by name; each is stopped afterwards, kindly and then not."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, words in commands.items():
            # In a session of its own a process does not see the terminal's Ctrl-C: it is stopped once, by us.
            processes[name] = subprocess.Popen(list(words), stdin=subprocess.DEVNULL, start_new_session=True)
        yield processes
    finally:
        stop_all(list(processes.values()))


def stop_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to stop, then wait, then insist."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        try:
            process.wait(timeout=max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for_answer(address: str, processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Return when the server answers; raise `CannotServe` where a process dies or nothing answers in time."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        refuse_dead(processes)
        try:
            with urllib.request.urlopen(address, timeout=10):  # nosec B310: our own address
                return
        except urllib.error.HTTPError as error:
            raise CannotServe(f"{address} answers with an error, {error.code}; see above.") from error
        except OSError:
            time.sleep(0.1)
    raise CannotServe(f"Nothing answered at {address} within {SECONDS_TO_START} seconds.")


def watch(processes: Mapping[str, subprocess.Popen[bytes]], *, pause: Callable[[float], None] = time.sleep) -> None:
    """Look after the processes until one dies, which raises `CannotServe`, or a signal comes."""
    while True:
        refuse_dead(processes)
        pause(0.5)


def refuse_dead(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise CannotServe(f"The {name} stopped by itself (exit code {process.returncode}); see above.")


def announcement(address: str, sign_ins: Sequence[tuple[str, str, str]]) -> str:
    """What is printed once it serves: the address, and a sign-in for each role."""
    widths = [max((len(row[column]) for row in sign_ins), default=0) for column in (0, 1)]
    rows = "\n".join(f"  {what:<{widths[0]}}  {email:<{widths[1]}}  {password}" for what, email, password in sign_ins)
    data = Path(os.path.relpath(places.var()))
    return f"\nDesaga is at {address}\n\nSign in as\n{rows}\n\nThe data stay in {data}. Ctrl-C stops everything.\n"
