"""How a line of the log is written: what happened and where, never the words of an error.

An error's words repeat what it stumbled over: a database that refuses a row says the row, a number that is none is quoted. Logs go where no row-level
security follows. So the log says which error and the lines of code that led to it; with `DESAGA_DEBUG=1` it says the words too.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from http import HTTPStatus
from types import TracebackType
from typing import Any

Exc = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Faults(logging.Filter):
    """Lets through what went wrong. To ask for a part of a protocol that we do not have (501) is no fault, though its number is one of a server's."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", 0) != HTTPStatus.NOT_IMPLEMENTED


class WordlessFormatter(logging.Formatter):
    def formatException(self, ei: Any) -> str:
        error: BaseException | None = ei[1]
        return "\n".join(told(error)) if error else ""

    def formatStack(self, stack_info: str) -> str:
        return stack_info


def told(error: BaseException) -> Iterator[str]:
    """The error with those that led to it, the first cause first: lines of code and names of types."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from told(cause)
        yield "which led to:"
    for line in traceback.extract_tb(error.__traceback__):
        yield f"  {line.filename}:{line.lineno} in {line.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for inner in getattr(error, "exceptions", ()):
        yield from (f"  {line}" for line in told(inner))
