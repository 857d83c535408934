"""The demo from nothing to a plan on the screen, and back to nothing running."""

import sys
import tempfile
from pathlib import Path

import pytest

from tools import fresh

DEMO = [sys.executable, "-m", "desaga.cli", "demo"]


@pytest.fixture
def folder():
    """A folder that the database's own user may reach; pytest closes its own to other users whenever one starts."""
    with tempfile.TemporaryDirectory(prefix="desaga-demo-", ignore_cleanup_errors=True) as path:
        yield Path(path) / "demo"


def test_demo_serves_the_plans_that_it_read_and_keeps_them(folder):
    folder.mkdir()
    port = fresh.free_port()
    for _ in ("first", "second"):
        with fresh.serving(DEMO, folder, port, DESAGA_VAR=str(folder / "var")) as printed:
            fresh.look_around(f"http://127.0.0.1:{port}", printed)
            assert fresh.processes_of(folder)
    assert fresh.processes_of(folder) == []
