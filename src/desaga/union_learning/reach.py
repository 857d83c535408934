"""Who reaches which support, told to PostgreSQL within the transaction; the policies (migration 0002) compare it with the row. See docs/adr/0056.

A representative is told by the standing of the request. The member is known by the link alone, so its hash is told here; the night's work reaches what ends within a month.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "app.supported_by"
#: No hash of a key looks like this.
NIGHT = "night"


def tell(reached: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, reached])


@contextmanager
def by_link(key_hash: str) -> Iterator[None]:
    """Reach the one support that a link opens, while the block lasts."""
    with transaction.atomic():
        tell(key_hash)
        yield
        tell("")


@contextmanager
def by_night() -> Iterator[None]:
    """Reach what ends within a month, in the organisation in scope."""
    with transaction.atomic():
        tell(NIGHT)
        yield
        tell("")
