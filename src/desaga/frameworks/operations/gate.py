"""The one way in which an edition goes from one state to another."""

from __future__ import annotations

from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from ..models import Edition, EditionChange
from ..states import EDITION_TRANSITIONS


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker, or it was done already. Look at the page again."""


def move_edition(edition: Edition, name: str, *, actor: Any) -> Edition:
    """Do one of the edition's transitions. The row is locked by the caller."""
    transition, was = EDITION_TRANSITIONS[name], edition.state
    if was not in transition.sources:
        raise NotNow
    edition.state = transition.target
    edition.save(update_fields=["state"])
    EditionChange.objects.create(
        organisation=edition.organisation, edition=edition, by=actor, was=was, became=edition.state
    )
    audit.record(actor=actor, verb=transition.verb, thing=edition, changes={"state": [was, edition.state]})
    return edition
