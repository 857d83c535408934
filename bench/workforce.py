"""How long HR extracts of 100,000 rows take, as .csv, as .csv near the size that is taken, and as .xlsx, and how much memory: beside bare validation with pydantic and COPY.

Run with `.venv/bin/python bench/workforce.py`; `BENCH_ROWS`, `BENCH_WIDE_ROWS` and `BENCH_XLSX_ROWS` are other numbers, 0 leaves one out. Measured is the second year's file, so that it is compared with
a snapshot of as many. Desaga opens the file, checks every value, compares and says what is wrong; then, asked to load, checks again, seals
and stores. A workbook is opened by a child process; memory is the most that both held at one time. Ends with status 1 where all of it together, reading, dry run and loading, takes over five times
the bare way, which validates once, or the memory is over 1 GB.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LARGEST_RATIO = 5.0
MOST_MEGABYTES = 1024
#: A hundred thousand such rows are just under what is taken (`handing.LARGEST_EXTRACT`); an added column has so many bytes.
WIDE_BYTES, OTHER_BYTES = 600, 21


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


def measured_files(rows: int, format: str, *, size: int = 0) -> dict[str, float]:
    """The same of files, which are made by another process, so that their making is not measured; with rows of so many bytes, if told."""
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
            format,
        ]
        make = [sys.executable, "-m", "desaga.cli", "make-extract", *told, "--out", folder]
        subprocess.run(make, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for path in Path(folder).iterdir() if size else ():
            widen(path, size)
        megabytes = max(path.stat().st_size for path in Path(folder).iterdir()) / 1024**2
        return {**measured({"BENCH_FILES": folder}), "megabytes": megabytes}


def widen(path: Path, size: int) -> None:
    """Add columns that Desaga leaves out, as real extracts have them, until a row has so many bytes; each value is another."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    more = range((size - len(",".join(rows[0]))) // OTHER_BYTES)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*heads, *(f"Other {n}" for n in more)])
        writer.writerows([*row, *(f"{at * 1_000_003 + n:020d}" for n in more)] for at, row in enumerate(rows))


def judged(what: str, told: dict[str, float]) -> bool:
    """Prints what was measured, and says whether a limit was broken."""
    bare = told["validated"] + told["copied"]
    whole, memory = told["read"] + told["checked"] + told["loaded"], max(told["alone"], told["together"])
    ratio = whole / bare
    print(
        f"workforce, {what}: {told['rows']:,} rows, {told['megabytes']:.0f} MB, {told['people']:,} people; bare pydantic {told['validated']:.1f} s, COPY {told['copied']:.1f} s"
    )
    print(
        f"workforce, {what}: read {told['read']:.1f} s, dry run {told['checked']:.1f} s, validated again and loaded {told['loaded']:.1f} s:"
        f" together {ratio:.1f} times bare (limit {LARGEST_RATIO:.0f}); {told['alone']:.0f} MB, with a child that opens the file {told['together']:.0f} (limit {MOST_MEGABYTES})",
        flush=True,
    )
    return ratio > LARGEST_RATIO or memory > MOST_MEGABYTES


def main() -> int:
    status = False
    if rows := int(os.environ.get("BENCH_ROWS", "100000")):
        status |= judged(".csv", measured_files(rows, "csv"))
    if rows := int(os.environ.get("BENCH_WIDE_ROWS", "100000")):
        status |= judged("wide .csv", measured_files(rows, "csv", size=WIDE_BYTES))
    if rows := int(os.environ.get("BENCH_XLSX_ROWS", "100000")):
        status |= judged(".xlsx", measured_files(rows, "xlsx"))
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
