"""The overview of a panel with 200 applications, each read and scored by three, beside a plain template page of 100 rows; and the same with 5,000.

Run with `.venv/bin/python bench/panel_pages.py`. It fills a database of its own, serves it as `bench/workspace.py` does, and asks in rounds, signed in.
Printed are requests a second, the time within which 95 of 100 were answered, the ratio to the plain page in the same round (the middle of the rounds), and how
many queries each overview takes, which must be as many as are written down here for both. The overview has 100 applications a page. Ends with status 1 where that does not hold.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.workspace import BARE, LIMIT, PEER, ROUNDS, WORKERS, BenchError, Page, ask, ask_for, judge, running  # noqa: E402

#: However many applications there are; `placements/tests/test_overview.py` has the same with one and three.
QUERIES = 17
FEW, MANY = "panel overview, 200 applications", "panel overview, 5,000 applications"


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """A server with a filled database of its own."""
    environment = {
        **os.environ,
        "DESAGA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.comparison.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DESAGA_ENVIRONMENT": "development",
    }
    environment.pop("DATABASE_URL", None)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bench.comparison.panel"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            raise BenchError(f"The database could not be filled: {done.stderr.strip().splitlines()[-1:]}")
        with running(environment, folder) as port:
            yield port, json.loads(done.stdout.splitlines()[-1])
    finally:
        subprocess.run([sys.executable, "-m", "desaga.cli", "db", "stop"], cwd=ROOT, env=environment, check=False)


def measure(folder: Path) -> tuple[list[Page], dict[str, int]]:
    with served(folder) as (port, filled):
        pages = [
            Page(BARE, "/bench/bare/"),
            Page(PEER, f"/bench/rows/{filled['slug']}/{filled['plan']}/"),
            Page(FEW, filled["paths"]["few"], LIMIT),
            Page(MANY, filled["paths"]["many"]),
        ]
        for page in pages:
            for _ in range(3 * WORKERS):
                status, _ = ask(port, page, filled["cookie"])
                if status != page.right:
                    raise BenchError(f"{page.name}: answered {status} at {page.path}")
        for _ in range(ROUNDS):
            for page in pages:
                ask_for(page, port, filled["cookie"])
    return pages, filled["queries"]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        try:
            pages, queries = measure(Path(folder))
        except BenchError as error:
            print(f"panel pages: FAILED: {error}")
            return 1
    bare, peer = pages[:2]
    passed = True
    for page in pages:
        line, good = judge(page, peer, bare)
        passed = passed and good
        print(line.replace("workspace:", "panel pages:"))
    same = queries["few"] == queries["many"] == QUERIES
    told = f"{queries['few']} with 200, {queries['many']} with 5,000"
    print(f"panel pages: queries: {told}{'' if same else f' NOT {QUERIES}'}")
    return 0 if passed and same else 1


if __name__ == "__main__":
    sys.exit(main())
