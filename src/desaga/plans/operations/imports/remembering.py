"""Remembering what words of a document mean, for the organisation's next one; and forgetting it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation, Party
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ...models import ImportedDocument, RememberedChoice
from ...reading.headings import ROLES
from ...reading.words import key
from ...states import ChoiceKind
from ..gate import move_document
from .steps import held_for_review

LONGEST_WORDS = 300


class NotAColumn(Refused):
    """Choose one of the things that a column can be."""


class NoWordsToRemember(Refused):
    """There are no letters or digits in these words to know them by. Give the column a heading in the file instead."""


@transaction.atomic
def rehead_columns(*, actor: Any, document: ImportedDocument, roles: Mapping[str, str | None]) -> int:
    """Say what columns are, by their headings, and have the document read anew; corrections of rows stay.

    A role is one of `reading.headings.ROLES`, "" to leave the column out, None to leave it to the reader. Answers how
    many differ from what was said before: where none does, nothing is read. Raises `NotAColumn`, `NoWordsToRemember`,
    `NotNow`.
    """
    document = held_for_review(document)
    differ = sum(_rehead(actor, document, heading, role) for heading, role in roles.items())
    if differ:
        _read_anew(document, actor)
    return differ


def _rehead(actor: Any, document: ImportedDocument, heading: str, role: str | None) -> bool:
    if role is None:
        return forget_words(actor, ChoiceKind.HEADING, heading)
    if role and role not in ROLES:
        raise NotAColumn
    return remember(actor=actor, document=document, kind=ChoiceKind.HEADING, words=heading, meaning={"role": role})


@transaction.atomic
def read_anew(*, actor: Any, document: ImportedDocument) -> ImportedDocument:
    """Read a document once more with what is remembered by now; corrections of rows stay. Raises `NotNow`."""
    return _read_anew(held_for_review(document), actor)


def remember(
    *,
    actor: Any,
    document: ImportedDocument | None = None,
    organisation: Organisation | None = None,
    kind: str,
    words: str,
    meaning: Mapping[str, Any] | None = None,
    party: Party | None = None,
) -> bool:
    """Remember what words mean; answers whether that is new. What was said of them before gives way.

    Give the document in which it was said, or the organisation. Call it within a transaction. Raises `NoWordsToRemember`.
    """
    words = " ".join(words.split())[:LONGEST_WORDS]
    if not key(words):
        raise NoWordsToRemember
    known = RememberedChoice.objects.select_for_update().filter(kind=kind, key=key(words)).first()
    told = {"meaning": dict(meaning or {}), "party": party}
    if known and known.meaning == told["meaning"] and known.party == party:
        return False
    owner = document.organisation if document else organisation
    choice = known or RememberedChoice(organisation=owner, kind=kind, key=key(words))
    was = dict(known.meaning) if known else None
    for name, value in {**told, "words": words, "document": document, "by": actor, "at": timezone.now()}.items():
        setattr(choice, name, value)
    choice.save()
    audit.record(
        actor=actor,
        verb="said what is meant by",
        thing=choice,
        changes={"meaning": [str(was or ""), str(party or meaning)]},
    )
    return True


@transaction.atomic
def forget_choice(*, actor: Any, choice: RememberedChoice) -> None:
    """Forget what words mean. Documents that were read with it stay as they are."""
    held = locked(choice)
    audit.record(actor=actor, verb="forgot what is meant by", thing=held)
    held.delete()


def count_used(used: Iterable[Sequence[str]]) -> None:
    """Count one more document for each choice, given as kind and key, that was of use in reading it."""
    told = Q()
    for kind, words in used:
        told |= Q(kind=kind, key=words)
    if told:
        RememberedChoice.objects.filter(told).update(times_used=F("times_used") + 1)


def meant_by(words: str) -> Party | None:
    """The party that words were said to mean; None where nobody has said."""
    known = RememberedChoice.objects.filter(kind=ChoiceKind.NAME, key=key(words)).select_related("party").first()
    return known.party if known else None


def forget_words(actor: Any, kind: str, words: str) -> bool:
    """Forget what words mean; answers whether anything was remembered of them."""
    known = RememberedChoice.objects.filter(kind=kind, key=key(words)).first()
    if known:
        forget_choice(actor=actor, choice=known)
    return known is not None


def _read_anew(document: ImportedDocument, actor: Any) -> ImportedDocument:
    from .reading import have_read

    document = move_document(document, "reread", actor=actor)
    have_read(document, actor)
    return document
