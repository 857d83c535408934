"""Writing, adopting and throwing away versions of the definition of technical staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..defining import Definition, faults_of, to_data
from ..models import Classification, ClassifiedRow, DefinitionVersion


class DraftStands(Refused):
    """There is a draft already. Adopt it or throw it away first."""


class NoDraft(Refused):
    """This version has been adopted, so it stays as it is. Start a new draft from it."""


class DraftHasChanged(Refused):
    """The draft has changed meanwhile. Look at it as it is now."""


class UnfitDefinition(Refused):
    """This is no definition."""


class DayBeforeLast(Refused):
    """The version that is in force is so from a later day. Choose that day or one after it."""


class TooFarAhead(Refused):
    """The day is more than a year ahead. Check the year."""


#: So long before its day a version may be adopted.
AHEAD = timedelta(days=366)


@transaction.atomic
def start_draft(*, actor: Any, organisation: Any, definition: Definition) -> DefinitionVersion:
    """Start the next version. Raises `DraftStands`, `UnfitDefinition`."""
    if DefinitionVersion.objects.filter(adopted_at=None).exists():
        raise DraftStands
    number = (DefinitionVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    content = _content(definition)
    # Said once, without the whole content: the version itself is the record of it.
    made = DefinitionVersion.objects.create(organisation=organisation, number=number, content=content, made_by=actor)
    audit.record(actor=actor, verb="started", thing=made)
    return made


@transaction.atomic
def change_draft(
    *, actor: Any, version: DefinitionVersion, seen: int, change: Callable[[Definition], Definition]
) -> DefinitionVersion:
    """Change the draft as it was seen. What was worked out by it is worked out anew when asked.

    Raises `NoDraft`, `DraftHasChanged`, `UnfitDefinition`.
    """
    held = _draft(version)
    if held.edits != seen:
        raise DraftHasChanged
    before, content = held.content, _content(change(held.definition))
    if content == before:
        return held
    held.content, held.edits = content, held.edits + 1
    held.save(update_fields=["content", "edits"])
    _forget(held)
    note = f"{len(content['rules'])} rules"  # not a count of people: of rules
    audit.record(actor=actor, verb="changed", thing=held, note=note)
    return held


@transaction.atomic
def adopt(*, actor: Any, version: DefinitionVersion, in_force_from: date, because: str) -> DefinitionVersion:
    """Put the draft in force from a day on; from now it stays as it is. Raises `NoDraft`, `DayBeforeLast`, `TooFarAhead`.

    A version that was adopted for a later day and is not in force yet is overtaken by it, and never comes into force.
    """
    held, today = _draft(version), timezone.localdate()
    if in_force_from > today + AHEAD:
        raise TooFarAhead
    last = DefinitionVersion.objects.filter(in_force_from__lte=today).order_by("-number").first()
    if last and last.in_force_from and in_force_from < last.in_force_from:
        raise DayBeforeLast
    held.adopted_at, held.adopted_by = timezone.now(), actor
    held.in_force_from, held.because = in_force_from, because
    held.save(update_fields=["adopted_at", "adopted_by", "in_force_from", "because"])
    audit.record(actor=actor, verb="adopted", thing=held, note=f"In force from {in_force_from.isoformat()}. {because}")
    return held


@transaction.atomic
def throw_draft_away(*, actor: Any, version: DefinitionVersion) -> None:
    """Throw the draft away, and what was worked out by it. Raises `NoDraft`."""
    held = _draft(version)
    _forget(held)
    audit.record(actor=actor, verb="threw away", thing=held)
    held.delete()


def _draft(version: DefinitionVersion) -> DefinitionVersion:
    held = locked(version)
    if not held.is_draft:
        raise NoDraft
    return held


def _content(definition: Definition) -> dict[str, Any]:
    content = to_data(definition)
    if faults := faults_of(content):
        raise UnfitDefinition(" ".join(faults))
    return content


def _forget(version: DefinitionVersion) -> None:
    worked_out = Classification.objects.select_for_update().filter(version=version).order_by("pk")
    keys = [one.pk for one in worked_out]
    ClassifiedRow.objects.filter(classification__in=keys).delete()
    Classification.objects.filter(pk__in=keys).delete()
