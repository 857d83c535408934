from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from desaga import cli
from desaga.config import database, embedded

APP_URL = "postgresql://app:secret@db.example:6432/desaga?sslmode=require"


def test_an_address_becomes_djangos_settings():
    assert database.parts_of("postgresql://ow%40ner:p%2Fw@db.example:6432/desaga?sslmode=require") == {
        "NAME": "desaga",
        "USER": "ow@ner",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_directory_stands_as_the_host():
    parts = database.parts_of("postgresql://postgres@/desaga?host=%2Fvar%2Frun")
    assert (parts["HOST"], parts["PORT"], parts["USER"]) == ("/var/run", "", "postgres")


def test_another_kind_of_address_is_refused():
    with pytest.raises(ValueError, match="postgresql://"):
        database.parts_of("mysql://localhost/desaga")


def test_the_app_takes_its_role_when_its_session_starts(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@db.example/desaga")
    settings = database.app_settings(pool={"max_size": 3}, flags="-c work_mem=8MB")
    assert settings["OPTIONS"] == {"options": "-c role=desaga_app -c work_mem=8MB", "pool": {"max_size": 3}}


def test_a_login_of_the_apps_own_goes_before(monkeypatch):
    monkeypatch.setenv("DATABASE_APP_URL", APP_URL)
    settings = database.app_settings()
    assert (settings["USER"], settings["OPTIONS"]) == ("app", {"sslmode": "require"})


def test_a_long_path_gets_a_short_socket():
    deep = Path("/var") / "/".join(["directory"] * 20)
    assert len(str(embedded.socket_directory(deep))) < embedded.LONGEST_SOCKET_PATH
    assert embedded.socket_directory(Path("/var/data")) == Path("/var/data")


@pytest.fixture
def place(tmp_path_factory, monkeypatch):
    """A place of one's own for a server; stopped afterwards."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    place = tmp_path_factory.mktemp("var")
    monkeypatch.setenv("DESAGA_VAR", str(place))
    yield place
    embedded.stop(place / "pgdata")


def test_a_server_is_made_started_prepared_and_stopped(place, capsys):
    assert cli.main(["db", "prepare"]) == 0
    assert cli.main(["db", "url"]) == 0
    address = capsys.readouterr().out.strip()
    with psycopg.connect(address, options="-c role=desaga_app") as connection:
        assert connection.execute("select current_user").fetchone() == ("desaga_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table mine (id int)")
    assert cli.main(["db", "start"]) == 0
    assert cli.main(["db", "stop"]) == 0
    assert not embedded.is_running(place / "pgdata")


def test_nobody_else_on_the_machine_can_open_its_socket(place):
    embedded.start(place / "pgdata")
    assert (place / "pgdata").stat().st_mode & 0o077 == 0


@pytest.fixture
def listening(tmp_path):
    """The data directory of a server that listens; what it says of itself is the test's to write."""
    data = tmp_path / "pgdata"
    data.mkdir()
    (data / "PG_VERSION").write_text("17\n")
    where = embedded.socket_directory(data)
    where.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(where / f".s.PGSQL.{embedded.PORT}"))
        server.listen()
        yield data


def says(data, status):
    (data / "postmaster.pid").write_text(
        "\n".join(["1", str(data), "0", "5432", str(data), "", "  1  4", f"{status:<8}", ""])
    )


def test_a_server_that_another_has_begun_to_start_is_waited_for(listening):
    says(listening, "starting")
    threading.Timer(0.3, says, [listening, "ready"]).start()
    embedded.start(listening)
    assert embedded.is_ready(listening)


def test_a_server_that_never_gets_ready_is_told_of(listening, monkeypatch):
    says(listening, "starting")
    monkeypatch.setattr(embedded, "PATIENCE", 0.1)
    with pytest.raises(embedded.NoPostgres, match=r"server\.log"):
        embedded.start(listening)


def test_a_server_given_by_address_is_not_ours_to_start(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@db.example/desaga")
    assert cli.main(["db", "start"]) == 2
    assert "started and stopped where it lives" in capsys.readouterr().err


def test_where_nothing_can_be_run_one_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(embedded, "candidate_programs", lambda: iter([Path("/nowhere")]))
    with pytest.raises(embedded.NoPostgres, match="DATABASE_URL"):
        embedded.server_programs()


@pytest.mark.parametrize(("words", "code"), [([], 2), (["--help"], 0), (["dance"], 2), (["db"], 2), (["--version"], 0)])
def test_the_command_answers_what_it_does_not_know(words, code, capsys):
    assert cli.main(words) == code


def test_the_command_starts_fast_without_django():
    code = "import sys; from desaga import cli; cli.main(['--help']); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env={**os.environ})
    assert done.returncode == 0
