"""Settings that are safe to serve with, and migrations that say all that the models say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def in_production(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a management command as production would, on the test's own database server."""
    settings = {
        # The journeys' browser wants it of this process; production must not have it.
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "DESAGA_ENVIRONMENT": "production",
        "DESAGA_SECRET_KEY": "".join(chr(33 + n % 90) for n in range(60)),
        "DESAGA_HOSTS": "desaga.example.org",
        "DESAGA_ADDRESS": "https://desaga.example.org",
        "DESAGA_CONTACT": "desaga@desaga.example.org",
        **environment,
    }
    command = [sys.executable, "-m", "desaga.cli", "manage", *words]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True)


def test_production_settings_pass_every_deployment_check():
    done = in_production("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


def test_production_names_somebody_to_write_to():
    done = in_production("check", "--deploy", "--tag", "accessibility", DESAGA_CONTACT="")
    assert done.returncode != 0
    assert "Set DESAGA_CONTACT" in done.stderr


def test_production_needs_a_secret_of_its_own():
    done = in_production("check", DESAGA_SECRET_KEY="")
    assert done.returncode != 0
    assert "Set DESAGA_SECRET_KEY" in done.stderr


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_policy_for_content_lets_nothing_inline(settings):
    words = {word for sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for word in sources}
    assert {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & words == set()


@pytest.mark.parametrize(
    "header", ["Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"]
)
def test_every_answer_carries_its_protection(header, client, db):
    assert client.get("/nowhere/").headers.get(header)


def test_the_app_says_so_when_row_security_would_not_bind_it(db):
    from django.db import connection

    from desaga.config.checks import app_is_bound_by_row_security
    from desaga.config.database import PREPARE

    assert "NOBYPASSRLS" in PREPARE
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
    assert app_is_bound_by_row_security(databases=["default"]) == []
