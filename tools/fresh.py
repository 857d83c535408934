"""Prove the README on a clone: serve the demo elsewhere, sign in, look at a plan, stop, start again, run the tests.

    make fresh

What is not committed is not there, which is the point. Uses the standard library alone.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MINUTES_TO_SERVE = 20
MINUTES_TO_TEST = 40
# A stranger's machine has none of our settings.
OURS = ("DESAGA_", "DATABASE_", "VIRTUAL_ENV", "PYTHONPATH", "UV_", "DJANGO_", "MAKE", "MFLAGS")


class NotFresh(Exception):
    """What the README promises did not happen; the message says what."""


def commands_of(readme: str) -> list[list[str]]:
    """The commands of the README's first shell block, without their comments."""
    block = re.search(r"```sh\n(.*?)```", readme, re.S)
    lines = block.group(1).splitlines() if block else []
    commands = [shlex.split(line, comments=True) for line in lines]
    return [words for words in commands if words]


def environment(port: int) -> dict[str, str]:
    """The machine's environment less what is ours, with the port to serve on."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | {"PORT": str(port)}


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def clone() -> Iterator[Path]:
    """HEAD in a folder of its own, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="desaga-fresh-"))
    try:
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder / "desaga")], check=True)
        yield folder / "desaga"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(words: list[str], folder: Path, port: int, **more: str) -> Iterator[str]:
    """The demo while it runs; gives what it printed up to its address. Afterwards nothing of it may be left.

    `more` is added to the environment; what runs from `folder`, or names it, counts as the demo's.
    """
    log = folder.parent / "demo.log"
    with log.open("wb") as output:
        demo = subprocess.Popen(
            words,
            cwd=folder,
            env=environment(port) | more,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _wait_for_address(demo, log)
    finally:
        demo.send_signal(signal.SIGTERM)
        try:
            demo.wait(timeout=60)
        except subprocess.TimeoutExpired:
            demo.kill()
            raise NotFresh("The demo did not stop within a minute of SIGTERM.") from None
    _refuse_leftovers(folder, port)


def _wait_for_address(demo: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 60 * MINUTES_TO_SERVE
    while time.monotonic() < deadline:
        text = log.read_text(errors="replace")
        if "Ctrl-C stops everything" in text:
            return text
        if demo.poll() is not None:
            raise NotFresh(f"The demo ended by itself:\n{text}")
        time.sleep(0.2)
    raise NotFresh(f"No address within {MINUTES_TO_SERVE} minutes:\n{log.read_text(errors='replace')}")


def _refuse_leftovers(folder: Path, port: int) -> None:
    deadline = time.monotonic() + 10
    while left := processes_of(folder):
        if time.monotonic() > deadline:
            raise NotFresh(f"Still running after the demo stopped: {'; '.join(left)}")
        time.sleep(0.2)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise NotFresh(f"Something still listens on port {port}.")


def processes_of(folder: Path) -> list[str]:
    """The command lines of processes that were started from the folder (Linux; elsewhere none are seen)."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line:
            found.append(line.strip())
    return found


class Visitor:
    """A browser without a screen: keeps cookies, follows redirects, fills in one form."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        fields["csrfmiddlewaretoken"] = token.group(1) if token else ""
        request = urllib.request.Request(
            self.address + path, urllib.parse.urlencode(fields).encode(), {"Referer": self.address + path}
        )
        with self.opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())


def look_around(address: str, printed: str) -> None:
    """Sign in with what the demo printed, and find an action of a plan that was read from the workbook."""
    sign_in = re.search(r"(lead@\S+)\s+(\S+)", printed)
    if not sign_in:
        raise NotFresh(f"The demo printed no sign-in for a lead:\n{printed}")
    visitor = Visitor(address)
    path = re.search(r'href="(/account/[^"]*login[^"]*|/account/[^"]*sign-in[^"]*)"', visitor.get("/"))
    visitor.post(path.group(1) if path else "/account/login/", login=sign_in.group(1), password=sign_in.group(2))
    plans = visitor.get("/o/wexcombe/plans/")
    addresses = sorted(set(re.findall(r'href="(/o/wexcombe/plans/\d+/)"', plans)))
    if not any("VIS-1" in visitor.get(plan) for plan in addresses):
        raise NotFresh(f"No plan among {addresses} shows the action VIS-1.")


def timed(what: str, started: float) -> None:
    """Say how long something took."""
    print(f"  {time.monotonic() - started:6.1f} s  {what}", flush=True)


def main() -> int:
    """0 where a stranger would have found what the README promises."""
    if subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, check=True).stdout:
        print("Note: what is not committed is not tried.")
    try:
        with clone() as folder:
            serve, test = commands_of((folder / "README.md").read_text(encoding="utf-8"))
            _try(folder, serve, test)
    except NotFresh as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _try(folder: Path, serve: list[str], test: list[str]) -> None:
    port = free_port()
    for what in ("the first time", "the second time"):
        started = time.monotonic()
        with serving(serve, folder, port) as printed:
            timed(f"{shlex.join(serve)}, {what}, to its address", started)
            look_around(f"http://127.0.0.1:{port}", printed)
            timed("and signed in, and saw the plan", started)
            started = time.monotonic()
        timed("to stop everything", started)
    started = time.monotonic()
    seeds = {"DESAGA_SEEDS": os.environ.get("DESAGA_SEEDS") or str(ROOT.parent / "shared" / "seeds")}
    done = subprocess.run(test, cwd=folder, env=environment(port) | seeds, timeout=60 * MINUTES_TO_TEST, check=False)
    if done.returncode:
        raise NotFresh(f"“{shlex.join(test)}” failed.")
    timed(shlex.join(test), started)


if __name__ == "__main__":
    sys.exit(main())
