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


def compress(folder: Path) -> dict[str, int]:
    """Put the compressed file beside each stylesheet and script that was built: servers send that. Answers its bytes by file name."""
    sizes = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in {".css", ".js"}:
            content = gzip.compress(path.read_bytes(), 9, mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(content)
            sizes[path.name] = len(content)
    return sizes


def main() -> int:
    """0 when everything was built; node's own code and words where not."""
    shutil.rmtree(BUILD, ignore_errors=True)
    (BUILD / "fonts").mkdir(parents=True)
    done = subprocess.run([node(), str(ASSETS / "build.mjs"), str(BUILD)], cwd=ROOT, check=False)
    if done.returncode:
        print("The assets could not be built; what node said is above.", file=sys.stderr)
        return done.returncode
    sizes = compress(BUILD)
    print("  " + ", ".join(f"{name} {size / 1000:.1f} kB" for name, size in sizes.items()) + " (gzipped)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
