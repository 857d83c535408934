"""What records tell of who must not decide on what, gathered for `conflicting.conflicts_of`. A number of queries that does not grow, but for what is read in each person's own name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from desaga.accounts.models import User
from desaga.organisations.models import Employment, Organisation, RoleAssignment
from desaga.organisations.ownership import current_on

from ..answering import ASK
from ..conflicting import EMAIL_IN_TEXT, Applied, Known, Reader, Source, address
from ..models import Answer, Application, Interest, PanelMember
from ..rules import RUN_SCHEMES
from ..states import AWARDED
from .hosts import names_of
from .own_records import OwnRecords, own_records_of


def applied_facts(applications: Iterable[Application]) -> list[Applied]:
    """What records say of each application."""
    rows = list(applications)
    named = _named_in([row.pk for row in rows])
    also = names_of({row.host_place_id for row in rows if row.host_place_id})
    return [
        Applied(
            row.pk, row.reference, row.applicant_id, row.email, row.employer, row.host, named.get(row.pk, {}),
            also.get(row.host_place_id or 0, ()),
        )
        for row in rows
    ]  # fmt: skip


def _named_in(pks: Collection[int]) -> Mapping[int, dict[str, str]]:
    """Application to the addresses in its answers, and what they are there."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    answers = Answer.objects.filter(Q(value__has_key="email") | Q(key="host"), application__in=pks)
    for pk, key, value in answers.values_list("application", "key", "value"):
        for one in _addresses_in(value):
            found[pk][one] = "contact there" if key == "host" else key.removeprefix(ASK).replace("_", " ")
    return found


def _addresses_in(value: Any) -> list[str]:
    told = value if isinstance(value, dict) else {}
    return EMAIL_IN_TEXT.findall(f"{told.get('email', '')} {told.get('contact', '')}")


def reader_facts(people: Collection[int]) -> list[Reader]:
    """What records say of each person: all addresses, who manages them, employments that are known here, and for whom the panel says that they work."""
    own, emails = own_records_of(people), _accounts_of(people)
    works_for: dict[int, set[str]] = defaultdict(set)
    for pk, name in Employment.objects.filter(person__in=people).values_list("person", "organisation__name"):
        works_for[pk].add(name)
    for pk, name in PanelMember.objects.filter(person__in=people).values_list("person", "works_for"):
        works_for[pk].add(name)
    return [
        Reader(pk, frozenset(works_for[pk]), frozenset(emails[pk] | own[pk].emails), own[pk].managers) for pk in people
    ]


def who_runs_schemes() -> set[int]:
    """The people who run schemes today, by their role."""
    rows = RoleAssignment.objects.filter(current_on(), role__in=RUN_SCHEMES)
    return set(rows.values_list("person", flat=True))


def known_facts(applied: Collection[Applied], readers: Collection[Reader], organisation: Organisation) -> Known:
    applicants = {one.applicant for one in applied if one.applicant is not None}
    people = {one.person for one in readers}
    own = own_records_of(applicants - people)
    return Known(
        _managers(readers, own),
        _met(applicants, readers, own),
        _declared(applicants, people),
        organisation.name,
        _went(applicants | people),
    )


def _managers(readers: Collection[Reader], own: Mapping[int, OwnRecords]) -> frozenset[tuple[int, int]]:
    """Who is managed by whom: of the readers, and of the applicants who are none."""
    of_readers = {(one.person, manager) for one in readers for manager in one.managers}
    return frozenset(of_readers | {(pk, manager) for pk, one in own.items() for manager in one.managers})


def _met(
    applicants: set[int], readers: Collection[Reader], own: Mapping[int, OwnRecords]
) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """Who named whom in any application to this organisation: an applicant a reader, or a reader, in their own, an applicant."""
    people = {address(email): one.person for one in readers for email in one.emails}
    people |= {address(email): pk for pk, emails in _accounts_of(applicants).items() for email in emails}
    people |= {address(email): pk for pk, one in own.items() for email in one.emails}
    theirs = Application.objects.filter(applicant__in=applicants | {one.person for one in readers})
    told = {
        pk: (applicant, reference) for pk, applicant, reference in theirs.values_list("pk", "applicant", "reference")
    }
    found: dict[tuple[int, int], tuple[str, ...]] = defaultdict(tuple)
    for pk, named in _named_in(list(told)).items():
        applicant, reference = told[pk]
        for other in {people[address(one)] for one in named if address(one) in people} - {applicant}:
            found[applicant, other] += (reference,)
    return found


def _accounts_of(people: Collection[int]) -> dict[int, set[str]]:
    """The addresses of their accounts: those to sign in with, and those that they confirmed beside."""
    found: dict[int, set[str]] = defaultdict(set)
    confirmed = EmailAddress.objects.filter(user__person__in=people, verified=True).values_list("user__person", "email")
    for pk, email in [*User.objects.filter(person__in=people).values_list("person", "email"), *confirmed]:
        found[pk].add(email)
    return found


def _went(people: set[int]) -> Mapping[int, tuple[tuple[str, str], ...]]:
    """Placements of these people that were awarded and not called off, under each name that the directory has of the host."""
    rows = Application.objects.filter(applicant__in=people, state__in=AWARDED).exclude(host="")
    told = list(rows.values_list("applicant", "host", "host_place", "reference"))
    also = names_of({place for _, _, place, _ in told if place})
    found: dict[int, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for person, host, place, reference in told:
        found[person] += tuple((name, reference) for name in dict.fromkeys((host, *also.get(place or 0, ()))))
    return found


def _declared(applicants: set[int], people: set[int]) -> Mapping[tuple[int, int], tuple[str, str]]:
    earlier = Interest.objects.filter(
        Interest.in_the_way(), source=Source.DECLARED, person__in=people, application__applicant__in=applicants
    )
    rows = earlier.values_list("application__applicant", "person", "kind", "application__reference")
    return {(applicant, person): (kind, reference) for applicant, person, kind, reference in rows}
