"""What `make fresh` tries is what the README says."""

from tools import fresh


def test_readme_has_two_commands():
    assert fresh.commands_of((fresh.ROOT / "README.md").read_text(encoding="utf-8")) == [
        ["make", "demo"],
        ["make", "test"],
    ]


def test_commands_of_drops_comments_and_other_blocks():
    assert fresh.commands_of("x\n```sh\nmake a   # first\n\nmake b\n```\n```sh\nmake c\n```") == [
        ["make", "a"],
        ["make", "b"],
    ]


def test_environment_is_a_strangers(monkeypatch):
    monkeypatch.setenv("DESAGA_SEEDS", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    monkeypatch.setenv("KEPT", "x")
    seen = fresh.environment(8123)
    assert (seen["PORT"], seen["KEPT"], "DESAGA_SEEDS" in seen, "DATABASE_URL" in seen) == ("8123", "x", False, False)
