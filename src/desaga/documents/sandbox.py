"""A function run in a process of its own with limits on memory, time and output, for files that nobody vouches for."""

from __future__ import annotations

import contextlib
import json
import os
import re
import selectors
import signal
import subprocess  # nosec B404: the child is this interpreter
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .kinds import UNREADABLE_KINDS, refuse
from .limits import DEFAULT_LIMITS, Limits
from .model import UnreadableDocument

CHUNK = 65_536
START = "import sys; sys.path[:] = {path!r}; from desaga.documents.sandbox_child import main; main()"
MEMORY_SIGNALS = {signal.SIGKILL, signal.SIGABRT, signal.SIGBUS}
REFUSED = "refused"


def run_limited(
    function: str, payload: Mapping[str, Any], *, limits: Limits = DEFAULT_LIMITS, name: str | None = None
) -> Any:
    """What `function` ("package.module:name"), called with `payload` as its only argument, returns.

    Payload and result travel as JSON. Raises the `UnreadableDocument` that the function raises, and one of kind
    `too_slow`, `too_big_for_memory` or `corrupt` where the process is stopped or dies. `name` is the file's name for
    the sentence; the last part of `payload["path"]` if left out. Limits: memory and processor time by the operating
    system (RLIMIT_AS, RLIMIT_CPU), time on the wall and size of the result by this function.
    """
    name = name or Path(str(payload.get("path") or payload.get("name") or "the file")).name
    request = json.dumps({"function": function, "payload": dict(payload), "limits": asdict(limits)}).encode()
    child = subprocess.Popen(  # nosec B603: fixed command, no shell
        [sys.executable, "-I", "-c", START.format(path=[entry for entry in sys.path if entry])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
        close_fds=True,
    )
    try:
        answer, timely = _converse(child, request, limits)
        if timely:
            _wait(child)
    finally:
        _end(child)
    if not timely:
        raise refuse("too_slow", name)
    if len(answer) > limits.result_bytes:
        raise refuse("too_big_for_memory", name)
    return _unwrap(answer, child.returncode, name)


def read_limited(
    function: str, name: str, content: bytes, hints: Mapping[str, Any] | None = None, *, limits: Limits = DEFAULT_LIMITS
) -> Any:
    """What `run_limited` answers for a file that was handed in as `name`: its payload is `{"path": …, "hints": …}`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        return run_limited(function, {"path": str(path), "hints": dict(hints or {})}, limits=limits, name=name)


def safe_name(name: str) -> str:
    """A name for a file of ours: the letters and the ending of the given one, without a path."""
    path = Path(re.sub(r"[^\w. ()-]", "_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ") or "document")
    return path.stem[:60] + path.suffix[:10]


def _environment() -> dict[str, str]:
    """Nothing of the parent's secrets; the same hashing every time."""
    kept = {
        key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV") if key in os.environ
    }
    return kept | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def _converse(child: subprocess.Popen[bytes], request: bytes, limits: Limits) -> tuple[bytes, bool]:
    """Sends the request and gathers the answer; False as second value where the time ran out."""
    deadline = time.monotonic() + limits.wall_seconds
    assert child.stdin
    assert child.stdout
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        os.set_blocking(child.stdin.fileno(), False)
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        rest = memoryview(request)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                return bytes(answer), False
            for key, _ in selector.select(left):
                if key.fileobj is child.stdin:
                    rest = _send(child, selector, rest)
                else:
                    chunk = os.read(child.stdout.fileno(), CHUNK)
                    answer += chunk
                    if not chunk or len(answer) > limits.result_bytes:
                        return bytes(answer), True
    return bytes(answer), True


def _send(child: subprocess.Popen[bytes], selector: selectors.BaseSelector, rest: memoryview) -> memoryview:
    assert child.stdin  # nosec B101
    try:
        rest = rest[os.write(child.stdin.fileno(), rest[:CHUNK]) :]
    except BrokenPipeError:
        rest = rest[:0]
    if not rest:
        selector.unregister(child.stdin)
        child.stdin.close()
    return rest


def _wait(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(0.5)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child with everything that it may have started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream and not stream.closed:
            stream.close()


def _unwrap(answer: bytes, code: int, name: str) -> Any:
    try:
        told = json.loads(answer)
    except ValueError:
        told = None
    if isinstance(told, dict) and "result" in told:
        return told["result"]
    if isinstance(told, dict) and told.get(REFUSED) in UNREADABLE_KINDS:
        message = told.get("message")
        raise UnreadableDocument(told[REFUSED], message) if message else refuse(told[REFUSED], name)
    if code == -signal.SIGXCPU:
        raise refuse("too_slow", name)
    raise refuse("too_big_for_memory" if -code in MEMORY_SIGNALS else "corrupt", name)
