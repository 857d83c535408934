"""Lighthouse over the demo's public pages, one of each kind, beside the page of Wagtail's own starter.

Run with `.venv/bin/python bench/lighthouse.py`. It installs Lighthouse from `bench/lighthouse/`, loads the demo into a database of its own, and
serves it as an operator would: styles and scripts collected, packed and named by what is in them. Each kind of page is looked at once for
accessibility, best practices and search engines, as on a telephone. Performance is the median of five looks, for the pages that most people come
to, and for the starter's page in turn with them. Ends with status 1 where a score is under 95, or performance under that of the starter by more
than `MAY_BE_UNDER` points.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.website import STARTER, environment_of, starter  # noqa: E402
from bench.workspace import BenchError, running  # noqa: E402

TOOL = ROOT / "bench" / "lighthouse"
HERE = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROME = ["--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SCORES = ("accessibility", "best-practices", "seo")
LOOKS = int(os.environ.get("BENCH_ROUNDS", "5"))
LEAST = 95
#: In points of a hundred. The starter's page has a drawing and two lines of text; ours have photographs and type of our own.
MAY_BE_UNDER = 5
#: Whose speed is measured, by kind of page.
COME_TO = ("national front page", "stories", "story", "360-degree scene")


def installed() -> Path:
    """The tool, as its lock file says."""
    script = TOOL / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not script.exists():
        path = f"{HERE}{os.pathsep}{os.environ.get('PATH', '')}"
        words = [str(HERE / "npm"), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(words, cwd=TOOL, env={**os.environ, "PATH": path}, check=False)
        if done.returncode:
            raise BenchError("Lighthouse could not be installed: run `npm ci` in bench/lighthouse and read what it says.")  # fmt: skip
    return script


def looked_at(script: Path, address: str, categories: tuple[str, ...], again: int = 2) -> dict[str, Any]:
    """Lighthouse's report on an address. Where the browser lost its trace, which says nothing of the page, it looks again."""
    chrome = next((path for one in BROWSERS if (path := shutil.which(one))), "")
    if not chrome:
        raise BenchError("No browser: make setup-browser")
    words = [f"--only-categories={','.join(categories)}", "--output=json", "--quiet", f"--chrome-flags={' '.join(CHROME)}"]  # fmt: skip
    done = subprocess.run(
        [str(HERE / "node"), str(script), address, *words],
        env={**os.environ, "CHROME_PATH": chrome},
        capture_output=True,
        text=True,
        timeout=180,
    )
    if done.returncode and again and "NO_NAVSTART" in done.stderr:
        return looked_at(script, address, categories, again - 1)
    if done.returncode:
        raise BenchError(f"{address}: {done.stderr.strip()[-400:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def score(report: Mapping[str, Any], category: str) -> int:
    """Of a hundred."""
    return round((report["categories"][category]["score"] or 0) * 100)


def faults(report: Mapping[str, Any], category: str) -> list[str]:
    """The names of the audits that took points away."""
    counted = {one["id"] for one in report["categories"][category]["auditRefs"] if one["weight"]}
    return sorted(one for one in counted if (report["audits"][one]["score"] or 0) < 1 and report["audits"][one]["scoreDisplayMode"] in ("binary", "numeric", "metricSavings"))  # fmt: skip


def judge_kinds(script: Path, port: int, addresses: Mapping[str, str]) -> bool:
    """Every kind of page once; prints a line each."""
    good = True
    for kind, path in addresses.items():
        report = looked_at(script, f"http://127.0.0.1:{port}{path}", SCORES)
        found = {one: score(report, one) for one in SCORES}
        kept = min(found.values()) >= LEAST
        good = good and kept
        lost = [fault for one in SCORES for fault in faults(report, one)]
        told = ", ".join(f"{name} {points}" for name, points in found.items())
        print(f"lighthouse: {kind}: {told} (limit {LEAST}){' UNDER THE LIMIT' if not kept else ''}{' for ' + ', '.join(lost) if lost else ''}", flush=True)  # fmt: skip
    return good


def judge_speed(script: Path, places: Mapping[str, str]) -> bool:
    """Performance of each place, and of the starter, in turn; prints a line each."""
    found: dict[str, list[int]] = {name: [] for name in places}
    for _ in range(LOOKS):
        for name, address in places.items():
            found[name].append(score(looked_at(script, address, ("performance",)), "performance"))
    medians = {name: statistics.median(points) for name, points in found.items()}
    good = True
    for name, median in medians.items():
        kept = median >= medians[STARTER] - MAY_BE_UNDER
        good = good and kept
        print(f"lighthouse: {name}: performance {median:.0f}, of {found[name]}; {STARTER} {medians[STARTER]:.0f}{'' if kept else ' UNDER THE LIMIT'}")  # fmt: skip
    return good


def prepared(environment: Mapping[str, str]) -> dict[str, str]:
    """The demo's data and the files that pages ask for; answers the addresses by kind of page."""
    for words in (["-m", "desaga.cli", "manage", "collectstatic", "--noinput", "-v0"], ["-m", "bench.comparison.lighthouse"]):  # fmt: skip
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=dict(environment), capture_output=True, text=True)
        if done.returncode:
            raise BenchError(f"{words[1]}: {done.stderr.strip()[-600:]}")
    addresses: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return addresses


def measure(folder: Path) -> bool:
    script = installed()
    environment = {**environment_of(folder), "DJANGO_SETTINGS_MODULE": "bench.comparison.packed", "DEMO": "1"}
    addresses = prepared(environment)
    with running(environment, folder) as port, starter(folder) as theirs:
        good = judge_kinds(script, port, addresses)
        ours = {kind: f"http://127.0.0.1:{port}{addresses[kind]}" for kind in COME_TO}
        return judge_speed(script, {STARTER: f"http://127.0.0.1:{theirs}/", **ours}) and good


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        try:
            return 0 if measure(Path(folder)) else 1
        except BenchError as error:
            print(f"lighthouse: FAILED: {error}")
            return 1
        finally:
            subprocess.run([sys.executable, "-m", "desaga.cli", "db", "stop"], cwd=ROOT, env=environment_of(Path(folder)), check=False)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
