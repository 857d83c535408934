"""A round of 2,000 requests, from the preview to the mail server: prepared, written down, and sent by two workers to a server on this machine.

Run with `.venv/bin/python bench/rounds.py`; `BENCH_REQUESTS` is another number. Beside the sending stand as many mails of the same
length that `smtplib` alone sends to the same server, on one connection for each mail as we do. Ends with status 1 where the preview
takes longer than a page may, where a mail is missing or came twice, or where sending is slower beside `smtplib` than its limit. The answering page itself is timed in `bench/workspace.py`.
"""

from __future__ import annotations

import json
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[1]
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "2000"))
WORKERS = 2
#: Seconds that a page may take which people wait for.
LONGEST_PREVIEW = 5.0
PATIENCE = 900
#: How much of bare `smtplib`'s speed sending keeps at least. Each mail costs a look at its lock, a commit before and one after DATA, and a job of the
#: queue, so that none is lost and none goes twice; the start of the workers counts too. About 0.12 was measured on two quiet cores.
LIMIT_TO_BARE = 0.06


class Sink:
    """A mail server that counts whom it took mail for."""

    def __init__(self) -> None:
        self.received: Counter[str] = Counter()
        self.octets = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.update(envelope.rcpt_tos)
        self.octets += len(envelope.content)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def send_bare(port: int, number: int, octets: int) -> float:
    """Seconds in which `smtplib` alone sends as many mails as long."""
    began = time.perf_counter()
    content = "Subject: How does it go?\r\n\r\n" + "x" * 70 + "\r\n"
    content += ("x" * 70 + "\r\n") * (octets // 72)
    for n in range(number):
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("desaga@northmoor.example", f"bare-{n}@northmoor.example", content)
    return time.perf_counter() - began


def worked(environment: dict[str, str], sink: Sink, number: int) -> float:
    """Seconds in which the workers bring all mails to the server."""
    words = [sys.executable, "-m", "desaga.cli", "manage", "procrastinate", "worker"]
    began = time.perf_counter()
    workers = [subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) for _ in range(WORKERS)]
    try:
        while len(sink.received) < number and time.perf_counter() - began < PATIENCE:
            time.sleep(0.2)
        return time.perf_counter() - began
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(timeout=60)


def main() -> int:
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # The embedded server runs as a user of its own.
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DESAGA_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "desaga.config.settings",
            "DESAGA_ENVIRONMENT": "development",
            "DESAGA_MAIL_HOST": "127.0.0.1",
            "DESAGA_MAIL_PORT": str(port),
            "BENCH_REQUESTS": str(REQUESTS),
        }
        try:
            filled = [sys.executable, "-m", "bench.comparison.requests"]
            done = subprocess.run(filled, cwd=ROOT, env=environment, capture_output=True, text=True)
            if done.returncode:
                print(f"rounds: FAILED: {done.stderr.strip().splitlines()[-1:]}")
                return 1
            told = json.loads(done.stdout.splitlines()[-1])
            sending = worked(environment, sink, REQUESTS)
        finally:
            stop = [sys.executable, "-m", "desaga.cli", "db", "stop"]
            subprocess.run(stop, cwd=ROOT, env=environment, check=False)
    came, twice = len(sink.received), sum(number > 1 for number in sink.received.values())
    bare = send_bare(port, REQUESTS, sink.octets // max(came, 1))
    controller.stop()
    ratio = bare / sending
    slow = told["preview"] > LONGEST_PREVIEW
    print(f"rounds: preview of {REQUESTS} requests: {told['preview']:.1f} s (limit {LONGEST_PREVIEW:.0f})")
    print(f"rounds: requests written down: {told['sent']:.1f} s; their mails and keys: {told['posted']:.1f} s")
    print(
        f"rounds: {came} of {REQUESTS} mails taken by the server in {sending:.0f} s with {WORKERS} workers, {twice} of them twice;"
        f" smtplib alone: {bare:.0f} s, ratio {ratio:.2f} (limit {LIMIT_TO_BARE}){' UNDER THE LIMIT' if ratio < LIMIT_TO_BARE else ''}"
    )
    return 1 if slow or twice or came < REQUESTS or ratio < LIMIT_TO_BARE else 0


if __name__ == "__main__":
    sys.exit(main())
