"""A pytest plugin: a run in which anything was skipped has failed.

The one permitted skip is the absence of the seeds (the real documents that the reader is measured on), and only
while they are indeed absent. Use with `pytest -p tools.no_skips`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def seeds_folder() -> Path:
    """Where the real documents are: `DESAGA_SEEDS`, by default `shared/seeds` beside the checkout."""
    return Path(os.environ.get("DESAGA_SEEDS") or ROOT.parent / "shared" / "seeds")


def is_permitted(reason: str) -> bool:
    """Whether a test may be skipped for this reason."""
    return "seeds" in reason.lower() and not seeds_folder().is_dir()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run, naming each test that was skipped without leave."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not is_permitted(reason):
            reporter.write_line(f"Skipped, which is not permitted: {report.nodeid}: {reason}", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
