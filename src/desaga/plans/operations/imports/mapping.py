"""Saying once what words of a document stand for, and reading it anew with that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from desaga.organisations.refusals import Refused

from ...models import ImportedDocument, RememberedChoice
from ...reading.words import key
from ...states import ChoiceKind, Status
from .remembering import forget_words, read_anew, remember
from .steps import held_for_review

MAPPED = (ChoiceKind.ALIGNMENT, ChoiceKind.STATUS, ChoiceKind.PHASE)


class NotAMeaning(Refused):
    """These words cannot mean that. Choose one of the things offered."""


@dataclass(frozen=True)
class Said:
    """What somebody says that words mean, in the form that `RememberedChoice` keeps; None leaves them to the reader.

    `seen` is the moment of the choice that the page showed, as text; "" for none.
    """

    kind: ChoiceKind
    words: str
    meaning: Mapping[str, Any] | None
    seen: str = ""


@dataclass(frozen=True)
class Mapped:
    """How many words mean something else than before, or of which of them somebody said otherwise meanwhile: then nothing is written."""

    differ: int = 0
    meanwhile: Sequence[Said] = ()


@transaction.atomic
def map_words(*, actor: Any, document: ImportedDocument, said: Sequence[Said]) -> Mapped:
    """Say what words mean, and have the document read anew with it, which is one step that can be undone; corrections of rows stay.

    Where nothing differs, nothing is read. Raises `NotAMeaning`, `NoWordsToRemember`, `NotNow`.
    """
    document = held_for_review(document)
    if any(one.kind not in MAPPED or not _can_be(one) for one in said):
        raise NotAMeaning
    known = RememberedChoice.objects.select_for_update().filter(
        kind__in=MAPPED, key__in=[key(one.words) for one in said]
    )
    now = {(choice.kind, choice.key): choice for choice in known}
    meanwhile = [one for one in said if _is_other(now.get((one.kind, key(one.words))), one)]
    if meanwhile:
        return Mapped(meanwhile=meanwhile)
    differ = sum(_say(actor, document, one) for one in said)
    if differ:
        read_anew(actor=actor, document=document)
    return Mapped(differ)


def _say(actor: Any, document: ImportedDocument, one: Said) -> bool:
    if one.meaning is None:
        return forget_words(actor, one.kind, one.words)
    return remember(actor=actor, document=document, kind=one.kind, words=one.words, meaning=one.meaning)


def _is_other(choice: RememberedChoice | None, one: Said) -> bool:
    """Whether words mean something by now that neither the page showed nor this says."""
    if (choice.at.isoformat() if choice else "") == one.seen:
        return False
    return (choice.meaning if choice else None) != one.meaning


def _can_be(one: Said) -> bool:
    told = one.meaning
    if told is None:
        return True
    match one.kind:
        case ChoiceKind.STATUS:
            return told.get("status") in ("", *Status.values)
        case ChoiceKind.PHASE:
            return bool(told.get("start") or told.get("end"))
    return isinstance(told.get("principles"), list)
