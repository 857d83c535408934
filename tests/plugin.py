"""What every test may ask for. Loaded before anything else (see `addopts`), so that Django starts in its test dress.

Test databases are made and emptied as the owner of the schema; the tests themselves speak as the app, bound by row-level
security like everyone else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from zlib import crc32

os.environ["DESAGA_ENVIRONMENT"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "desaga.config.settings"

import hypothesis
import pytest
from factory import Factory

# How fast a machine is says nothing about the code: another may run beside. The same examples are tried each time, so that
# whoever changes something else is not stopped by what chance found; `--hypothesis-profile explore` looks for others.
ALWAYS = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("explore", **ALWAYS)
hypothesis.settings.register_profile("desaga", derandomize=True, **ALWAYS)
hypothesis.settings.load_profile("desaga")


#: The walk through all addresses takes far longer than any other file: it is cut into parts.
WALK, PARTS = "tests/architecture/test_url_walk.py", 8


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests stay with one worker, whose world they share; a part of the walk goes to whoever is free."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return f"{file} {crc32(nodeid.encode()) % PARTS}" if file == WALK else file

    return Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What factories number begins with a number that is the test's own and of one length: no name or order hangs on which tests ran before."""
    first = (100_000 + crc32(item.nodeid.encode()) % 900_000) * 1_000
    for made in _factories(Factory):
        if made._meta.counter_reference is made._meta:
            made.reset_sequence(first)


def _factories(of: Any) -> Iterator[Any]:
    for made in of.__subclasses__():
        yield made
        yield from _factories(made)


@pytest.fixture(autouse=True)
def _one_span_of_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often somebody may ask is counted in spans of time that begin by the clock: a test stands within one, however slow the machine is."""
    ends = int(time.time()) + 60
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda value, period: ends)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database, made by the owner and left to the app."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from desaga.config import database
    from tests.migrated import migrated_once

    database.ensure_running()
    keep = django_db_keepdb and not django_db_createdb
    name = connection.settings_dict["TEST"]["NAME"]
    with django_db_blocker.unblock(), database.as_owner(connection), migrated_once(name, wanted=not keep) as is_copied:
        made = setup_databases(verbosity=0, interactive=False, keepdb=keep or is_copied)
        connection.close()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock(), database.as_owner(connection):
            # A browser's last request may still hold a connection of its own.
            with connection.cursor() as cursor:
                cursor.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where datname = current_database() and pid <> pg_backend_pid()"
                )
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def provider_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real provider of OpenID Connect, in a process of its own, once for all tests that go to one."""
    folder = tmp_path_factory.mktemp("provider")
    words = [sys.executable, "-m", "desaga.federation.tests.provider", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def organisation(db: None) -> Any:
    """An institution with a workspace, a unit, a person and their employment."""
    from desaga.organisations.tests.factories import peopled_organisation

    return peopled_organisation("Northmoor University", "northmoor")


@pytest.fixture
def other_organisation(db: None) -> Any:
    """Another tenant, with rows of its own."""
    from desaga.organisations.tests.factories import peopled_organisation

    return peopled_organisation("Southmere Institute", "southmere")


@pytest.fixture
def tenant(organisation: Any) -> Iterator[Any]:
    """The test runs in the name of `organisation`, and of nobody in particular."""
    from desaga.tenancy.context import within

    with within(organisation):
        yield organisation


@pytest.fixture
def member(organisation: Any) -> Callable[..., Any]:
    """`member(Role.LEAD, organisation=…)`: a user who holds these roles, in `organisation` unless told."""
    from desaga.organisations.tests.factories import member_of

    def make(*roles: str, organisation: Any = organisation, **fields: Any) -> Any:
        return member_of(organisation, *roles, **fields)

    return make


@pytest.fixture
def client_of() -> Callable[[Any], Any]:
    """`client_of(user)`: a browser in which the user is signed in; `client_of(None)`: one in which nobody is."""
    from django.test import Client

    def make(user: Any) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def owner(db: None) -> Iterator[Any]:
    """A connection as the owner of the schema, whose work is undone. It sees nothing of the test's own transaction."""
    import psycopg
    from django.db import connection

    from desaga.config.database import owner_url

    with psycopg.connect(owner_url(), dbname=connection.settings_dict["NAME"]) as owner:
        yield owner
        owner.rollback()


@pytest.fixture
def query_count(django_assert_num_queries: Any) -> Any:
    """`with query_count(7): …` fails unless exactly so many queries were made."""
    return django_assert_num_queries
