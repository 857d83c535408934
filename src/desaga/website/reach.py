"""Which part of the tree the database opens, told to PostgreSQL within the request's transaction. See docs/adr/0043.

Nobody: what is published. `reach(paths)`: also what stands under these pages and collections, to read and to change.
`reach_everything()`: for the few operations that found sites and put up or take down what slices announce.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "app.website"
EVERYTHING = "all"


def tell(reached: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, reached])


def reach(pages: Iterable[str], collections: Iterable[str]) -> None:
    """Open these trees until the transaction ends. Paths are treebeard's: digits and capitals only."""
    tell(" ".join([*(f"p{path}" for path in pages), *(f"c{path}" for path in collections)]))


@contextmanager
def reach_everything() -> Iterator[None]:
    """All of the tree, for as long as the block lasts."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
            former = cursor.fetchone()[0]
        tell(EVERYTHING)
        yield
        tell(former)
