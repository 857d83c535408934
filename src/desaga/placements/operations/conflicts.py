"""Conflicts: what records tell is written down, what people declare is kept, and what does not matter is waived by staff, with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..conflict_kinds import MANAGER, NAMED
from ..conflicting import NONE, OWN, Source, all_conflicts, conflict_label
from ..models import Application, Assignment, Interest, PanelMember, Round, Scheme
from ..queries.conflicts import applied_facts, known_facts, reader_facts, who_runs_schemes
from ..states import RoundState
from .gate import note_event
from .minuting import minute_out


class NoSuchKind(Refused):
    """Choose what stands in the way, or that nothing does."""


class NothingSaid(Refused):
    """Say at least of one what you have to do with it."""


class SayMore(Refused):
    """Say in a few words what it is."""


class NotWaived(Refused):
    """Nobody decides on their own application: that cannot be waived."""


class NotByThemselves(Refused):
    """Nobody waives a conflict of their own. Ask somebody else who runs the scheme."""


class SayWhyNot(Refused):
    """Say why it does not matter: that is kept with your name."""


class PanelSits(Refused):
    """The panel sits, and you were out for this. Those who run the scheme can waive it."""


class IsPinned(Refused):
    """This was found in the records, noted by staff, or is why you stepped back; it stays until staff waive it."""


def label_in(application: Application, kind: str) -> str:
    """What a kind of conflict is called by the scheme's version. Raises `NoSuchKind`."""
    label = conflict_label(None, NONE) if kind == NONE else application.definition.conflict_label(kind)
    if not label:
        raise NoSuchKind
    return label


def readers_of(scheme: Scheme) -> set[int]:
    """The people who may have to decide: the panel, and who leads its rounds."""
    rounds = Round.objects.filter(scheme=scheme).values_list("chair", "administrator")
    leaders = {pk for pair in rounds for pk in pair if pk is not None}
    return leaders | set(PanelMember.objects.filter(scheme=scheme).values_list("person", flat=True))


@transaction.atomic
def note_conflicts(
    *,
    actor: Any,
    applications: Iterable[Application],
    people: Collection[int],
    kinds: Collection[str] | None = None,
    now: datetime | None = None,
) -> int:
    """Write down what records tell of these people and applications, of these kinds or of all; what is known already stays as it is. Answers how many are new."""
    rows = list(applications)
    if not rows or not people:
        return 0
    organisation, now = rows[0].organisation, now or timezone.now()
    applied, readers = applied_facts(rows), reader_facts(sorted(people))
    found = list(all_conflicts(applied, readers, known_facts(applied, readers, organisation)))
    known = _known(rows, people)
    new = [
        Interest(
            organisation=organisation, application_id=pk, person_id=person, kind=one.kind, source=Source.RECORD, words=one.because, at=now, by=actor
        )
        for pk, person, one in found
        if (pk, person, one.kind) not in known and (kinds is None or one.kind in kinds)
    ]  # fmt: skip
    Interest.objects.bulk_create(new)
    _write_down(new, rows, actor, now)
    return len(new)


def _write_down(new: Iterable[Interest], rows: Iterable[Application], actor: Any, now: datetime) -> None:
    """With each application, whose audit is sealed: who reads the scheme's is not to know that there is one."""
    found = Counter(one.application_id for one in new)
    for one in rows:
        if number := found[one.pk]:
            audit.record(actor=actor, verb="found conflicts in the records of", thing=one, note=str(number), now=now)


#: What stands in the way of whoever runs a scheme. For whom they work tells nothing there: an institution's own scheme is run by its own people.
OF_STAFF = (OWN, NAMED, MANAGER)


def note_staff_conflicts(*, application: Application, also: int | None = None, now: datetime | None = None) -> int:
    """Write down what records tell of those who run schemes, and of a person beside them; by itself, when something is sent to be approved, when it came in, and before it is decided on."""
    people = who_runs_schemes() | ({also} if also is not None else set())
    return note_conflicts(actor=None, applications=[application], people=people, kinds=OF_STAFF, now=now)


def _known(rows: Collection[Application], people: Collection[int]) -> set[tuple[int, int, str]]:
    told = Interest.objects.filter(application__in=rows, person__in=people, source=Source.RECORD)
    return set(told.values_list("application", "person", "kind"))


