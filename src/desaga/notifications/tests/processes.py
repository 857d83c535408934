"""Desaga's own commands as processes of their own, on the test's database."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg

SOURCE = Path(__file__).resolve().parents[3]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "desaga.cli", "manage", *words]


def environment(owner: psycopg.Connection, **settings: str) -> dict[str, str]:
    """What such a process is told: it runs as on a server, but on the database that `owner` speaks to."""
    # A browser's journey in this process sets the first; of the second, the name would be another database's.
    left_out = {"DJANGO_ALLOW_ASYNC_UNSAFE", "DATABASE_APP_URL"}
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    return {
        **inherited,
        "PYTHONPATH": str(SOURCE),
        "DESAGA_ENVIRONMENT": "development",
        "DATABASE_URL": address_of(owner.info),
        **settings,
    }


def address_of(info: psycopg.ConnectionInfo) -> str:
    login = f"{quote(info.user)}:{quote(info.password)}"
    return f"postgresql://{login}@/{info.dbname}?host={quote(info.host, safe='')}&port={info.port}"
