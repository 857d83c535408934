"""Functions that misbehave, for the tests of the sandbox."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from desaga.documents import read_document


def echo(payload: dict[str, Any]) -> dict[str, Any]:
    sys.stdout.write("noise that must not reach the answer")
    return payload


def count_blocks(payload: dict[str, Any]) -> int:
    return len(read_document(Path(payload["path"])).blocks)


def spin(payload: dict[str, Any]) -> None:
    while True:
        pass


def sleep(payload: dict[str, Any]) -> None:
    time.sleep(60)


def gorge(payload: dict[str, Any]) -> int:
    return len([bytes(1_000_000) for _ in range(100_000)])


def crash(payload: dict[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def stumble(payload: dict[str, Any]) -> None:
    raise ZeroDivisionError


def shout(payload: dict[str, Any]) -> str:
    return "x" * 5_000_000


def fork(payload: dict[str, Any]) -> None:
    if os.fork() == 0:
        Path(payload["path"]).write_text(str(os.getpid()))
    time.sleep(60)
