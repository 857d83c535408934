"""An organisation's own wording of a kind of report. What reports there are copied from it stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused

from ..kinds import Kind
from ..models import OwnKind, Report
from ..queries import kind_content, kinds_known

#: What a kind that is added from nothing begins with.
FIRST_SECTION = {"key": "summary", "title": "Summary", "asks": "How the plan stands.", "drafts": ["standing"]}


class OneSectionAtLeast(Refused):
    """A report needs one section at least."""


class KindNameTaken(Refused):
    """There is a kind of report of this name. Choose another."""


class KindInUse(Refused):
    """Reports of this kind are there, so it stays. Change its name or its sections instead."""


#: Words that are pages beside the kinds' own.
NO_KEYS = frozenset({"add"})


@transaction.atomic
def add_kind(*, actor: Any, organisation: Organisation, name: str, words: str = "", copy_of: str = "") -> OwnKind:
    """Add a kind of report: with one section to begin with, or with all that another kind has. Raises `KindNameTaken`."""
    _hold(organisation, "")
    known = kinds_known()
    _refuse_taken(name, known.values())
    content = kind_content(copy_of) if copy_of else {"source": "", "sections": [FIRST_SECTION]}
    content |= {"name": name, "words": words or content.get("words", ""), "as_of": timezone.localdate().isoformat()}
    own = OwnKind(organisation=organisation, key=_free_key(name, {*known, *NO_KEYS}, "kind"), content=content)
    return _save(actor, own, f"As a copy of {known[copy_of].name}" if copy_of else "", verb="added")


@transaction.atomic
def edit_kind(*, actor: Any, organisation: Organisation, key: str, name: str, words: str) -> OwnKind:
    """Change what a kind of report is called, and what it is for. Raises `KindNameTaken`."""
    _hold(organisation, "")
    _refuse_taken(name, [one for one in kinds_known().values() if one.key != key])
    own = _own(organisation, key)
    own.content = {**own.content, "name": name, "words": words}
    return _save(actor, own, "Changed what it is called")


@transaction.atomic
def remove_kind(*, actor: Any, organisation: Organisation, key: str) -> None:
    """Remove a kind of report that the organisation added. Raises `KindInUse`."""
    if Report.objects.filter(organisation=organisation, kind=key).exists():
        raise KindInUse
    go_back_to_shipped(actor=actor, organisation=organisation, key=key)


@transaction.atomic
def add_section(*, actor: Any, organisation: Organisation, key: str, place: int, **fields: Any) -> OwnKind:
    """Add a section at a place, counted from 1."""

    def change(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        free = _free_key(fields["title"], {one["key"] for one in sections}, "section")
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
def say_due(
    *,
    actor: Any,
    organisation: Organisation,
    key: str,
    stages: Sequence[Mapping[str, Any]],
    cohorts: Sequence[Mapping[str, str]],
) -> OwnKind:
    """Say which stages there are, when each is due after signing, and what was published for those who signed in a month."""
    own = _own(organisation, key)
    told = {"stages": list(stages), "cohorts": list(cohorts), "as_of": timezone.localdate().isoformat()}
    own.content = {**own.content, **told}
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
    _hold(organisation, key)
    own = OwnKind.objects.select_for_update().filter(organisation=organisation, key=key).first()
    return own or OwnKind(organisation=organisation, key=key, content=kind_content(key))


def _hold(organisation: Organisation, key: str) -> None:
    """Two who change a shipped kind at the same moment must not each begin from it; nor two who add kinds take one name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reports.kind.{organisation.pk}.{key}"])


def _refuse_taken(name: str, known: Iterable[Kind]) -> None:
    if name.casefold() in {one.name.casefold() for one in known}:
        raise KindNameTaken


def _free_key(words: str, taken: Collection[str], otherwise: str) -> str:
    stem = slugify(words)[:50] or otherwise
    return next(name for n in range(1, 1000) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def _save(actor: Any, own: OwnKind, note: str, verb: str = "changed") -> OwnKind:
    own.changed_at = timezone.now()
    own.save()
    audit.record(actor=actor, verb=verb, thing=own, note=note)
    return own


def _data(key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    limit = {"limit": fields["limit"]} if fields.get("limit") else {}
    return {"key": key, "title": fields["title"], "asks": fields["asks"], "drafts": list(fields["drafts"]), **limit}


def _placed(sections: list[dict[str, Any]], one: dict[str, Any], place: int) -> list[dict[str, Any]]:
    at = max(0, place - 1)
    return [*sections[:at], one, *sections[at:]]
