"""Whom the words of a plan mean: parties found by their exact code or name, and added where only a glossary knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desaga.organisations.models import GlossaryTerm, Organisation, Party
from desaga.organisations.operations.rows import add_row
from desaga.organisations.states import PartyKind

from ..explained import one_per
from ..queries.parties import PartiesKnown, same_words

LONGEST_CODE, LONGEST_NAME, LONGEST_MEANING, LONGEST_CONTACT = 40, 200, 300, 200


class PartyBook(PartiesKnown):
    """The parties in use, to find them and to add those that are missing. People are never added."""

    def add_missing(
        self,
        *,
        actor: Any,
        organisation: Organisation,
        owners: Iterable[Mapping[str, Any]],
        glossary: Iterable[Mapping[str, Any]],
    ) -> int:
        """Add a party for each coded owner that there is none for, as the document's glossary explains it; answers how many."""
        explained = {same_words(row["code"]): row for row in glossary}
        added = 0
        for owner in owners:
            code = owner["code"] or ""
            if not code or len(code) > LONGEST_CODE or self.find(code=code, text=owner["text"]):
                continue
            # Whom the document calls a person stays unresolved: only somebody who knows them may say who it is.
            kind = PartyKind.TEXT if owner["kind"] == PartyKind.PERSON else owner["kind"]
            row = explained.get(same_words(code), {"meaning": owner["text"], "comment": ""})
            name = self._free_name(" ".join(row["meaning"].split()) or code, code)
            told = {"kind": kind, "name": name, "code": code, **one_per(row)}
            self.note(add_row(Party, actor=actor, organisation=organisation, **told))
            added += 1
        return added

    def _free_name(self, name: str, code: str) -> str:
        name = name[:LONGEST_NAME]
        return f"{name[: LONGEST_NAME - len(code) - 3]} ({code})" if self.has_name(name) else name


def add_missing_terms(*, actor: Any, organisation: Organisation, glossary: Iterable[Mapping[str, Any]]) -> int:
    """Add the abbreviations that the organisation's glossary lacks; those that it has are left as they are."""
    known = {same_words(code) for code in GlossaryTerm.objects.values_list("code", flat=True)}
    added = 0
    for row in glossary:
        code = row["code"]
        if not code or len(code) > LONGEST_CODE or same_words(code) in known:
            continue
        known.add(same_words(code))
        add_row(
            GlossaryTerm,
            actor=actor,
            organisation=organisation,
            code=code,
            meaning=row["meaning"][:LONGEST_MEANING],
            comment=row["comment"] or "",
            contact=(row["person"] or "")[:LONGEST_CONTACT],
        )
        added += 1
    return added
