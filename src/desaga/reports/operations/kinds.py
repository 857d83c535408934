"""An organisation's own wording of a kind of report. What reports there are copied from it stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused

from ..models import OwnKind
from ..queries import kind_content


class OneSectionAtLeast(Refused):
    """A report needs one section at least."""


@transaction.atomic
def add_section(*, actor: Any, organisation: Organisation, key: str, place: int, **fields: Any) -> OwnKind:
    """Add a section at a place, counted from 1."""

    def change(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        taken = {one["key"] for one in sections}
        stem = slugify(fields["title"])[:50] or "section"
        free = next(name for n in range(1, 1000) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)
        return _placed(sections, _data(free, fields), place)

    return _change(actor, organisation, key, change, f"Added the section {fields['title']}")


@transaction.atomic
def edit_section(
    *, actor: Any, organisation: Organisation, key: str, section: str, place: int, **fields: Any
) -> OwnKind:
    """Change a section, or where it stands."""

    def change(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        left = [one for one in sections if one["key"] != section]
        return _placed(left, _data(section, fields), place)

    return _change(actor, organisation, key, change, f"Changed the section {fields['title']}")


@transaction.atomic
def remove_section(*, actor: Any, organisation: Organisation, key: str, section: str) -> OwnKind:
    """Take a section out. Raises `OneSectionAtLeast`."""

    def change(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        left = [one for one in sections if one["key"] != section]
        if not left:
            raise OneSectionAtLeast
        return left

    return _change(actor, organisation, key, change, f"Removed the section {section}")


@transaction.atomic
def say_cohorts(*, actor: Any, organisation: Organisation, key: str, cohorts: Sequence[Mapping[str, str]]) -> OwnKind:
    """Say when stages are due from those who signed in a month."""
    own = _own(organisation, key)
    own.content = {**own.content, "cohorts": list(cohorts), "as_of": timezone.localdate().isoformat()}
    return _save(actor, own, "Changed the due dates")


@transaction.atomic
def go_back_to_shipped(*, actor: Any, organisation: Organisation, key: str) -> None:
    """Give the organisation's own wording up. Doing it twice is doing it once."""
    for own in OwnKind.objects.filter(organisation=organisation, key=key):
        audit.record(actor=actor, verb="gave up its own wording of", thing=own)
        own.delete()


def _change(
    actor: Any,
    organisation: Organisation,
    key: str,
    change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
    note: str,
) -> OwnKind:
    own = _own(organisation, key)
    own.content = {**own.content, "sections": change(list(own.content["sections"]))}
    return _save(actor, own, note)


def _own(organisation: Organisation, key: str) -> OwnKind:
    """The organisation's copy, held; made from what is shipped where it has none."""
    with connection.cursor() as cursor:
        # Two who change a shipped kind at the same moment must not each begin from it.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reports.kind.{organisation.pk}.{key}"])
    own = OwnKind.objects.select_for_update().filter(organisation=organisation, key=key).first()
    return own or OwnKind(organisation=organisation, key=key, content=kind_content(key))


def _save(actor: Any, own: OwnKind, note: str) -> OwnKind:
    own.changed_at = timezone.now()
    own.save()
    audit.record(actor=actor, verb="changed", thing=own, note=note)
    return own


def _data(key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    limit = {"limit": fields["limit"]} if fields.get("limit") else {}
    return {"key": key, "title": fields["title"], "asks": fields["asks"], "drafts": list(fields["drafts"]), **limit}


def _placed(sections: list[dict[str, Any]], one: dict[str, Any], place: int) -> list[dict[str, Any]]:
    at = max(0, place - 1)
    return [*sections[:at], one, *sections[at:]]
