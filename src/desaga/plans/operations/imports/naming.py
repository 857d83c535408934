"""Saying, while a document is looked through, whom its names mean; remembered for this document and the next ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from desaga.organisations.models import Party, Unit
from desaga.organisations.operations.parties import add_contacts, add_party
from desaga.organisations.operations.units import add_unit, change_unit
from desaga.organisations.refusals import Refused

from ...models import ImportedDocument
from ...queries.names import names_of, units_to_add
from ...queries.parties import same_words
from ...states import ChoiceKind
from .remembering import forget_words, remember
from .steps import held_for_review


class NameIsGone(Refused):
    """No row says this name any more. Look at the list again."""


class PartyIsGone(Refused):
    """This party is not one that you can choose here. Choose another."""


@dataclass
class NamesSettled:
    """How many names were said anew, and of which somebody else said something else meanwhile: the name, and whom they chose."""

    saved: int = 0
    meanwhile: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def settle_names(
    *, actor: Any, document: ImportedDocument, meant: Mapping[str, tuple[Party | None, Party | None]]
) -> NamesSettled:
    """Say whom names mean, or take it back: by name the party that is meant and the one that the page showed.

    A name that means another party by now than was shown is left, unless both chose the same. Raises `NotNow`, `PartyIsGone`.
    """
    document = held_for_review(document)
    known = {name.words: name.party for name in names_of(document)}
    settled = NamesSettled()
    for words, (party, shown) in meant.items():
        if party and (party.organisation_id != document.organisation_id or party.retired_on):
            raise PartyIsGone
        now = known.get(words)
        if now not in (shown, party):
            settled.meanwhile.append((words, now.name if now else "nobody"))
        elif party and now != party:
            settled.saved += remember(actor=actor, document=document, kind=ChoiceKind.NAME, words=words, party=party)
        elif not party and now:
            settled.saved += forget_words(actor, ChoiceKind.NAME, words)
    return settled


@transaction.atomic
def settle_name_anew(*, actor: Any, document: ImportedDocument, words: str, **fields: Any) -> Party:
    """Say that a name means a party that is made for it: `fields` are those of a `Party`. Raises `NotNow`, `NameIsGone`."""
    document = held_for_review(document)
    if words not in {name.words for name in names_of(document)}:
        raise NameIsGone
    party = add_party(actor=actor, organisation=document.organisation, **fields)
    remember(actor=actor, document=document, kind=ChoiceKind.NAME, words=words, party=party)
    return party


@transaction.atomic
def add_units_explained(*, actor: Any, document: ImportedDocument) -> int:
    """Add the units with technical workforce that the document explains, or say so of those that are known; answers how many. Raises `NotNow`."""
    document = held_for_review(document)
    told = units_to_add(document)
    units = list(Unit.objects.filter(closed_on=None)) if told else []
    known = {same_words(words): unit for unit in units for words in (unit.name, unit.code) if words}
    for fields in told:
        unit = known.get(same_words(fields["code"])) or known.get(same_words(fields["name"]))
        if unit:
            change_unit(actor=actor, unit=unit, has_technical_workforce=True)
        else:
            add_unit(actor=actor, organisation=document.organisation, has_technical_workforce=True, **fields)
    return len(told)


@transaction.atomic
def give_addresses(*, actor: Any, document: ImportedDocument, contacts: Mapping[int, Sequence[str]]) -> int:
    """Add contact addresses to parties, given by id; answers how many are new. Raises `NotNow`, `PartyIsGone`."""
    held_for_review(document)
    parties = Party.objects.filter(retired_on=None).in_bulk(contacts)
    if len(parties) < len(contacts):
        raise PartyIsGone
    return sum(add_contacts(actor=actor, party=parties[pk], contacts=told) for pk, told in contacts.items())
