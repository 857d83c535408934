"""What is read of data protection. Everything here is of the organisation or person in scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import Http404

from desaga.organisations.models import Employment, Organisation, RoleAssignment
from desaga.tenancy.context import within

from .models import Access, Contact, DataExport, Objection, PersonKey, ProcessingWords, RetentionRule, RetentionRun
from .retaining import CLASSES, Retained
from .rows import HELD
from .states import IN_FORCE, About, ObjectionState


def workspaces() -> list[Organisation]:
    """The organisations with a workspace, for the nightly job."""
    return list(Organisation.objects.filter(has_workspace=True))


def user_of(user_id: int) -> Any:
    return get_user_model().objects.get(pk=user_id)


def words_of_processing() -> dict[str, ProcessingWords]:
    return {one.key: one for one in ProcessingWords.objects.all()}


def contact() -> Contact | None:
    return Contact.objects.first()


def rule_of(kind: Retained) -> RetentionRule:
    """The institution's rule for a class; the usual one, unsaved, where it has made none."""
    return RetentionRule.objects.filter(key=kind.key).first() or usual_rule(kind)


def usual_rule(kind: Retained) -> RetentionRule:
    return RetentionRule(key=kind.key, days=kind.days, is_on=True, shown_days=kind.days)


def rules() -> dict[str, RetentionRule]:
    """The rule of every class."""
    said = {one.key: one for one in RetentionRule.objects.all()}
    return {key: said.get(key) or usual_rule(kind) for key, kind in CLASSES.items()}


def runs() -> QuerySet[RetentionRun]:
    return RetentionRun.objects.all()


def accesses() -> QuerySet[Access]:
    return Access.objects.all()


def key_linked(person_id: int) -> UUID | None:
    """The key of the rows that the steward said are a person's."""
    return PersonKey.objects.filter(person=person_id).values_list("key", flat=True).first()


def accesses_to(key: UUID) -> QuerySet[Access]:
    """Those in which the rows of one person were seen: by key, or with all of a snapshot that they are in."""
    held = {pk for rows in HELD for pk in rows.snapshots_with(key)}
    return Access.objects.filter(Q(keys__contains=[key]) | Q(keys=[], snapshot_id__in=held))


def objections() -> QuerySet[Objection]:
    return Objection.objects.select_related("person", "entered_by", "answered_by")


def objections_waiting() -> QuerySet[Objection]:
    return Objection.objects.filter(state=ObjectionState.MADE)


def objections_open_of(*, person: Any = None, key: UUID | None = None) -> QuerySet[Objection]:
    """Objections that wait, of a person or of whoever has a key."""
    whose = Q(person=person) if person else Q(pk__in=[])
    return objections_waiting().filter(whose | (Q(key=key) if key else Q(pk__in=[])))


def objections_of(person: Any) -> QuerySet[Objection]:
    return objections().filter(person=person)


def objection_or_404(pk: int) -> Objection:
    found = objections().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_objection_or_404(person: Any, pk: int) -> Objection:
    found = objections_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


#: What is objected to about rows of the workforce.
OF_ROWS = (About.WORKFORCE, About.EQUALITY)


def keys_objecting(*abouts: str) -> frozenset[UUID]:
    """The keys of people whose data are left out: of figures that need equality data say `About.EQUALITY`, else `About.WORKFORCE`.

    Whoever objects to all objects to the use of their equality data too.
    """
    found = objections_heeded().filter(about__in={*abouts, About.WORKFORCE})
    return frozenset(key for key in found.values_list("key", flat=True) if key is not None)


def objections_heeded() -> QuerySet[Objection]:
    """Those by which figures leave somebody out: in force, and of somebody whose rows are known."""
    return Objection.objects.filter(about__in=OF_ROWS, state__in=IN_FORCE, key__isnull=False)


def objections_not_heeded() -> QuerySet[Objection]:
    """Those by which figures would leave somebody out, were it known which rows are theirs."""
    return objections_waiting().filter(about__in=OF_ROWS, key=None)


def exports_of(person: Any) -> QuerySet[DataExport]:
    return DataExport.objects.filter(person=person).defer("sealed")


def export_or_404(person: Any, pk: int, now: Any) -> DataExport:
    """A person's own export that is made and has not expired."""
    found = DataExport.objects.filter(person=person, pk=pk, made_at__isnull=False, expires_at__gt=now).first()
    if found is None:
        raise Http404
    return found


def organisations_ever_of(person_id: int) -> list[Organisation]:
    """Where a person has or had a part; asked within the person."""
    ids = set(Employment.theirs.order_by().values_list("organisation_id", flat=True))
    ids |= set(RoleAssignment.theirs.order_by().values_list("organisation_id", flat=True))
    return list(Organisation.objects.filter(pk__in=ids))


def asked_in(
    organisations: Iterable[Organisation], user: Any
) -> Iterable[tuple[Organisation, UUID | None, list[Objection]]]:
    """For each organisation, within it: the key of the person's rows, and their objections."""
    for organisation in organisations:
        with within(organisation, user=user):
            yield organisation, key_linked(user.person_id), list(objections_of(user.person_id))
