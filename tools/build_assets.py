"""Build what the browser gets: `src/desaga/ui/assets` to `src/desaga/ui/static/ui/build`, and say how large it is.

Needs `node_modules` (npm ci, see tools/setup.py) and the node that came with the environment.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "src" / "desaga" / "ui" / "assets"
BUILD = ROOT / "src" / "desaga" / "ui" / "static" / "ui" / "build"


def node() -> str:
    """The node beside this Python, else the one on the PATH."""
    beside = Path(sys.executable).parent / "node"
    return str(beside) if beside.exists() else shutil.which("node") or "node"


def compressed_sizes(folder: Path) -> dict[str, int]:
    """Bytes after gzip of each stylesheet and script that was built, by file name."""
    built = [path for path in sorted(folder.iterdir()) if path.suffix in {".css", ".js"}]
    return {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in built}


def main() -> int:
    """0 when everything was built; node's own code and words where not."""
    shutil.rmtree(BUILD, ignore_errors=True)
    (BUILD / "fonts").mkdir(parents=True)
    done = subprocess.run([node(), str(ASSETS / "build.mjs"), str(BUILD)], cwd=ROOT, check=False)
    if done.returncode:
        print("The assets could not be built; what node said is above.", file=sys.stderr)
        return done.returncode
    sizes = compressed_sizes(BUILD)
    print("  " + ", ".join(f"{name} {size / 1000:.1f} kB" for name, size in sizes.items()) + " (gzipped)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
