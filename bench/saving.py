"""200 applicants who all write at once, 60 savings each, over HTTP against the page; beside as many who ask a bare view.

Run with `.venv/bin/python bench/saving.py`; `BENCH_APPLICANTS` and `BENCH_SAVES` are other numbers. It fills a database of its own and serves it with
two synchronous gunicorn workers, as `bench/workspace.py` does. Each applicant is signed in, opens the page, and sends what the page sends by itself
while somebody types: its token, its number, the mark of what it was given, the time; and takes the marks from the answer. All 200 have a saving on its way at
any moment, each on a connection of its own as from a proxy. Every tenth is sent twice: the first time nobody waits for the answer, as where the link is lost. Then it is looked at what
stands. Ends with status 1 where an answer is lost, doubled or another's, where the page says anything but that it is saved, or where saving is slower beside the bare view than its limit.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.comparison.saving import QUESTIONS, key_of, said  # noqa: E402
from bench.workspace import WORKERS, BenchError, running  # noqa: E402

APPLICANTS = int(os.environ.get("BENCH_APPLICANTS", "200"))
SAVES = int(os.environ.get("BENCH_SAVES", "60"))
#: Every so many savings the answer is lost on the way, and the page sends the same once more.
LOST = 10
#: So often each asks the bare view.
BARE_EACH = max(SAVES // 4, 1)
#: How much of the bare view's speed saving keeps at least: it finds the application, locks, compares, writes and commits.
LIMIT_TO_BARE = 0.12
#: Nobody waits longer for an answer.
PATIENCE = 120


class Asker:
    """One applicant with the page open, and how long each saving took them."""

    def __init__(self, port: int, told: dict[str, str]) -> None:
        self.port, self.told, self.cookie = port, told, told["cookie"]
        self.form: dict[str, str] = {}
        self.times: list[float] = []

    def open_page(self) -> None:
        status, words, set_ = self.ask("GET", self.told["page"])
        hidden = {
            name: value
            for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", words)
            for name, value in re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', tag)
        }
        if status != 200 or not {"csrfmiddlewaretoken", "page", *(f"mark_{one}" for one in QUESTIONS)} <= set(hidden):
            raise BenchError(f"The page is not as it was: {status} at {self.told['page']}")
        self.form, self.cookie = hidden, "; ".join([self.told["cookie"], *set_])

    def save(self, number: int) -> None:
        """One saving as the page sends it; twice where the answer is lost."""
        key = key_of(number)
        body = urlencode(
            {
                "csrfmiddlewaretoken": self.form["csrfmiddlewaretoken"],
                "page": self.form["page"],
                "at": datetime.now(UTC).isoformat(),
                "changed": key,
                f"mark_{key}": self.form[f"mark_{key}"],
                key: said(self.told["reference"], number),
            }
        )
        if number % LOST == 0:
            self.ask("POST", self.told["save"], body, waits=False)
        began = time.perf_counter()
        status, words, _ = self.ask("POST", self.told["save"], body)
        self.times.append(time.perf_counter() - began)
        answer = json.loads(words) if status == 200 else {}
        if not answer.get("saved") or answer["elsewhere"]:
            raise BenchError(f"A saving was answered {status}: {words[:200]}")
        self.form[f"mark_{key}"] = answer["marks"][key]

    def save_all(self) -> None:
        for number in range(SAVES):
            self.save(number)

    def ask_bare(self) -> None:
        for _ in range(BARE_EACH):
            if self.ask("GET", "/bench/bare/")[0] != 200:
                raise BenchError("The bare view did not answer.")

    def ask(self, method: str, path: str, body: str = "", *, waits: bool = True) -> tuple[int, str, list[str]]:
        """Status, what was answered, and the cookies that it sets; nothing where nobody waits."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        head = {"Cookie": self.cookie}
        if method == "POST":
            head["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=body or None, headers=head)
            if not waits:
                return 0, "", []
            answer = connection.getresponse()
            set_ = [line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or ()]
            return answer.status, answer.read().decode(), set_
        finally:
            connection.close()


def all_at_once(askers: list[Asker], do: Callable[[Asker], None]) -> float:
    """Each on a thread of their own, from the same moment on: seconds until the last has done."""
    ready = threading.Barrier(len(askers) + 1)

    def begin(asker: Asker) -> None:
        ready.wait()
        do(asker)

    with ThreadPoolExecutor(len(askers)) as threads:
        waiting = [threads.submit(begin, asker) for asker in askers]
        ready.wait()
        began = time.perf_counter()
        for one in waiting:
            one.result()
        return time.perf_counter() - began


def program(environment: dict[str, str], *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.comparison.saving", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchError(f"{words[0]}: {done.stderr.strip().splitlines()[-1:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def measure(folder: Path) -> tuple[list[Asker], float, float, dict[str, int]]:
    """The askers with their times, seconds of all savings and of all bare requests, and what was lost or doubled."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DESAGA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.comparison.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DESAGA_ENVIRONMENT": "development",
    }
    try:
        filled = program(environment, "fill", str(APPLICANTS))
        with running(environment, folder) as port:
            askers = [Asker(port, told) for told in filled["applicants"]]
            all_at_once(askers, Asker.open_page)
            bare = all_at_once(askers, Asker.ask_bare)
            seconds = all_at_once(askers, Asker.save_all)
        return askers, seconds, bare, program(environment, "check", str(SAVES))
    finally:
        subprocess.run([sys.executable, "-m", "desaga.cli", "db", "stop"], cwd=ROOT, env=environment, check=False)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        try:
            askers, seconds, bare_seconds, told = measure(Path(folder))
        except BenchError as error:
            print(f"saving: FAILED: {error}")
            return 1
    times = sorted(one for asker in askers for one in asker.times)
    rate, bare = len(times) / seconds, APPLICANTS * BARE_EACH / bare_seconds
    slow = rate / bare < LIMIT_TO_BARE
    print(
        f"saving: {APPLICANTS} applicants at once over HTTP, {WORKERS} workers, {SAVES} savings each and every tenth twice: {len(times):,} answered in {seconds:.0f} s,"
        f" {rate:.0f} a second, p95 {times[int(len(times) * 0.95)]:.1f} s; a bare view asked by as many: {bare:.0f} a second, ratio {rate / bare:.2f} (limit {LIMIT_TO_BARE}){' UNDER THE LIMIT' if slow else ''}"
    )
    print(f"saving: lost {told['lost']}, doubled or another’s {told['doubled']}")
    return 1 if slow or told["lost"] or told["doubled"] else 0


if __name__ == "__main__":
    sys.exit(main())
