"""The public's pages: a story and the list of stories, with 100 and with 10,000 of them, beside the page of Wagtail's own starter and a bare view.

Run with `.venv/bin/python bench/website.py`. It fills a database of its own and serves it with two synchronous gunicorn workers; beside it, on the same database server and
with as many workers, runs what `wagtail start` makes: its front page, as a server would serve it (no debugging). Pages are asked for in turn, in rounds, by nobody: as
people ask, when a page that was written is given again until something changes in the database (ADR 0057), and so that it is written anew each time. Printed are requests a second,
the time within which 95 of 100 were answered, and the ratio of requests a second to the starter's in the same round (the middle of the rounds). Ends with status 1 where a page is
under its limit beside the starter, or where it is slower with 10,000 stories than it may be beside itself with 100.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.workspace import BARE, ROUNDS, WORKERS, BenchError, Page, ask, ask_for, running  # noqa: E402

FEW, MANY = 100, 10_000
STARTER = "Wagtail's starter page"
#: Of the starter's speed, which shows one page with no rows of its own; and of its own speed, with a hundred times as many stories.
LIMITS = {"story": 0.5, "list": 0.5, "narrowed": 0.5}
ANEW, LIMITS_ANEW = ", written anew", {"story": 0.05, "list": 0.03, "narrowed": 0.03}
#: Written anew, a list counts all stories and gathers what they can be found by: that grows with them, once for each change.
LIMIT_OF_GROWTH, LIMIT_OF_GROWTH_ANEW = 0.8, 0.4
#: Who says that they hold a page is answered by the page itself.
HOLDS = {"If-None-Match": '"another"'}
SETTINGS = """
from .base import *
DEBUG = False
SECRET_KEY = "for a bench"
ALLOWED_HOSTS = ["*"]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": "starter", "USER": "postgres", "HOST": {host!r}, "PORT": {port!r}, "CONN_MAX_AGE": 60}}}}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE]
WHITENOISE_USE_FINDERS = True
"""


@dataclass
class Seen:
    """One page of one server, in each phase: how many stories there were, and what was measured."""

    name: str
    port: int
    page: Page
    limit: float | None = None
    phases: dict[int, tuple[float, float]] = field(default_factory=dict)
    ratios: dict[int, float] = field(default_factory=dict)


def environment_of(folder: Path) -> dict[str, str]:
    environment = {
        **os.environ,
        "DESAGA_VAR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "bench.comparison.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DESAGA_ENVIRONMENT": "development",
    }
    environment.pop("DATABASE_URL", None)
    return environment


def fill(environment: dict[str, str], number: int) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.comparison.website", str(number)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchError(f"The database could not be filled: {done.stderr.strip().splitlines()[-1:]}")
    addresses: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return addresses


@contextmanager
def starter(folder: Path) -> Iterator[int]:
    """What `wagtail start` makes, served beside ours."""
    import psycopg

    os.environ["DESAGA_VAR"] = str(folder / "var")
    sys.path.insert(0, str(ROOT / "src"))
    from desaga.config import database

    at = psycopg.conninfo.conninfo_to_dict(database.owner_url())
    with psycopg.connect(database.owner_url(), dbname="postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE starter")
    where = folder / "starter"
    where.mkdir()
    subprocess.run(
        [Path(sys.executable).with_name("wagtail"), "start", "starter", where], check=True, capture_output=True
    )
    told = SETTINGS.format(host=at["host"], port=str(at.get("port", "5432")))
    (where / "starter" / "settings" / "bench.py").write_text(told, encoding="utf-8")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "starter.settings.bench", "PYTHONPATH": str(where)}
    migrated = subprocess.run(
        [sys.executable, "manage.py", "migrate"], cwd=where, env=environment, capture_output=True, text=True
    )
    if migrated.returncode:
        raise BenchError(f"The starter could not be made: {migrated.stderr.strip().splitlines()[-1:]}")
    with running(environment, folder, "starter.wsgi:application") as port:
        yield port


def measure(folder: Path) -> list[Seen]:
    environment = environment_of(folder)
    addresses = fill(environment, FEW)
    with running(environment, folder) as ours, starter(folder) as theirs:
        seen = [
            Seen(STARTER, theirs, Page(STARTER, "/")),
            Seen(BARE, ours, Page(BARE, "/bench/bare/")),
            *(Seen(name, ours, Page(name, path), LIMITS[name]) for name, path in addresses.items()),
            *(
                Seen(f"{name}{ANEW}", ours, Page(f"{name}{ANEW}", path, headers=HOLDS), LIMITS_ANEW[name])
                for name, path in addresses.items()
            ),
        ]
        for number in (FEW, MANY):
            if number != FEW:
                fill(environment, number)
            measure_phase(seen, number)
    return seen


def measure_phase(seen: list[Seen], number: int) -> None:
    for one in seen:
        one.page.rates, one.page.times = [], []
        for _ in range(3 * WORKERS):
            status, _ = ask(one.port, one.page, "")
            if status != one.page.right:
                raise BenchError(f"{one.name}: answered {status} at {one.page.path}")
    for _ in range(ROUNDS):
        for one in seen:
            ask_for(one.page, one.port, "")
    peer = seen[0].page.rates
    for one in seen:
        one.phases[number] = (one.page.rate, one.page.p95)
        one.ratios[number] = statistics.median(ours / theirs for ours, theirs in zip(one.page.rates, peer, strict=True))


def judge(one: Seen) -> tuple[list[str], bool]:
    """A page's lines, and whether it keeps its limits."""
    lines, good = [], True
    for number, (rate, p95) in one.phases.items():
        limit = f" (limit {one.limit})" if one.limit else ""
        good = good and (one.limit is None or one.ratios[number] >= one.limit)
        lines.append(f"website: {one.name}, {number:,} stories: {rate:.0f} requests/s, p95 {p95 * 1000:.0f} ms, ratio {one.ratios[number]:.2f}{limit} to {STARTER}")  # fmt: skip
    if one.limit:
        growth = one.ratios[MANY] / one.ratios[FEW]
        least = LIMIT_OF_GROWTH_ANEW if one.name.endswith(ANEW) else LIMIT_OF_GROWTH
        good = good and growth >= least
        lines.append(f"website: {one.name}: with {MANY:,} stories {growth:.2f} of its speed with {FEW} (limit {least})")  # fmt: skip
    return lines, good


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        try:
            seen = measure(Path(folder))
        except BenchError as error:
            print(f"website: FAILED: {error}")
            return 1
        finally:
            subprocess.run([sys.executable, "-m", "desaga.cli", "db", "stop"], cwd=ROOT, env=environment_of(Path(folder)), check=False)  # fmt: skip
    passed = True
    for one in seen:
        lines, good = judge(one)
        passed = passed and good
        print("\n".join(lines) + ("" if good else " UNDER THE LIMIT"))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
