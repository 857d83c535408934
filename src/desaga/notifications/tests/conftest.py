from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from .factories import Mailroom, mail_server
from .processes import environment


@pytest.fixture
def mailroom(settings: Any) -> Iterator[Mailroom]:
    """A mail server on this machine, to which the settings point."""
    room = Mailroom()
    settings.EMAIL_BACKEND = "desaga.notifications.backend.QueuedMailBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server(room) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield room


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """What is written is really committed, for other processes to see; the queue is emptied afterwards like the tables."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_periodic_defers")
        cursor.execute("delete from procrastinate_jobs")
        cursor.execute("delete from procrastinate_workers")


@pytest.fixture
def beside(committed: None, owner: Any) -> Any:
    """A session beside the test's own, that may look at everything; each statement is committed."""
    owner.autocommit = True
    owner.execute("select set_config('app.platform', 'on', false)")
    return owner


@pytest.fixture
def told(beside: Any) -> Callable[..., dict[str, str]]:
    """`told(DESAGA_MAIL_HOST=…)`: what a process on the test's database is told."""

    def make(**settings: str) -> dict[str, str]:
        return environment(beside, **settings)

    return make
