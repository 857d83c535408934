"""The demo starts what it needs, says what is wrong in a sentence, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from desaga.config import demo

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [
    *(sys.executable, "-c"),
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


@pytest.fixture(autouse=True)
def own_var(tmp_path, monkeypatch):
    monkeypatch.setenv("DESAGA_VAR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("given", "port"), [(None, 8000), ("", 8000), ("8123", 8123)])
def test_port_wanted_reads_the_environment(monkeypatch, given, port):
    monkeypatch.delenv("PORT", raising=False)
    if given is not None:
        monkeypatch.setenv("PORT", given)
    assert demo.port_wanted() == port


@pytest.mark.parametrize("given", ["eight", "0", "70000", "-1"])
def test_port_wanted_refuses_what_is_no_port(monkeypatch, given):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(demo.CannotServe, match="PORT must be a number"):
        demo.port_wanted()


def test_busy_port_is_a_sentence():
    with socket.socket() as other:
        other.bind((demo.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(demo.CannotServe, match=f"Port {port} is in use"):
            demo.refuse_busy_port(port)


def test_second_demo_with_the_same_data_is_refused():
    with demo.only_demo_here(), pytest.raises(demo.CannotServe, match="running already"), demo.only_demo_here():
        pass


def test_production_is_refused(monkeypatch, capsys):
    monkeypatch.setenv("DESAGA_ENVIRONMENT", "production")
    assert demo.main() == 1
    assert "not served in production" in capsys.readouterr().err


def test_running_stops_every_process_afterwards():
    with demo.running({"one": SLEEPER, "two": SLEEPER}) as processes:
        assert [process.poll() for process in processes.values()] == [None, None]
    assert [process.returncode for process in processes.values()] == [-signal.SIGTERM] * 2


def test_stop_all_insists_with_a_process_that_does_not_listen(monkeypatch):
    monkeypatch.setattr(demo, "SECONDS_TO_STOP", 0.2)
    with subprocess.Popen(DEAF, stdout=subprocess.PIPE, start_new_session=True) as deaf:
        deaf.stdout.readline()
        demo.stop_all([deaf])
    assert deaf.returncode == -signal.SIGKILL


def test_process_that_dies_ends_the_demo():
    with (
        demo.running({"worker": [sys.executable, "-c", "raise SystemExit(3)"]}) as processes,
        pytest.raises(demo.CannotServe, match=r"The worker stopped by itself \(exit code 3\)"),
    ):
        demo.watch(processes, pause=lambda seconds: time.sleep(0.05))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_once_and_clearing_up_is_not_disturbed(number):
    def signalled_twice():
        with demo.stopping_on_signals():
            try:
                os.kill(os.getpid(), number)
                time.sleep(5)
            finally:
                os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    with pytest.raises(demo.Stopped):
        signalled_twice()
    assert signal.getsignal(number) is before


def test_announcement_lines_up_a_sign_in_per_role():
    shown = demo.announcement(
        "http://127.0.0.1:8000", [("lead", "a@b.example", "word"), ("reader", "c@d.example", "word")]
    )
    assert "  lead    a@b.example  word\n  reader  c@d.example  word\n" in shown
