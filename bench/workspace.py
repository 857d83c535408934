"""The workspace's pages measured beside a plain template page and a bare view, on the same server: one line a page.

Run with `.venv/bin/python bench/workspace.py`. It fills a database of its own with a plan of 500 actions, serves it with two synchronous
gunicorn workers, and asks each page in turn, in rounds, signed in; on the page behind a mail's link it also presses *Send*, each time
with other words, so that each press writes an update. Printed are requests a second and the time within which 95 of 100 were answered,
and the ratios of requests a second to the template page's and to the bare view's in the same round (the middle of the rounds). Ends with
status 1 where a page is under a limit, or answers anything but what it should: 200, and a press the way back to the page.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
ASKERS = 4
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "1.5"))
LIMIT = 0.5
#: A page of 21 forms, each with its choices and its evidence, against one of 100 plain rows: 0.13 was measured.
LIMIT_OF_MANY = 0.1
PEER = "a plain template page of 100 rows"
BARE = "a bare view"
#: How much of the bare view's speed the page behind the link keeps, and a press on it, which writes an update with its audit.
LIMIT_TO_BARE, LIMIT_OF_A_PRESS = 0.07, 0.03


class BenchError(Exception):
    """A page could not be measured; the message says which and why."""


@dataclass
class Page:
    """A page, and what was measured of it: requests a second in each round, and the seconds of each request."""

    name: str
    path: str
    limit: float | None = None
    to_bare: float | None = None
    press: Callable[[], bytes] | None = None
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def right(self) -> int:
        return 302 if self.press else 200

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]


def pages_of(filled: dict[str, str]) -> list[Page]:
    workspace = f"/o/{filled['slug']}/plans/{filled['plan']}/"
    return [
        Page(BARE, "/bench/bare/"),
        Page(PEER, f"/bench/rows/{filled['slug']}/{filled['plan']}/"),
        Page("plan table of 500 actions, first page", workspace, LIMIT),
        Page("action page", f"{workspace}actions/{filled['action']}/", LIMIT),
        Page("coverage matrix", f"{workspace}coverage/", LIMIT),
        Page("answering an e-mail, 21 actions on one page", filled["answers"], LIMIT_OF_MANY),
        Page("answering an e-mail, one action", filled["answer"], LIMIT, LIMIT_TO_BARE),
    ]


def press_of(port: int, page: Page) -> Page:
    """The press on the page behind the link, by whoever has no account: what its form sends, with other words each time."""
    html, cookies = looked_at(port, page.path)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    line = re.search(r'name="send" value="(\d+)"', html)
    if line is None or "key" not in hidden:
        raise BenchError(f"{page.name}: the form is not as it was.")
    prefix, count = f"a{line[1]}", itertools.count(1)
    typed = {**hidden, "send": line[1], "name": "Ann Reed", f"{prefix}-status": "in_progress", f"{prefix}-rag": "green"}

    def press() -> bytes:
        words = {f"{prefix}-text": f"So far {next(count)} are done.", f"{prefix}-submission": str(uuid4())}
        return urlencode(typed | words).encode()

    name = "the same, pressed, which writes an update"
    return Page(name, page.path.partition("?")[0], None, LIMIT_OF_A_PRESS, press, cookies)


def looked_at(port: int, path: str) -> tuple[str, str]:
    """A page as somebody sees it who is not signed in, and the cookies that it sets."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        set_ = (line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or ())
        return answer.read().decode(), "; ".join(set_)
    finally:
        connection.close()


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """A server with a filled database of its own: its port, and what to ask for."""
    environment = {
        **os.environ,
        "DESAGA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.comparison.settings",
        "PYTHONPATH": str(ROOT),
        "DESAGA_ENVIRONMENT": "development",
    }
    environment.pop("DATABASE_URL", None)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.comparison.rows"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            raise BenchError(f"The database could not be filled: {done.stderr.strip().splitlines()[-1:]}")
        with running(environment, folder) as port:
            yield port, json.loads(done.stdout.splitlines()[-1])
    finally:
        subprocess.run([sys.executable, "-m", "desaga.cli", "db", "stop"], cwd=ROOT, env=environment, check=False)


@contextmanager
def running(
    environment: dict[str, str], folder: Path, application: str = "desaga.config.wsgi:application"
) -> Iterator[int]:
    """gunicorn on a free port, from when it answers until it is stopped."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--log-level", "error", "--no-control-socket"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, *words, "--worker-tmp-dir", str(folder)],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise BenchError("The server did not answer.")


def ask(port: int, page: Page, cookie: str) -> tuple[int, float]:
    """One request, on a connection of its own as from a proxy: its status and its seconds."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        if page.press:
            head = {"Cookie": page.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", page.path, body=page.press(), headers=head)
        else:
            connection.request("GET", page.path, headers={"Cookie": cookie, **page.headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - start
    finally:
        connection.close()


def ask_for(page: Page, port: int, cookie: str) -> None:
    """A round: several askers ask the page for a while."""
    times: list[float] = []
    wrong: list[int] = []
    ends = time.perf_counter() + SECONDS

    def keep_asking() -> None:
        while time.perf_counter() < ends:
            status, seconds = ask(port, page, cookie)
            times.append(seconds)
            if status != page.right:
                wrong.append(status)

    start = time.perf_counter()
    askers = [threading.Thread(target=keep_asking) for _ in range(ASKERS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    if wrong:
        raise BenchError(f"{page.name}: answered {wrong[0]} in place of {page.right} at {page.path}")
    page.rates.append(len(times) / (time.perf_counter() - start))
    page.times += times


def measure(folder: Path) -> list[Page]:
    with served(folder) as (port, filled):
        pages = pages_of(filled)
        pages.append(press_of(port, pages[-1]))
        for page in pages:
            for _ in range(3 * WORKERS):
                status, _ = ask(port, page, filled["cookie"])
                if status != page.right:
                    raise BenchError(f"{page.name}: answered {status} in place of {page.right} at {page.path}")
        for _ in range(ROUNDS):
            for page in pages:
                ask_for(page, port, filled["cookie"])
    return pages


def judge(page: Page, peer: Page, bare: Page) -> tuple[str, bool]:
    """The page's line, and whether it keeps its limits."""
    line, good = f"workspace: {page.name}: {page.rate:.0f} requests/s, p95 {page.p95 * 1000:.0f} ms", True
    for other, limit in ((peer, page.limit), (bare, page.to_bare)):
        if other is page or page is bare:
            continue
        ratio = statistics.median(ours / theirs for ours, theirs in zip(page.rates, other.rates, strict=True))
        good = good and (limit is None or ratio >= limit)
        line += f", ratio {ratio:.2f}{f' (limit {limit})' if limit else ''} to {other.name}"
    return line + ("" if good else " UNDER THE LIMIT"), good


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        try:
            pages = measure(Path(folder))
        except BenchError as error:
            print(f"workspace: FAILED: {error}")
            return 1
    peer, bare = (next(page for page in pages if page.name == name) for name in (PEER, BARE))
    passed = True
    for page in pages:
        line, good = judge(page, peer, bare)
        passed = passed and good
        print(line)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
