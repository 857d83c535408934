"""What somebody's own records tell, of whatever employer: the scheme's organisation reads only those of its own house, and may not know who the person is."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from desaga.organisations.models import Employment, Person, PersonalDetails
from desaga.tenancy.context import within


class OwnRecords(NamedTuple):
    emails: frozenset[str]
    managers: frozenset[int]


def own_records(person: int) -> OwnRecords:
    """Their addresses, private and of each employment, and who manages them or did."""
    with within(person=Person(pk=person)):
        employed = list(Employment.theirs.values_list("work_email", "line_manager"))
        private = list(PersonalDetails.objects.values_list("personal_email", flat=True))
    emails = {*private, *(email for email, _ in employed)} - {""}
    return OwnRecords(frozenset(emails), frozenset(manager for _, manager in employed if manager is not None))


def own_records_of(people: Collection[int]) -> dict[int, OwnRecords]:
    """Of each, one after the other: nobody's rows are read but in their own name."""
    return {person: own_records(person) for person in people}
