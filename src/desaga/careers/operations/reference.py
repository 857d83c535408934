"""Writing the reference data: each save is a version; what is published counts everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..kinds import KINDS, complaints, tidied
from ..models import EntryVersion
from ..shipped import digest_of, shipped


class NotAsItShouldBe(Refused):
    """Something in it is not as it should be."""

    def __init__(self, found: Mapping[str, str]) -> None:
        super().__init__()
        self.found = found


class NothingChanged(Refused):
    """Nothing was changed."""


class ThereIsOne(Refused):
    """There is an entry of this name already."""


class NotTheLatest(Refused):
    """A newer version was written since, or this one is published already. Look at the page again."""


@transaction.atomic
def write_entry(
    *,
    actor: Any,
    organisation: Organisation,
    kind: str,
    key: str,
    content: Mapping[str, Any],
    why: str = "",
    is_withdrawn: bool = False,
    now: datetime | None = None,
) -> EntryVersion:
    """The next version of an entry, not published yet. Raises `NotAsItShouldBe`, `NothingChanged`."""
    told = tidied(KINDS[kind], content)
    if found := complaints(KINDS[kind], told):
        raise NotAsItShouldBe(found)
    latest = EntryVersion.objects.select_for_update().filter(kind=kind, key=key).order_by("-number").first()
    before = latest.content if latest else shipped().get((kind, key))
    if before == told and bool(latest and latest.is_withdrawn) == is_withdrawn:
        raise NothingChanged
    base = shipped().get((kind, key))
    version = EntryVersion.objects.create(
        organisation=organisation, kind=kind, key=key, number=next_number(kind, key), content=told, is_withdrawn=is_withdrawn,
        why=why.strip(), based_on=digest_of(base) if base else "", made_by=actor, made_at=now or timezone.now(),
    )  # fmt: skip
    audit.record(actor=actor, verb="withdrew" if is_withdrawn else "wrote", thing=version, note=why.strip())
    return version


def next_number(kind: str, key: str) -> int:
    known = EntryVersion.objects.filter(kind=kind, key=key).aggregate(last=Max("number"))["last"]
    return (known or 0) + 1


@transaction.atomic
def publish_entry(*, actor: Any, version: EntryVersion, now: datetime | None = None) -> EntryVersion:
    """From now on everybody reads it. Raises `NotTheLatest`."""
    held = locked(version)
    if held.published_at or held.number != next_number(held.kind, held.key) - 1:
        raise NotTheLatest
    held.published_at, held.published_by = now or timezone.now(), actor
    held.save(update_fields=["published_at", "published_by"])
    audit.record(actor=actor, verb="published", thing=held)
    return held
