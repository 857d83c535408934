"""A skipped test fails the run, unless the seeds are what is missing."""

import pytest

from tools.no_skips import is_permitted

pytest_plugins = ["pytester"]


@pytest.mark.parametrize(
    ("present", "reason", "expected"),
    [
        (False, "The seeds are absent (DESAGA_SEEDS).", True),
        (True, "The seeds are absent (DESAGA_SEEDS).", False),
        (False, "no browser here", False),
    ],
)
def test_is_permitted_knows_one_reason_only(tmp_path, monkeypatch, present, reason, expected):
    monkeypatch.setenv("DESAGA_SEEDS", str(tmp_path if present else tmp_path / "nowhere"))
    assert is_permitted(reason) is expected


@pytest.mark.parametrize(("body", "code"), [("pytest.skip('not today')", 1), ("assert True", 0)])
def test_run_fails_where_a_test_was_skipped(pytester, body, code):
    pytester.makepyfile(f"import pytest\ndef test_something(): {body}")
    assert pytester.runpytest_inprocess("-p", "tools.no_skips", "-p", "no:django").ret == code
