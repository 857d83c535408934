"""A server that speaks as ClamAV's daemon does (clamd(8), INSTREAM): over TCP, for tests."""

from __future__ import annotations

import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .factories import EICAR


class Scanner(socketserver.ThreadingMixIn):
    """Finds EICAR. `says` answers that instead, where it is set; `dawdles` seconds go by before any answer."""

    daemon_threads = True
    says = b""
    dawdles = 0.0
    looked_at: list[bytes]


class Clamd(Scanner, socketserver.TCPServer):
    @property
    def address(self) -> str:
        host, port = self.server_address[:2]
        return f"{host!s}:{port}"


class LocalClamd(Scanner, socketserver.UnixStreamServer):
    @property
    def address(self) -> str:
        return str(self.server_address)


class Conversation(socketserver.StreamRequestHandler):
    server: Scanner

    def handle(self) -> None:
        command = self.rfile.read(10)
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.looked_at.append(content)
        time.sleep(self.server.dawdles)
        verdict = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.wfile.write(self.server.says or verdict)


@contextmanager
def clamd(path: str = "") -> Iterator[Clamd | LocalClamd]:
    """A running scanner, on a port of its own or at the path of a socket."""
    with LocalClamd(path, Conversation) if path else Clamd(("127.0.0.1", 0), Conversation) as server:
        server.looked_at = []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
