"""Whom the words of a plan mean: parties found by their exact code or name, and added where only a glossary knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desaga.organisations.models import GlossaryTerm, Organisation, Party
from desaga.organisations.operations.rows import add_row
from desaga.organisations.states import PartyKind

from ..models import ActionOwner, Plan

LONGEST_CODE, LONGEST_NAME, LONGEST_MEANING, LONGEST_CONTACT = 40, 200, 300, 200


class PartyBook:
    """The parties in use, by code and by name, whatever their case. People are never added.

    Given a plan, what its words were said to mean there goes before.
    """

    def __init__(self, plan: Plan | None = None) -> None:
        self._by_words: dict[str, Party] = {}
        self._by_code: dict[str, Party] = {}
        self._by_name: dict[str, Party] = {}
        for party in Party.objects.filter(retired_on=None):
            self._remember(party)
        if plan:
            self._by_words = words_resolved(plan)

    def find(self, *, code: str | None, text: str) -> Party | None:
        """Whom the plan's words mean; else the party of this code, of this very name, or with the text for its code."""
        if said := self._by_words.get(_key(code or text)):
            return said
        if code:
            return self._by_code.get(_key(code)) or self._by_name.get(_key(code))
        return self._by_name.get(_key(text)) or self._by_code.get(_key(text))

    def add_missing(
        self,
        *,
        actor: Any,
        organisation: Organisation,
        owners: Iterable[Mapping[str, Any]],
        meanings: Mapping[str, str],
    ) -> int:
        """Add a party for each coded owner that there is none for; answers how many. `meanings` is by code in lower case."""
        added = 0
        for owner in owners:
            code = owner["code"] or ""
            if not code or len(code) > LONGEST_CODE or self.find(code=code, text=owner["text"]):
                continue
            # Whom the document calls a person stays unresolved: only somebody who knows them may say who it is.
            kind = PartyKind.TEXT if owner["kind"] == PartyKind.PERSON else owner["kind"]
            name = self._free_name(" ".join(meanings.get(_key(code), owner["text"]).split()) or code, code)
            party = add_row(Party, actor=actor, organisation=organisation, kind=kind, name=name, code=code)
            self._remember(party)
            added += 1
        return added

    def _free_name(self, name: str, code: str) -> str:
        name = name[:LONGEST_NAME]
        if _key(name) not in self._by_name:
            return name
        return f"{name[: LONGEST_NAME - len(code) - 3]} ({code})"

    def _remember(self, party: Party) -> None:
        self._by_name[_key(party.name)] = party
        if party.code:
            self._by_code[_key(party.code)] = party


def words_resolved(plan: Plan) -> dict[str, Party]:
    """Whom the words of a plan mean, as far as that was said, by the words."""
    rows = ActionOwner.objects.filter(plan=plan, party__retired_on=None).exclude(party=None).order_by()
    told = rows.values_list("code", "text", "party").distinct()
    parties = Party.objects.in_bulk([party for _, _, party in told])
    return {_key(code or text): parties[party] for code, text, party in told}


def add_missing_terms(*, actor: Any, organisation: Organisation, glossary: Iterable[Mapping[str, Any]]) -> int:
    """Add the abbreviations that the organisation's glossary lacks; those that it has are left as they are."""
    known = {_key(code) for code in GlossaryTerm.objects.values_list("code", flat=True)}
    added = 0
    for row in glossary:
        code = row["code"]
        if not code or len(code) > LONGEST_CODE or _key(code) in known:
            continue
        known.add(_key(code))
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


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
