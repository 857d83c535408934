"""Taking posts in: from a file of a recruitment system, or from the posts that an extract says nobody holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import add_row, change_row
from desaga.organisations.refusals import Refused

from .. import queries
from ..models import AdvertisedPosts, Snapshot
from ..models.stating import MOST_POSTS
from ..reading.posts import NoPosts, Posts, posts_of
from ..reading.table import NoTable, read_table
from ..states import PostsFrom
from ..vacancies import vacant_of

LARGEST_FILE = 1024 * 1024


class CannotTakeIn(Refused):
    """The file cannot be taken in as posts."""


class FileTooLarge(Refused):
    """The file is larger than 1 MB. Leave out all columns but unit, posts and applicants, and choose it again."""


class TooManyPosts(Refused):
    """A unit would have more than 1,000 posts in a year. Look whether each row is one post."""


class NoneToTake(Refused):
    """No vacant post of this snapshot is technical and of a unit that still has no posts in that year."""


@transaction.atomic
def take_posts_in(
    *, actor: Any, organisation: Any, year: int, name: str, content: bytes
) -> tuple[list[AdvertisedPosts], list[AdvertisedPosts]]:
    """Take the posts of a year from a file, all or none; what stands for these units is corrected. Answers those entered, and those corrected.

    The file is not kept. Raises `CannotTakeIn` with the rows that are wrong, `FileTooLarge`, `TooManyPosts`.
    """
    if len(content) > LARGEST_FILE:
        raise FileTooLarge
    try:
        found = posts_of(read_table(content, name), queries.units_by_words())
    except (NoTable, NoPosts) as error:
        raise CannotTakeIn(str(error)) from error
    standing = _standing(year, found)
    entered = _enter(
        actor, organisation, year, {pk: one for pk, one in found.items() if pk not in standing}, PostsFrom.FILE
    )
    corrected = [
        change_row(one, actor=actor, verb="corrected", fields={**_fields(found[pk]), "source": PostsFrom.FILE})
        for pk, one in standing.items()
    ]
    return entered, corrected


@transaction.atomic
def take_vacant_posts(*, actor: Any, snapshot: Snapshot) -> list[AdvertisedPosts]:
    """Take the technical ones of a snapshot's vacant posts as those of its year. What stands for a unit already stays. Raises `NoneToTake`, `TooManyPosts`."""
    found = vacant_of(snapshot).by_unit
    standing = _standing(snapshot.year, found)
    taken = {pk: one for pk, one in found.items() if pk not in standing}
    if not taken:
        raise NoneToTake
    audit.record(actor=actor, verb="took the vacant posts of", thing=snapshot)
    return _enter(actor, snapshot.organisation, snapshot.year, taken, PostsFrom.EXTRACT)


def _standing(year: int, found: Mapping[int, Posts]) -> dict[int, AdvertisedPosts]:
    if any(one.posts > MOST_POSTS for one in found.values()):
        raise TooManyPosts
    rows = AdvertisedPosts.objects.select_for_update().filter(year=year, unit__in=found)
    return {row.unit_id: row for row in rows}


def _enter(
    actor: Any, organisation: Any, year: int, found: Mapping[int, Posts], source: PostsFrom
) -> list[AdvertisedPosts]:
    told = {"organisation": organisation, "year": year, "source": source}
    return [
        add_row(AdvertisedPosts, actor=actor, verb="entered", unit_id=pk, **told, **_fields(one))
        for pk, one in found.items()
    ]


def _fields(one: Posts) -> dict[str, Any]:
    return {"posts": one.posts, "applicants": one.applicants}
