"""The demo from nothing to a plan on the screen, and back to nothing running."""

import sys

from tools import fresh

DEMO = [sys.executable, "-m", "desaga.cli", "demo"]


def test_demo_serves_the_plans_that_it_read_and_keeps_them(tmp_path):
    folder, port = tmp_path / "demo", fresh.free_port()
    folder.mkdir()
    for _ in ("first", "second"):
        with fresh.serving(DEMO, folder, port, DESAGA_VAR=str(folder / "var")) as printed:
            fresh.look_around(f"http://127.0.0.1:{port}", printed)
            assert fresh.processes_of(folder)
    assert fresh.processes_of(folder) == []
