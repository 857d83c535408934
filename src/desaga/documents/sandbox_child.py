"""The other side of `sandbox.run_limited`: sets the limits on itself, calls the function, writes the answer."""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from typing import Any

from .model import UnreadableDocument


def main() -> None:
    """Reads one request from standard input and writes one answer to standard output; what the function prints is
    thrown away."""
    request = json.loads(sys.stdin.buffer.read())
    answer_to = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    _limit(request["limits"])
    answer = json.dumps(_answer(request["function"], request["payload"])).encode()
    with os.fdopen(answer_to, "wb") as stream:
        stream.write(answer)
    os._exit(0)


def _limit(limits: dict[str, Any]) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_FSIZE, limits["written_bytes"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        hard = resource.getrlimit(kind)[1]
        most = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        grace = (
            1 if kind == resource.RLIMIT_CPU and most != hard else 0
        )  # the soft limit's signal tells slow from killed
        resource.setrlimit(kind, (most, most + grace))


def _answer(function: str, payload: dict[str, Any]) -> dict[str, Any]:
    module, _, name = function.partition(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(payload)}
    except UnreadableDocument as error:
        return {"refused": error.kind, "message": str(error)}
    except MemoryError:
        return {"refused": "too_big_for_memory"}
    except Exception:  # whatever a library made of a hostile file, the parent gets a sentence
        return {"refused": "corrupt"}
