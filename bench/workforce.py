"""How long an HR extract of 100,000 rows as .csv and one of 50,000 as .xlsx take, and how much memory: beside bare validation with pydantic and COPY.

Run with `.venv/bin/python bench/workforce.py`; `BENCH_ROWS` and `BENCH_XLSX_ROWS` are other numbers, 0 leaves one out. Measured is the second year's file, so that it is compared with
a snapshot of as many. Desaga opens the file, checks every value, compares and says what is wrong; then, asked to load, checks again, seals
and stores. A workbook is opened by a child process; memory is that of both together. Ends with status 1 where validating and loading take over five times
the bare way, or the memory is over 1 GB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGEST_RATIO = 5.0
MOST_MEGABYTES = 1024


def measured(more: dict[str, str]) -> dict[str, float]:
    """What `bench.comparison.extract` says, with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DESAGA_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "desaga.config.settings",
            "DESAGA_ENVIRONMENT": "development",
            **more,
        }
        try:
            for words in (["-m", "desaga.cli", "db", "start"], ["-m", "desaga.cli", "db", "prepare"]):
                subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True)
            done = subprocess.run(
                [sys.executable, "-m", "bench.comparison.extract"],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise SystemExit(f"workforce: FAILED: {done.stderr.strip().splitlines()[-1:]}")
            return json.loads(done.stdout.splitlines()[-1])
        finally:
            stop = [sys.executable, "-m", "desaga.cli", "db", "stop"]
            subprocess.run(stop, cwd=ROOT, env=environment, check=False)


def measured_workbook(rows: int) -> dict[str, float]:
    """The same of workbooks, which are made by another process, so that their making is not measured."""
    with tempfile.TemporaryDirectory() as folder:
        told = [
            "--seed",
            "7",
            "--people",
            str(int(rows * 0.87)),
            "--years",
            "2",
            "--layout",
            "hesa",
            "--format",
            "xlsx",
        ]
        make = [sys.executable, "-m", "desaga.cli", "make-extract", *told, "--out", folder]
        subprocess.run(make, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return measured({"BENCH_FILES": folder})


def judged(what: str, told: dict[str, float]) -> bool:
    """Prints what was measured, and says whether a limit was broken."""
    bare = told["validated"] + told["copied"]
    whole, memory = told["read"] + told["loaded"], told["rss"] + told["child"]
    ratio = whole / bare
    print(
        f"workforce, {what}: {told['rows']:,} rows, {told['people']:,} people; bare pydantic {told['validated']:.1f} s, COPY {told['copied']:.1f} s"
    )
    print(f"workforce, {what}: dry run before it: {told['checked']:.1f} s (limit {LARGEST_RATIO:.0f} times bare)")
    print(
        f"workforce, {what}: read {told['read']:.1f} s, validated and loaded {told['loaded']:.1f} s: together {ratio:.1f} times bare"
        f" (limit {LARGEST_RATIO:.0f}); {told['rss']:.0f} MB and {told['child']:.0f} MB in a child (limit {MOST_MEGABYTES} together)",
        flush=True,
    )
    return ratio > LARGEST_RATIO or told["checked"] > LARGEST_RATIO * bare or memory > MOST_MEGABYTES


def main() -> int:
    status = False
    if rows := int(os.environ.get("BENCH_ROWS", "100000")):
        status |= judged(".csv", measured({"BENCH_ROWS": str(rows)}))
    if rows := int(os.environ.get("BENCH_XLSX_ROWS", "50000")):
        status |= judged(".xlsx", measured_workbook(rows))
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