@transaction.atomic
def declare(
    *, actor: Any, application: Application, kind: str, words: str = "", now: datetime | None = None
) -> Interest:
    """Somebody says of an application that nothing stands in the way (`NONE`), or what does. Raises `NoSuchKind`, `SayMore`."""
    now = now or timezone.now()
    held = locked(application)
    label = label_in(held, kind)
    if kind != NONE and kind != OWN and not words.strip():
        raise SayMore
    mine = Interest.objects.filter(Interest.declared(), application=held, person=actor.person_id)
    if known := mine.filter(kind=kind).first():
        return known
    mine.filter(kind=NONE).update(ended_at=now)
    waiver = Interest.objects.filter(
        application=held, person=actor.person_id, kind=kind, ended_at=None, waived_at__isnull=False
    ).first()
    interest = Interest.objects.create(
        organisation_id=held.organisation_id, application=held, person_id=actor.person_id, kind=kind, source=Source.DECLARED,
        words=words.strip(), at=now, by=actor, **_as_waived(waiver),
    )  # fmt: skip
    note_event(held, "declared", actor=actor, now=now, words=label, for_applicant=False)
    if interest.is_in_the_way:
        minute_out(held, interest.person, label, now)
    audit.record(actor=actor, verb="declared", thing=interest, now=now)
    return interest


@transaction.atomic
def declare_many(*, actor: Any, told: Iterable[tuple[int, str, str]], now: datetime | None = None) -> int:
    """Declare on many, each with its kind and words; all or none. Raises `NothingSaid`, `NoSuchKind`, `SayMore`."""
    now, lines = now or timezone.now(), list(told)
    if not lines:
        raise NothingSaid
    rows = Application.objects.in_bulk([pk for pk, _, _ in lines])
    for pk, kind, words in lines:
        declare(actor=actor, application=rows[pk], kind=kind, words=words, now=now)
    return len(lines)


def _as_waived(waiver: Interest | None) -> dict[str, Any]:
    """What staff waived before stays waived when the person says the same."""
    if waiver is None:
        return {}
    return {name: getattr(waiver, name) for name in ("waived_at", "waived_by", "waived_because")}


@transaction.atomic
def note_conflict(
    *, actor: Any, application: Application, person: Any, kind: str, words: str, now: datetime | None = None
) -> Interest:
    """Staff note that somebody has a conflict; they cannot take it back. Raises `NoSuchKind`, `SayMore`."""
    now = now or timezone.now()
    if kind == NONE:
        raise NoSuchKind
    label = label_in(application, kind)
    if not words.strip():
        raise SayMore
    known = Interest.objects.filter(
        application=application, person=person, kind=kind, source=Source.STAFF, ended_at=None
    ).first()
    if known:
        return known
    interest = Interest.objects.create(
        organisation_id=application.organisation_id, application=application, person=person, kind=kind, source=Source.STAFF,
        words=words.strip(), at=now, by=actor,
    )  # fmt: skip
    note_event(application, "conflict", actor=actor, now=now, words=f"{person}: {label}", for_applicant=False)
    minute_out(application, person, label, now)
    audit.record(actor=actor, verb="noted", thing=interest, now=now)
    return interest


@transaction.atomic
def waive(*, actor: Any, interest: Interest, because: str, now: datetime | None = None) -> Interest:
    """Staff say that a conflict does not matter, and why; all of the same person, application and kind. Raises `NotWaived`, `NotByThemselves`, `SayWhyNot`."""
    now = now or timezone.now()
    held = locked(interest)
    if held.kind in (OWN, NONE) or held.application.applicant_id == held.person_id:
        raise NotWaived
    if actor.person_id == held.person_id:
        raise NotByThemselves
    if not because.strip():
        raise SayWhyNot
    same = Interest.objects.filter(
        Q(kind=held.kind), application=held.application_id, person=held.person_id, ended_at=None, waived_at=None
    )
    same.update(waived_at=now, waived_by=actor, waived_because=because.strip())
    words = f"{held.person}: {conflict_label(held.application.definition, held.kind)}. {because.strip()}"
    note_event(held.application, "waived", actor=actor, now=now, words=words, for_applicant=False)
    audit.record(actor=actor, verb="waived", thing=held, note=because.strip(), now=now)
    return held


@transaction.atomic
def take_declaration_back(*, actor: Any, interest: Interest, now: datetime | None = None) -> Interest:
    """Somebody takes back what they declared; they declare anew before they see more. Raises `IsPinned`, `PanelSits`."""
    now = now or timezone.now()
    held = locked(interest)
    stepped_back = Assignment.objects.filter(
        application=held.application_id, member__person=held.person_id, recused_at__isnull=False
    )
    if held.is_pinned or held.person_id != actor.person_id or stepped_back.exists():
        raise IsPinned
    round_ = held.application.round
    if held.kind != NONE and round_ and round_.state != RoundState.PLANNED:
        raise PanelSits
    held.ended_at = now
    held.save(update_fields=["ended_at"])
    note_event(held.application, "declaration_back", actor=actor, now=now, for_applicant=False)
    audit.record(actor=actor, verb="took back", thing=held, now=now)
    return held
