"""Saying once for a plan who is meant by its words, and taking that back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.models import Party
from desaga.organisations.operations.parties import add_party
from desaga.organisations.refusals import Refused
from desaga.organisations.states import PartyKind

from ..models import Plan
from ..queries.parties import owners_saying
from ..reading.words import key
from ..states import ChoiceKind
from .actions import open_plan
from .imports.remembering import forget_words, meant_by, remember


class NobodySaid(Refused):
    """No action says these words any more. Look at the list again."""


class PartyIsElsewhere(Refused):
    """This party is not one that you can choose here. Choose another."""


@transaction.atomic
def resolve_words(*, actor: Any, plan: Plan, said: str, party: Party) -> int:
    """Say whom a plan's words mean, in every action that says them; answers in how many rows. Actions that will say them
    follow, and so does the organisation's next document.

    `said` is the words as `queries.parties.said_once` has them. Raises `NobodySaid`, `PartyIsElsewhere`, `actions.PlanIsClosed`.
    """
    plan = open_plan(plan)
    if party.organisation_id != plan.organisation_id or party.retired_on:
        raise PartyIsElsewhere
    rows = owners_saying(plan, said, None)
    words = rows.first()
    # Whom the document calls a role may be a person: then the public reads it no more. Never the other way round.
    if party.kind == PartyKind.PERSON:
        written = rows.update(party=party, kind=PartyKind.PERSON)
    else:
        written = rows.update(party=party)
    if not words:
        raise NobodySaid
    if key(said):
        remember(actor=actor, organisation=plan.organisation, kind=ChoiceKind.NAME, words=words.short, party=party)
    audit.record(actor=actor, verb="said who is meant", thing=plan, changes={said: [None, party.name]})
    return written


@transaction.atomic
def resolve_words_anew(*, actor: Any, plan: Plan, said: str, **fields: Any) -> Party:
    """The same with a party that is made for it: `fields` are those of a `Party`. Raises as `resolve_words`."""
    party = add_party(actor=actor, organisation=plan.organisation, **fields)
    resolve_words(actor=actor, plan=plan, said=said, party=party)
    return party


@transaction.atomic
def unresolve_words(*, actor: Any, plan: Plan, said: str, party: Party) -> int:
    """Take back that a plan's words mean a party; it stays among the parties. Raises `NobodySaid`, `actions.PlanIsClosed`."""
    plan = open_plan(plan)
    written = owners_saying(plan, said, party).update(party=None)
    if not written:
        raise NobodySaid
    if meant_by(said) == party:
        forget_words(actor, ChoiceKind.NAME, said)
    audit.record(actor=actor, verb="took back who is meant", thing=plan, changes={said: [party.name, None]})
    return written
