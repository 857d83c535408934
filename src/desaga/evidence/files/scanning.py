"""Asking ClamAV about a file, in the words of its daemon (INSTREAM; clamd(8)). Standard library only."""

from __future__ import annotations

import socket
import struct
import time

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
WAIT_SECONDS = 20.0


class ScannerIsSilent(Exception):
    """The scanner could not be reached, took too long, or said something that is no verdict. Its text is for the log."""


def found_in(content: bytes, address: str, *, wait: float = WAIT_SECONDS) -> str:
    """What the scanner found, by its own name for it; empty where it found nothing. Raises `ScannerIsSilent`.

    `address` is "host:port", "[v6]:port", or the path of a socket. `wait` bounds the whole conversation, in seconds.
    """
    deadline = time.monotonic() + wait
    try:
        with _connected(address, wait) as line:
            _say(line, content, deadline)
            answer = _heard(line, deadline)
    except (OSError, ValueError) as error:
        raise ScannerIsSilent(f"{type(error).__name__}: {error}") from error
    return _verdict(answer)


def _connected(address: str, wait: float) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(wait)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]") or "localhost", int(port)), timeout=wait)


def _say(line: socket.socket, content: bytes, deadline: float) -> None:
    """The command, the content in chunks with their lengths, and a chunk of no length as its end."""
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), CHUNK):
        line.settimeout(_left(deadline))
        chunk = content[start : start + CHUNK]
        line.sendall(struct.pack("!L", len(chunk)) + chunk)
    line.sendall(struct.pack("!L", 0))


def _heard(line: socket.socket, deadline: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        line.settimeout(_left(deadline))
        if not (some := line.recv(LONGEST_ANSWER)):
            break
        answer += some
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _left(deadline: float) -> float:
    if (left := deadline - time.monotonic()) <= 0:
        raise TimeoutError("the scanner took too long")
    return left


def _verdict(answer: str) -> str:
    """ "stream: OK", "stream: Eicar-Test-Signature FOUND", or something that is no verdict."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:200] or "something"
    raise ScannerIsSilent(f"no verdict: {answer[:200]!r}")
