"""Whom the rows of a document name, and who of them is known. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce

from desaga.organisations.models import Party, Unit

from ..explained import one_per, units_explained
from ..models import DocumentContent, ImportedDocument, RememberedChoice, StagedRow
from ..reading.words import key
from ..states import ChoiceKind
from .parties import PartiesKnown, same_words

LONGEST_NAME = 300


@dataclass
class Name:
    """A name as rows say it: its words, what it says in full, how many rows name it and one of them, and what is known.

    `meaning` is the document's own glossary's, `one_per` what it says of standing for one in each unit of a kind. `party` is whoever is meant as far as is known, `choice` what was said of it.
    """

    words: str
    text: str
    kind: str
    code: str
    rows: int = 0
    example: str = ""
    meaning: str = ""
    one_per: Mapping[str, Any] = field(default_factory=dict)
    party: Party | None = None
    choice: RememberedChoice | None = None

    @property
    def joins_by_itself(self) -> bool:
        """Whether the commit makes a party of it: an abbreviation that the document explains."""
        return bool(not self.party and self.code and self.meaning)

    @property
    def is_open(self) -> bool:
        """Whether nobody knows who is meant: neither the organisation nor the document."""
        return not self.party and not self.meaning


def names_of(document: ImportedDocument) -> list[Name]:
    """Everybody whom the rows of a document name, who is open first, then as often as they are named."""
    names = _names_known(document)
    choices = RememberedChoice.objects.filter(kind=ChoiceKind.NAME, key__in=names)
    said = {choice.key: choice for choice in choices.select_related("by__person", "document")}
    for words, name in names.items():
        name.choice = said.get(words)
    return sorted(names.values(), key=lambda one: (not one.is_open, bool(one.party), -one.rows, one.words.casefold()))


def names_open(document: ImportedDocument) -> int:
    """How many names of a document nobody knows."""
    return sum(name.is_open for name in _names_known(document).values())


def _names_known(document: ImportedDocument) -> dict[str, Name]:
    """The names by their keys, each with the party that is meant as far as is known."""
    names = _names_in_rows(document)
    for row in glossary_of(document):
        if name := names.get(key(row["code"])):
            name.meaning, name.one_per = " ".join(row["meaning"].split()), one_per(row)
    known = PartiesKnown()
    for name in names.values():
        name.party = known.find(code=name.code, text=name.text)
    return names


def glossary_of(document: ImportedDocument) -> Sequence[Mapping[str, Any]]:
    """The abbreviations that a document explains itself."""
    rows: Any = DocumentContent.objects.filter(document=document).values_list("reading__glossary", flat=True).first()
    return rows or []


def units_to_add(document: ImportedDocument) -> list[dict[str, Any]]:
    """Units with technical workforce, as the document explains them, that the organisation has not, or has without saying so."""
    told = units_explained(glossary_of(document))
    if not told:
        return []
    known = Unit.objects.filter(closed_on=None, has_technical_workforce=True).values_list("code", "name")
    said = {same_words(words) for pair in known for words in pair if words}
    return [unit for unit in told if not said & {same_words(unit["code"]), same_words(unit["name"])}]


def _names_in_rows(document: ImportedDocument) -> dict[str, Name]:
    told = Coalesce("edited", "understood")
    rows = StagedRow.objects.filter(document=document, is_dropped=False).order_by("order")
    names: dict[str, Name] = {}
    for owners, title in rows.values_list(KeyTransform("owners", told), KeyTransform("title", told)):
        for owner in {key(one["code"] or one["text"]): one for one in owners}.values():
            words = " ".join((owner["code"] or owner["text"]).split())
            # What is longer is a sentence, and no name that could be remembered.
            if not key(words) or len(words) > LONGEST_NAME:
                continue
            name = names.get(key(words))
            if name is None:
                text, code = " ".join(owner["text"].split()), owner["code"] or ""
                name = Name(words, text, owner["kind"], code, example=" ".join(title.split()))
                names[key(words)] = name
            name.rows += 1
    return names
