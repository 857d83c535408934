"""What an organisation states for its figures: order of grades, bands of age, ages of retirement, shares of others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from desaga.audit import operations as audit
from desaga.disclosure import INTERNAL_THRESHOLDS
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..figuring.groups import comparable
from ..figuring.stating import folded
from ..models import AdvertisedPosts, Comparator, Statement
from ..states import PostsFrom

YOUNGEST, OLDEST = 16, 80
MOST_BANDS, MOST_AGES = 12, 5


class GradeTwice(Refused):
    """A grade stands in the order twice. Keep it where it belongs."""


class BandsNotInOrder(Refused):
    """Give the first age of each band from the youngest to the oldest, each once, between 16 and 80, and at most 12."""


class AgesNotInOrder(Refused):
    """Give one to five ages of retirement, the youngest first, each once, between 16 and 80."""


class ThresholdNotOffered(Refused):
    """Inside, fewer than 5 or fewer than 10 people can be hidden."""


class NoSuchGroup(Refused):
    """There is no such group to compare with."""


class PostsStand(Refused):
    """The posts of this unit in this year are entered already. Correct those."""


class ComparatorStands(Refused):
    """This share of these people is entered already. Change that one."""


@transaction.atomic
def state_figures(
    *,
    actor: Any,
    organisation: Any,
    grades: Sequence[str],
    age_bands: Sequence[int],
    retirement_ages: Sequence[int],
    ukprn: str = "",
    threshold: int | None = None,
) -> Statement:
    """Say what figures are counted and protected by; it holds from the next release on. Without a `threshold` it stays as it was.

    Raises `GradeTwice`, `BandsNotInOrder`, `AgesNotInOrder`, `ThresholdNotOffered`.
    """
    names = [" ".join(grade.split()) for grade in grades if grade.strip()]
    if len({folded(name) for name in names}) != len(names):
        raise GradeTwice
    if not _in_order(age_bands, MOST_BANDS):
        raise BandsNotInOrder
    if not _in_order(retirement_ages, MOST_AGES):
        raise AgesNotInOrder
    if threshold not in (None, *INTERNAL_THRESHOLDS):
        raise ThresholdNotOffered
    fields: dict[str, Any] = {
        "grades": names,
        "age_bands": list(age_bands),
        "retirement_ages": list(retirement_ages),
        "ukprn": ukprn,
    }
    fields |= {} if threshold is None else {"threshold": threshold}
    held = Statement.objects.first()
    if held is None:
        return add_row(Statement, actor=actor, verb="stated", organisation=organisation, **fields)
    return change_row(held, actor=actor, verb="stated", fields=fields)


def _in_order(ages: Sequence[int], most: int) -> bool:
    return 1 <= len(ages) <= most and sorted(set(ages)) == list(ages) and ages[0] >= YOUNGEST and ages[-1] <= OLDEST


@transaction.atomic
def add_comparator(
    *, actor: Any, organisation: Any, characteristic: str, group: str, share: Decimal, **words: str
) -> Comparator:
    """Enter a share of others, with its source, to stand beside ours. Raises `NoSuchGroup`, `ComparatorStands`."""
    if (characteristic, group) not in comparable():
        raise NoSuchGroup
    try:
        with transaction.atomic():
            return add_row(Comparator, actor=actor, organisation=organisation, characteristic=characteristic, group=group, share=share, **words)  # fmt: skip
    except IntegrityError:
        raise ComparatorStands from None


@transaction.atomic
def change_comparator(*, actor: Any, comparator: Comparator, **fields: Any) -> Comparator:
    """Correct a share of others. Raises `NoSuchGroup`, `ComparatorStands`."""
    if (fields["characteristic"], fields["group"]) not in comparable():
        raise NoSuchGroup
    try:
        with transaction.atomic():
            return change_row(comparator, actor=actor, fields=fields)
    except IntegrityError:
        raise ComparatorStands from None


@transaction.atomic
def remove_comparator(*, actor: Any, comparator: Comparator) -> None:
    """Set a share of others beside ours no more; what was released with it stays as it was."""
    held = locked(comparator)
    audit.record(actor=actor, verb="removed", thing=held)
    held.delete()


@transaction.atomic
def enter_posts(
    *, actor: Any, organisation: Any, year: int, unit: Any, posts: int, applicants: int | None = None
) -> AdvertisedPosts:
    """Enter how many technical posts a unit advertised in a collection year, and how many applied. Raises `PostsStand`."""
    try:
        with transaction.atomic():
            return add_row(AdvertisedPosts, actor=actor, verb="entered", organisation=organisation, year=year, unit=unit, posts=posts, applicants=applicants)  # fmt: skip
    except IntegrityError:
        raise PostsStand from None


@transaction.atomic
def correct_posts(
    *, actor: Any, entered: AdvertisedPosts, posts: int, applicants: int | None = None, **told: Any
) -> AdvertisedPosts:
    """Correct the numbers; unit and year stay. What was released with the old ones stays as it was."""
    return change_row(
        entered,
        actor=actor,
        verb="corrected",
        fields={"posts": posts, "applicants": applicants, "source": PostsFrom.HAND},
    )


@transaction.atomic
def remove_posts(*, actor: Any, entered: AdvertisedPosts) -> None:
    """Take an entry away that should not have been made."""
    held = locked(entered)
    audit.record(actor=actor, verb="removed", thing=held)
    held.delete()
