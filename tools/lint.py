"""Run the house's own linters over every text file of the repository.

    .venv/bin/python -m tools.lint

Each linter in `tools/house_lint` has one function, `problems(files)`, which takes {path: text} and yields
"path:line: what is wrong and what to do". Exit code 1 where any has something to say.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.house_lint import counts, days, docs, layout, machine, scopes, seeds, spelling, templates, views

ROOT = Path(__file__).resolve().parent.parent
LINTERS = (counts, days, docs, layout, machine, scopes, seeds, spelling, templates, views)


def text_files(root: Path) -> dict[str, str]:
    """Path to text of all that git tracks or would track; files that are not text are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    files = {}
    for name in sorted(listed.stdout.decode().split("\0")):
        if not name or not (root / name).is_file():
            continue
        try:
            files[name] = (root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return files


def main() -> int:
    """The number of the shell: 0 where the house is in order."""
    files = text_files(ROOT)
    found = [problem for linter in LINTERS for problem in linter.problems(files)]
    print("\n".join(found) if found else f"{len(LINTERS)} linters, {len(files)} files, nothing to say.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
