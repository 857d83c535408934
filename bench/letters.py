"""The outcomes of a panel of 300 applications: every letter looked at, all told in one transaction, the letters written and sent to a server on this machine.

Run with `.venv/bin/python bench/letters.py`; `BENCH_LETTERS` is another number. Both workers are killed with SIGKILL while letters are being written and sent, then
two others go on. Beside the sending stand as many mails of the same length that `smtplib` alone sends. Ends with status 1 where a letter is missing
or was written twice, where the ledger and what the server took do not say the same of each recipient (one mail to whom it says was sent; none or one to whom it says
is in doubt, since its worker died while handing it over: a person settles that, and each worker can leave one), or where the preview, the release or the sending takes longer than its limit.

What takes the time after the death: a worker that starts (twice), the minute after which the writing goes on that a dead one left, and for what is in doubt half a minute
in which its worker gives no sign of life, then the next full minute. Two times are printed, therefore: until the last letter was taken, and until the ledger was settled.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.comparison.letters import SUBJECT  # noqa: E402
from bench.rounds import WORKERS, Sink, free_port, send_bare  # noqa: E402 - the same server, workers and peer

LETTERS = int(os.environ.get("BENCH_LETTERS", "300"))
#: Seconds that a page may take which people wait for.
LONGEST_PREVIEW, LONGEST_RELEASE = 5.0, 20.0
PATIENCE = 600
#: Seconds from the first start of the workers to the last letter. Two starts, and the minute after which what a dead worker left is looked for, are most of it.
LONGEST = 240.0


class LetterSink(Sink):
    """Counts letters alone, and when the last one came."""

    last = 0.0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        subject = message_from_bytes(envelope.content, policy=policy.default)["subject"]
        if not str(subject).startswith(SUBJECT):
            return "250 OK"
        self.last = time.perf_counter()
        return await super().handle_DATA(server, session, envelope)


def program(environment: dict[str, str], *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.comparison.letters", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"letters: FAILED: {done.stderr.strip().splitlines()[-1:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def workers(environment: dict[str, str]) -> list[subprocess.Popen[bytes]]:
    words = [sys.executable, "-m", "desaga.cli", "manage", "procrastinate", "worker"]
    return [subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) for _ in range(WORKERS)]


def until(is_so: Any) -> None:
    began = time.perf_counter()
    while not is_so() and time.perf_counter() - began < PATIENCE:
        time.sleep(0.05)


def killed_in_the_middle(environment: dict[str, str], sink: Sink) -> dict[str, Any]:
    """What the ledger held when both workers were dead."""
    going = workers(environment)
    until(lambda: len(sink.received) >= LETTERS // 10)
    for worker in going:
        worker.kill()
        worker.wait()
    return program(environment, "count")


def gone_on(environment: dict[str, str], sink: Sink) -> dict[str, Any]:
    """What it holds at the end."""
    going = workers(environment)
    told: dict[str, Any] = {}

    def is_all() -> bool:
        if len(sink.received) < LETTERS - WORKERS:
            return False
        told.update(program(environment, "count"))
        return len(told["sent"]) + len(told["doubtful"]) == LETTERS

    try:
        until(is_all)
    finally:
        for worker in going:
            worker.terminate()
        for worker in going:
            worker.wait(timeout=60)
    return program(environment, "count")


def said_otherwise(sink: Sink, ledger: dict[str, Any]) -> list[str]:
    """Whom the server took another number of letters for than the ledger says, or one that the ledger does not know."""
    wrong = [one for one in ledger["sent"] if sink.received[one] != 1]
    wrong += [one for one in ledger["doubtful"] if sink.received[one] > 1]
    return wrong + list(set(sink.received) - {*ledger["sent"], *ledger["doubtful"]})


def main() -> int:
    sink, port = LetterSink(), free_port()
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
            "BENCH_LETTERS": str(LETTERS),
        }
        try:
            told = program(environment)
            began = time.perf_counter()
            middle = killed_in_the_middle(environment, sink)
            end = gone_on(environment, sink)
            sending = time.perf_counter() - began
        finally:
            stop = [sys.executable, "-m", "desaga.cli", "db", "stop"]
            subprocess.run(stop, cwd=ROOT, env=environment, check=False)
    came, wrong, last = len(sink.received), said_otherwise(sink, end), sink.last - began
    bare = send_bare(port, LETTERS, sink.octets // max(came, 1))
    controller.stop()
    print(f"letters: preview of {LETTERS} letters: {told['preview']:.1f} s (limit {LONGEST_PREVIEW:.0f}); all told: {told['release']:.1f} s (limit {LONGEST_RELEASE:.0f})")  # fmt: skip
    print(f"letters: killed with {middle['letters']} written and {len(middle['sent'])} sent")
    print(
        f"letters: {end['letters']} written, {end['mails']} mails, {came} of {LETTERS} taken by the server, {len(wrong)} otherwise than the ledger says,"
        f" {len(end['doubtful'])} in doubt; the last after {last:.0f} s, settled after {sending:.0f} s (limit {LONGEST:.0f}) with two starts and a death in the middle,"
        f" smtplib alone: {bare:.1f} s"
    )
    settled = len(end["sent"]) + len(end["doubtful"])
    is_whole = end["letters"] == end["mails"] == settled == LETTERS and len(end["doubtful"]) <= WORKERS
    slow = told["preview"] > LONGEST_PREVIEW or told["release"] > LONGEST_RELEASE or sending > LONGEST
    return 0 if is_whole and not wrong and not slow and middle["letters"] < LETTERS else 1


if __name__ == "__main__":
    sys.exit(main())
