"""What an organisation states for its figures: order of grades, bands of age, ages of retirement, shares of others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..figuring.groups import comparable
from ..figuring.stating import folded
from ..models import Comparator, Statement

YOUNGEST, OLDEST = 16, 80
MOST_BANDS, MOST_AGES = 12, 5


class GradeTwice(Refused):
    """A grade stands in the order twice. Keep it where it belongs."""


class BandsNotInOrder(Refused):
    """Give the first age of each band from the youngest to the oldest, each once, between 16 and 80, and at most 12."""


class AgesNotInOrder(Refused):
    """Give one to five ages of retirement, the youngest first, each once, between 16 and 80."""


class NoSuchGroup(Refused):
    """There is no such group to compare with."""


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
) -> Statement:
    """Say what figures are counted by; it holds from the next release on. Raises `GradeTwice`, `BandsNotInOrder`, `AgesNotInOrder`."""
    names = [" ".join(grade.split()) for grade in grades if grade.strip()]
    if len({folded(name) for name in names}) != len(names):
        raise GradeTwice
    if not _in_order(age_bands, MOST_BANDS):
        raise BandsNotInOrder
    if not _in_order(retirement_ages, MOST_AGES):
        raise AgesNotInOrder
    fields = {"grades": names, "age_bands": list(age_bands), "retirement_ages": list(retirement_ages), "ukprn": ukprn}
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
