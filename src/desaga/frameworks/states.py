"""What an edition of a framework may be, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from .moving import RELATION_WORDS


class Kind(TextChoices):
    """What the principles are called."""

    VALUES = "values", "Values"
    RECOMMENDATIONS = "recommendations", "Recommendations"
    PLEDGES = "pledges", "Pledges"
    PILLARS = "pillars", "Pillars"


def kind_of_name(name: str) -> Kind:
    """What the principles of a framework of this name most likely are; values where its name does not say."""
    words = name.casefold()
    return next((kind for kind in Kind if kind.value.rstrip("s") in words), Kind.VALUES)


class EditionState(TextChoices):
    DRAFT = "draft", "Draft"
    IN_USE = "in_use", "In use"
    REPLACED = "replaced", "Replaced"
    OUT_OF_USE = "out_of_use", "Out of use"


#: Drafts are known to nobody but those who write them; what was in use stays known, since plans name it.
KNOWN = (EditionState.IN_USE, EditionState.REPLACED, EditionState.OUT_OF_USE)
RELATIONS = [(relation.value, words) for relation, words in RELATION_WORDS.items()]


@dataclass(frozen=True)
class Transition:
    """One thing that may happen: from which states, to which, who may, and what the audit calls it."""

    sources: frozenset[str]
    target: str
    permission: str
    verb: str


def _may(*sources: str, to: str, verb: str) -> Transition:
    return Transition(frozenset(sources), to, "frameworks.keep_frameworks", verb)


_E = EditionState

EDITION_TRANSITIONS = {
    "put_in_use": _may(_E.DRAFT, _E.OUT_OF_USE, _E.REPLACED, to=_E.IN_USE, verb="put in use"),
    "take_out_of_use": _may(_E.IN_USE, to=_E.OUT_OF_USE, verb="took out of use"),
    "replace": _may(_E.IN_USE, _E.OUT_OF_USE, to=_E.REPLACED, verb="replaced"),
}
