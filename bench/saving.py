"""200 applicants who all write at once, 60 savings each, of which every tenth is sent twice; beside as many threads that each update one bare row.

Run with `.venv/bin/python bench/saving.py`; `BENCH_APPLICANTS` and `BENCH_SAVES` are other numbers. A saving is what the page does while somebody
types: the standing told, the application found, locked, compared, written, committed; a bare one is an UPDATE of one row by its number, committed.
Ends with status 1 where an answer is lost, doubled or another's, or where saving is slower beside the bare update than its limit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPLICANTS = int(os.environ.get("BENCH_APPLICANTS", "200"))
SAVES = int(os.environ.get("BENCH_SAVES", "60"))
#: How much of the bare update's speed saving keeps at least: it is eight statements, not one, and Python between them.
LIMIT_TO_BARE = 0.05


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DESAGA_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "desaga.config.settings",
            "DESAGA_ENVIRONMENT": "development",
            "BENCH_APPLICANTS": str(APPLICANTS),
            "BENCH_SAVES": str(SAVES),
        }
        try:
            words = [sys.executable, "-m", "bench.comparison.saving"]
            done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
            if done.returncode:
                print(f"saving: FAILED: {done.stderr.strip().splitlines()[-1:]}")
                return 1
            told = json.loads(done.stdout.splitlines()[-1])
        finally:
            stop = [sys.executable, "-m", "desaga.cli", "db", "stop"]
            subprocess.run(stop, cwd=ROOT, env=environment, check=False)
    rate, bare = told["saves"] / told["seconds"], told["bare_saves"] / told["bare_seconds"]
    slow = rate / bare < LIMIT_TO_BARE
    print(
        f"saving: {APPLICANTS} applicants at once, {SAVES} savings each and every tenth twice: {told['saves']:,} in {told['seconds']:.0f} s,"
        f" {rate:.0f} a second; a bare UPDATE: {bare:.0f} a second, ratio {rate / bare:.2f} (limit {LIMIT_TO_BARE}){' UNDER THE LIMIT' if slow else ''}"
    )
    print(f"saving: lost {told['lost']}, doubled or another’s {told['doubled']}")
    return 1 if slow or told["lost"] or told["doubled"] else 0


if __name__ == "__main__":
    sys.exit(main())
