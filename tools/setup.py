"""Make everything that Desaga needs, and nothing twice: environment, assets, and what only Debian's packages give.

Runs on the machine's own Python 3.11 or later with the standard library alone, because it is what makes the rest.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
UV = "0.13.9"

PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class SetupError(Exception):
    """Setting up cannot go on; `str(error)` says what to do about it."""


def run(*words: str | Path, **environment: str) -> None:
    """Run a command in the checkout and show it; raise SetupError where it fails."""
    line = " ".join(Path(word).name if isinstance(word, Path) else word for word in words)
    print(f"  {line}", flush=True)
    done = subprocess.run([str(word) for word in words], cwd=ROOT, env=os.environ | environment, check=False)
    if done.returncode:
        raise SetupError(f"“{line}” failed; what it printed is above.")


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over the files' names and contents; folders are read to the bottom."""
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def once(stamp: Path, inputs: Iterable[Path], made: Path, make: Callable[[], None]) -> bool:
    """Call `make` unless `stamp` says that `made` came from just these inputs. Says whether it was called."""
    wanted = fingerprint(inputs)
    if made.exists() and stamp.exists() and stamp.read_text() == wanted:
        return False
    make()
    stamp.write_text(wanted)
    return True


def make_environment() -> None:
    """`.venv` with pip, made by the Python that runs this file."""
    if (VENV / "bin" / "pip").exists():
        return
    if not _has_ensurepip() and not install_packages(["python3-venv"]):
        raise SetupError("Python's venv module is missing: sudo apt-get install python3-venv")
    run(sys.executable, "-m", "venv", "--clear", ".venv")


def _has_ensurepip() -> bool:
    probe = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def install_python_packages() -> None:
    """Everything in `uv.lock`, through the one version of uv that Desaga is built with."""
    python, uv = VENV / "bin" / "python", VENV / "bin" / "uv"
    if not uv.exists() or f"uv {UV} " not in _said(uv, "--version") + " ":
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"uv=={UV}")
    run(uv, "sync", "--locked", "--quiet", UV_PYTHON_DOWNLOADS="never", VIRTUAL_ENV=str(VENV))


def _said(*words: str | Path) -> str:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False).stdout.strip()


def install_node_packages() -> None:
    """What `package-lock.json` lists, by the npm and the node that came with the environment."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    run(VENV / "bin" / "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", PATH=path)


def build_assets() -> None:
    """Styles, type and scripts, from `src/desaga/ui/assets` into the folder that is served."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    run(VENV / "bin" / "python", "tools/build_assets.py", PATH=path)


def missing_pdf_packages() -> list[str]:
    """Debian's names of the libraries that setting PDFs needs and that this machine does not have."""
    return [package for library, package in PDF_LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_browser() -> list[str]:
    """`["chromium"]` where the journeys would find no browser."""
    found = os.environ.get("CHROMIUM") or any(shutil.which(name) for name in BROWSERS)
    return [] if found else ["chromium"]


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages as root or through sudo without a password; False where neither may be."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and (not shutil.which("sudo") or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode):
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(*sudo, "apt-get", "update", "-qq", **quiet)
        run(*sudo, "apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages, **quiet)
    except SetupError:
        return False
    return True


def install_from_debian(*, browser: bool) -> None:
    """What no Python or npm package brings; where it may not be installed, one line says what to do."""
    for packages, purpose in (
        (missing_pdf_packages(), "PDF files"),
        (missing_browser() if browser else [], "the journeys in a browser"),
    ):
        if packages and not install_packages(packages):
            print(f"For {purpose}, install: sudo apt-get install {' '.join(packages)}")


def setup(*, browser: bool) -> None:
    """Bring the checkout to where `desaga demo`, or with `browser` the tests, can run."""
    make_environment()
    stamps = VENV / "stamps"
    stamps.mkdir(exist_ok=True)
    once(
        stamps / "python", [ROOT / "pyproject.toml", ROOT / "uv.lock"], VENV / "bin" / "desaga", install_python_packages
    )
    lock = [ROOT / "package.json", ROOT / "package-lock.json"]
    once(stamps / "node", lock, ROOT / "node_modules", install_node_packages)
    ui = ROOT / "src" / "desaga" / "ui"
    sources = [*lock, ROOT / "tools" / "build_assets.py", ui / "assets"]
    once(stamps / "assets", sources, ui / "static" / "ui" / "build", build_assets)
    install_from_debian(browser=browser)


def main() -> int:
    """0 when all is there, 1 with a sentence when it cannot be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--browser", action="store_true", help="also a browser, for the journeys and screenshots")
    started = time.monotonic()
    try:
        setup(browser=parser.parse_args().browser)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    if time.monotonic() - started > 5:
        print(f"Set up in {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
