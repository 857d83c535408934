"""What can be read of an organisation and its people, and by whom. All answer within the current scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from .membership import Membership
from .models import (
    Employment,
    GlossaryTerm,
    Grant,
    Group,
    GroupMembership,
    Organisation,
    Party,
    Person,
    PersonalDetails,
    RoleAssignment,
    Unit,
)
from .ownership import current_on
from .states import Role

KEEPERS = (Role.LEAD, Role.PROJECT_OFFICER, Role.HR_DATA_STEWARD)
UNIT_KEEPERS = (Role.UNIT_LEAD, Role.CHAMPION)


@dataclass
class Branch:
    """A unit with the units that are part of it."""

    unit: Unit
    branches: list[Branch] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many units stand here, this one included."""
        return 1 + sum(branch.size for branch in self.branches)


def unit_tree(*, with_closed: bool = False) -> list[Branch]:
    """The units of the organisation as a tree, in one query. A unit under a closed one stands at the top."""
    units = Unit.objects.all() if with_closed else Unit.objects.filter(closed_on=None)
    branches = {unit.pk: Branch(unit) for unit in units}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.unit.parent_id or 0)
        (above.branches if above else roots).append(branch)
    return roots


def units() -> QuerySet[Unit]:
    return Unit.objects.select_related("parent")


def open_units() -> QuerySet[Unit]:
    """The units there are now, by name."""
    return Unit.objects.filter(closed_on=None)


def groups() -> QuerySet[Group]:
    return Group.objects.all()


def open_groups() -> QuerySet[Group]:
    """The groups that meet now, by name."""
    return Group.objects.filter(closed_on=None)


_apart: list[Callable[[], Q]] = []


def keep_apart(condition: Callable[[], Q]) -> None:
    """People whom a slice had to write down, and who have no standing here, are nobody's to look up or to choose: those who applied for something.

    `condition` is of a person, and is asked within the organisation. Repeats harmlessly.
    """
    if condition not in _apart:
        _apart.append(condition)


def people() -> QuerySet[Person]:
    """Everyone whom the organisation knows, to choose from; without those who are kept apart."""
    known = Person.objects.all()
    standings = (Employment, RoleAssignment, GroupMembership)
    here = reduce(or_, (Q(Exists(one.objects.filter(person=OuterRef("pk")))) for one in standings))
    for condition in _apart:
        known = known.filter(~condition() | here)
    return known


def seats_of(group: Group) -> QuerySet[GroupMembership]:
    """All seats of a group, present ones first."""
    return GroupMembership.objects.filter(group=group).select_related("person").order_by("-ends_on", "person__name")


def other_organisations(organisation: Any) -> QuerySet[Organisation]:
    """The directory without one of them."""
    return Organisation.objects.exclude(pk=organisation.pk)


def directory(*, words: str = "", kind: str | None = None) -> QuerySet[Organisation]:
    """Every organisation that is known, by name; those with all the words, and of the kind, if either is given."""
    known = Organisation.objects.filter(kind=kind) if kind else Organisation.objects.all()
    return matching(known, words, "name", "short_name").order_by("name", "pk")


def organisation_of_directory(slug: str) -> Organisation:
    """One organisation that is known, or 404."""
    return get_object_or_404(Organisation, slug=slug)


def things_of(model: Any) -> QuerySet[Any]:
    """The organisation's own rows of a kind."""
    return model.objects.all()


def units_below(unit_ids: Iterable[int]) -> set[int]:
    """The units and everything that is part of them, as ids."""
    children = defaultdict(list)
    for pk, parent in Unit.objects.values_list("pk", "parent_id"):
        children[parent].append(pk)
    found: set[int] = set()
    waiting = list(unit_ids)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += children[unit]
    return found


def units_for_one_per(party: Party) -> QuerySet[Unit]:
    """The open units that "one per faculty" stands for."""
    units = Unit.objects.filter(kind=party.one_per, closed_on=None) if party.one_per else Unit.objects.none()
    return units.filter(has_technical_workforce=True) if party.only_with_technical_workforce else units


def people_visible_to(membership: Membership) -> QuerySet[Person]:
    """The people whom this member may look up: all for those who keep them, their units' for unit leads and champions,
    their own reports for line managers, and always themselves."""
    known = people()
    if membership.has_role(*KEEPERS):
        return known
    themselves = Q(pk=membership.user.person_id)
    employed = Employment.objects.filter(current_on())
    units = [unit for role, unit in membership.roles if role in UNIT_KEEPERS]
    if None in units:
        return known
    theirs = [unit for unit in units if unit is not None]
    in_units = employed.filter(unit__in=units_below(theirs)) if theirs else employed.none()
    reports = employed.none()
    if membership.has_role(Role.LINE_MANAGER):
        reports = employed.filter(line_manager=membership.user.person_id)
    return known.filter(themselves | Q(pk__in=in_units.values("person_id")) | Q(pk__in=reports.values("person_id")))


