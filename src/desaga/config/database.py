"""Which database there is, and as whom we speak to it.

`DATABASE_URL` is the login that owns the schema and migrates; without it, an embedded PostgreSQL under `var`. Everything
else speaks as the role `desaga_app`, which is neither owner nor superuser, so that row-level security binds it: through
`DATABASE_APP_URL` if given, else by starting the session in that role. Pure Python until a connection is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from . import embedded, places

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

APP_ROLE = "desaga_app"
DATABASE = "desaga"
ENGINE = "django.db.backends.postgresql"
WHO_AND_WHERE = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")

# The cluster knows roles, so two databases prepared at once may both try to make it.
PREPARE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
    CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AND NOT pg_has_role(current_user, '{APP_ROLE}', 'MEMBER')
  THEN EXECUTE format('GRANT {APP_ROLE} TO %I', current_user);
  END IF;
END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE};
"""  # nosec B608


def data_directory() -> Path:
    """Where the embedded server keeps its data."""
    return places.var() / "pgdata"


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def owner_url() -> str:
    """The address under which the schema is made and migrated."""
    return os.environ.get("DATABASE_URL") or embedded.url(data_directory(), DATABASE)


def ensure_running() -> None:
    """Start the embedded server if that is what we use; a server given by `DATABASE_URL` is someone else's care."""
    if is_embedded():
        embedded.start(data_directory())


def prepare() -> None:
    """Make the database if it is missing, and the role and privileges of the app. Repeats harmlessly."""
    import psycopg

    ensure_running()
    name = parts_of(owner_url())["NAME"]
    try:
        connection = psycopg.connect(owner_url(), autocommit=True)
    except psycopg.OperationalError:
        # Either the database is missing, or nothing answers: then this raises the same again.
        with psycopg.connect(owner_url(), dbname="postgres", autocommit=True) as maintenance:
            maintenance.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        connection = psycopg.connect(owner_url(), autocommit=True)
    with connection:
        connection.execute(PREPARE)


def parts_of(url: str) -> dict[str, Any]:
    """A `postgresql://` address as Django's settings want it. `?host=` names a socket directory, as libpq reads it."""
    address = urlsplit(url)
    if address.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(address.query))
    return {
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": options.pop("host", None) or unquote(address.hostname or ""),
        "PORT": str(options.pop("port", None) or address.port or ""),
        "OPTIONS": options,
    }


def owner_settings() -> dict[str, Any]:
    """Django's settings for the owner of the schema."""
    return {"ENGINE": ENGINE, **parts_of(owner_url())}


def app_settings(
    *, pool: dict[str, Any] | None = None, test_name: str | None = None, flags: str = ""
) -> dict[str, Any]:
    """Django's settings for the app: in its role, with a pool of connections if asked.

    `flags` are further session settings in the form `-c name=value`.
    """
    separate = os.environ.get("DATABASE_APP_URL")
    settings = {"ENGINE": ENGINE, **parts_of(separate or owner_url())}
    options = settings["OPTIONS"]
    role = "" if separate else f"-c role={APP_ROLE}"
    session = " ".join(word for word in (options.get("options"), role, flags) if word)
    if session:
        options["options"] = session
    if pool:
        options["pool"] = pool
    if test_name:
        settings["TEST"] = {"NAME": test_name}
    return settings


@contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """Speak as the owner of the schema for a while: to migrate, to make a test database, to empty it.

    Nested use is one use. The connection is closed on both sides, so no transaction may be open.
    """
    settings = connection.settings_dict
    owner = owner_settings()
    if settings["USER"] == owner["USER"] and settings["OPTIONS"] == owner["OPTIONS"]:
        yield connection
        return
    before = {key: settings[key] for key in WHO_AND_WHERE}
    connection.close()
    connection.close_pool()
    settings.update({key: owner[key] for key in WHO_AND_WHERE})
    try:
        yield connection
    finally:
        connection.close()
        settings.update(before)
