"""Reading in a process of its own."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path
from typing import Any

import pytest

from desaga.documents import Limits, UnreadableDocument
from desaga.documents.sandbox import read_limited, run_limited, safe_name

HERE = "desaga.documents.tests.sandboxed"


def test_the_answer_comes_back_as_json() -> None:
    payload = {"path": "Plan.docx", "rows": [1, None, "é"]}

    assert run_limited(f"{HERE}:echo", payload) == payload


def test_a_document_is_read_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n")

    assert run_limited(f"{HERE}:count_blocks", {"path": str(tmp_path / "a.txt")}) == 2


def test_a_refusal_comes_back_as_itself(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        run_limited(f"{HERE}:count_blocks", {"path": str(tmp_path / "none.txt")})

    assert caught.value.kind == "missing"
    assert "none.txt" in str(caught.value)


def test_what_was_handed_in_is_refused_by_its_own_name() -> None:
    with pytest.raises(UnreadableDocument, match=r"my sheet\.png"):
        read_limited(f"{HERE}:count_blocks", "my sheet.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Plans\\plan.docx", "plan.docx"),
        ("plan\x00.txt", "plan_.txt"),
        ("...", "document"),
        ("é" * 300 + ".xlsx", "é" * 60 + ".xlsx"),
    ],
)
def test_a_name_becomes_a_file_of_ours(name: str, safe: str, tmp_path: Path) -> None:
    assert safe_name(name) == safe
    (tmp_path / safe_name(name)).write_bytes(b"")


@pytest.mark.parametrize(
    ("function", "limits", "kind"),
    [
        ("spin", Limits(cpu_seconds=1), "too_slow"),
        ("sleep", Limits(wall_seconds=0.7), "too_slow"),
        ("gorge", Limits(memory_bytes=400_000_000), "too_big_for_memory"),
        ("crash", Limits(), "corrupt"),
        ("stumble", Limits(), "corrupt"),
        ("shout", Limits(result_bytes=1_000_000), "too_big_for_memory"),
        ("absent", Limits(), "corrupt"),
    ],
)
def test_a_child_that_misbehaves_is_stopped_and_named(function: str, limits: Limits, kind: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableDocument) as caught:
        run_limited(f"{HERE}:{function}", {"path": "x/Plan.xlsx"}, limits=limits)

    assert caught.value.kind == kind
    assert "“Plan.xlsx”" in str(caught.value)
    assert time.monotonic() - start < 30  # It would sleep or spin for longer; a busy machine takes its time to begin.


def test_what_the_child_started_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(UnreadableDocument):
        run_limited(f"{HERE}:fork", {"path": str(note)}, limits=Limits(wall_seconds=4))
    pid = int(note.read_text())
    for _ in range(500):
        if not _runs(pid):
            break
        time.sleep(0.02)

    assert not _runs(pid)


def test_it_starts_quickly() -> None:
    took = min(_timed({"a": 1}) for _ in range(3))

    assert took < 0.5


def _timed(payload: dict[str, Any]) -> float:
    """Seconds of processor that a child takes from beginning to end, however busy the machine is."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run_limited("json:dumps", payload)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return not Path("/proc").exists()