def people_listed_for(
    membership: Membership, *, words: str = "", unit: Unit | None = None, order: str = "name"
) -> QuerySet[Person]:
    """The same people with what a list shows of each: job title, unit and e-mail of the current employment here.

    `words` are looked for in name, job title and e-mail; `unit` keeps those who work in it or in a part of it.
    """
    here = Employment.objects.filter(current_on(), person=OuterRef("pk")).order_by("-starts_on")
    people = people_visible_to(membership).annotate(
        job_title=Subquery(here.values("job_title")[:1]),
        unit_name=Subquery(here.values("unit__name")[:1]),
        work_email=Subquery(here.values("work_email")[:1]),
        employed_until=Subquery(here.values("contract_end_on")[:1]),
        employment_id=Subquery(here.values("pk")[:1]),
    )
    if unit is not None:
        employed = Employment.objects.filter(current_on(), unit__in=units_below([unit.pk]))
        people = people.filter(pk__in=employed.values("person_id"))
    return matching(people, words, "name", "job_title", "work_email").order_by(order, "name", "pk")


def employments_of(person: Person) -> QuerySet[Employment]:
    """A person's employments at the current organisation, the latest first."""
    employments = Employment.objects.filter(person=person).select_related("unit", "line_manager", "person")
    return employments.order_by("-starts_on")


def roles_held(*, with_ended: bool = False) -> QuerySet[RoleAssignment]:
    """Who holds which role here, by role and name."""
    roles = RoleAssignment.objects.select_related("person", "unit")
    return roles if with_ended else roles.filter(current_on())


def groups_with_seats() -> QuerySet[Group]:
    """The groups that meet, each with its present seats."""
    seats = GroupMembership.objects.filter(current_on()).select_related("person")
    return Group.objects.filter(closed_on=None).prefetch_related(
        Prefetch("memberships", queryset=seats, to_attr="seats")
    )


def roles_of(person: Person) -> QuerySet[RoleAssignment]:
    """A person's roles here, past ones included, the latest first."""
    return RoleAssignment.objects.filter(person=person).select_related("unit", "person").order_by("-starts_on")


def seats_held_by(person: Person) -> QuerySet[GroupMembership]:
    """A person's present seats in groups."""
    return GroupMembership.objects.filter(current_on(), person=person).select_related("group", "person")


def details_of(person: Person) -> PersonalDetails | None:
    """What is the person's own, where the organisation may read it."""
    return PersonalDetails.objects.filter(person=person).first()


def parties_listed(*, words: str = "", kind: str = "", order: str = "name") -> QuerySet[Party]:
    """The parties in use, with what each stands for; those with every word in name, code, role or addresses."""
    parties = Party.objects.filter(retired_on=None).select_related("person", "unit", "group")
    if kind:
        parties = parties.filter(kind=kind)
    return matching(parties, words, "name", "code", "role_title", "contacts").order_by(order, "name", "pk")


def glossary(*, words: str = "", order: str = "code") -> QuerySet[GlossaryTerm]:
    """The organisation's abbreviations; those with every word in abbreviation, meaning or contact."""
    return matching(GlossaryTerm.objects.all(), words, "code", "meaning", "contact").order_by(order, "code", "pk")


def grants_given_by(organisation: Any) -> QuerySet[Grant]:
    """What others may see of an organisation's, the latest first, past grants included."""
    grants = Grant.objects.filter(owner_organisation=organisation)
    return grants.select_related("to_organisation", "to_person", "given_by__person")


def grants_held_by(organisation: Any) -> QuerySet[Grant]:
    """What an organisation may see of others', in force now."""
    held = Grant.objects.filter(Grant.holds_for(organisation, None))
    return held.select_related("owner_organisation", "owner_person")


def is_employed_at(person: Person, organisation: Any, *, day: date | None = None) -> bool:
    """Whether an employment at the organisation covers the day, today unless told."""
    day = day or timezone.localdate()
    return Employment.objects.filter(current_on(day=day), person=person, organisation=organisation).exists()


def matching(rows: QuerySet[Any], words: str, *fields: str) -> QuerySet[Any]:
    """The rows that hold every word in one of the fields, in any case."""
    for word in words.split():
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields)))
    return rows
