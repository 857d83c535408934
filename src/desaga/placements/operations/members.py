"""Who sits on a scheme's panel, and who leads each of its rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Application, EarlierTerm, PanelMember, Round, Scheme
from ..queries.panel import may_sit, sits
from ..states import RoundState
from .conflicts import note_conflicts


class NoRole(Refused):
    """Somebody sits on a panel who is a reviewer or a panel chair here. Ask the lead to give them that role first."""


class SitsAlready(Refused):
    """They sit on this panel already. Change their term instead."""


class StillSits(Refused):
    """Their present term is not over. Change its last day instead; a new term begins after one that has ended."""


class TermsOverlap(Refused):
    """The new term begins after the one before it has ended, and ends after it began."""


class ChairDoesNotChoose(Refused):
    """Whoever chairs a round does not choose who runs it where something stands in their way. Ask somebody else who runs the scheme."""


class TwoPeople(Refused):
    """The chair and the administrator are two people: one stands in where the other must not."""


class NotOnThePanel(Refused):
    """A round is chaired by a member of the panel."""


@transaction.atomic
def add_member(
    *,
    actor: Any,
    scheme: Scheme,
    person: Person,
    works_for: str,
    starts_on: date,
    ends_on: date | None = None,
    expertise: Sequence[str] = (),
    prefers: Sequence[str] = (),
    most: int | None = None,
    unit: str = "",
) -> PanelMember:
    """Somebody joins the panel. Raises `NoRole`, `SitsAlready`."""
    if not may_sit(person):
        raise NoRole
    try:
        with transaction.atomic():
            member = add_row(
                PanelMember, actor=actor, organisation=scheme.organisation, scheme=scheme, person=person, works_for=works_for,
                starts_on=starts_on, ends_on=ends_on, expertise=list(expertise), prefers=list(prefers), most=most, unit=unit,
            )  # fmt: skip
    except IntegrityError:
        raise SitsAlready from None
    _look_for_conflicts(actor, scheme, person)
    return member


@transaction.atomic
def edit_member(*, actor: Any, member: PanelMember, **fields: Any) -> PanelMember:
    """Change a member's term, what they know, for whom they work."""
    held = change_row(member, actor=actor, fields=fields)
    _look_for_conflicts(actor, held.scheme, held.person)
    return held


@transaction.atomic
def begin_term(*, actor: Any, member: PanelMember, starts_on: date, ends_on: date | None) -> PanelMember:
    """Somebody who sat before sits again: the term that is over is kept beside the new one. Raises `StillSits`, `TermsOverlap`."""
    held = locked(member)
    if held.ends_on is None or held.ends_on >= timezone.localdate():
        raise StillSits
    if starts_on <= held.ends_on or ends_on is not None and ends_on < starts_on:
        raise TermsOverlap
    EarlierTerm.objects.create(
        organisation_id=held.organisation_id, member=held, starts_on=held.starts_on, ends_on=held.ends_on
    )
    change_row(member, actor=actor, verb="began a new term of", fields={"starts_on": starts_on, "ends_on": ends_on})
    _look_for_conflicts(actor, held.scheme, held.person)
    return member


def _look_for_conflicts(actor: Any, scheme: Scheme, person: Person) -> None:
    open_ones = Application.objects.filter(scheme=scheme, round__state__in=(RoundState.PLANNED, RoundState.SITTING))
    note_conflicts(actor=actor, applications=open_ones.select_related("organisation", "scheme"), people=[person.pk])


@transaction.atomic
def name_leaders(*, actor: Any, round_: Round, chair: Person | None, administrator: Person | None) -> Round:
    """Who chairs a round, and who runs what the chair must not see. Raises `ChairDoesNotChoose`, `TwoPeople`, `NotOnThePanel`."""
    held = locked(round_)
    refuse_own_leaders(actor, held, {"chair": chair, "administrator": administrator})
    change_row(held, actor=actor, fields={"chair": chair, "administrator": administrator})
    for person in filter(None, (chair, administrator)):
        _look_for_conflicts(actor, held.scheme, person)
    return held


def refuse_own_leaders(actor: Any, held: Round, fields: dict[str, Any]) -> None:
    """The chair changes neither: whoever stepped down for a moment would else name who stands in for them."""
    chair, administrator = fields.get("chair", held.chair), fields.get("administrator", held.administrator)
    is_new = (chair, administrator) != (held.chair, held.administrator)
    if (
        is_new
        and actor is not None
        and actor.person_id
        and actor.person_id in {held.chair_id, getattr(chair, "pk", None)}
    ):
        raise ChairDoesNotChoose
    if chair is not None and chair == administrator:
        raise TwoPeople
    if chair is not None and chair != held.chair and not sits(held.scheme_id, chair):
        raise NotOnThePanel


@transaction.atomic
def show_names(*, actor: Any, round_: Round, shown: bool, now: datetime | None = None) -> Round:
    """From now on the panel reads names that the scheme hides while it scores; or it no longer does."""
    when = (now or timezone.now()) if shown else None
    return change_row(
        round_, actor=actor, verb="showed names in" if shown else "hid names in", fields={"names_shown_at": when}
    )
