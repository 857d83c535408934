"""Whom an applicant names to be asked: who cannot answer, and whose address tells little of who they are. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .answering import ASK
from .approving import is_open_to_all, same_house, who_cannot_be_asked
from .checking import Finding, Values
from .defining import Definition


def who_cannot_answer(definition: Definition, values: Values, own: Iterable[str]) -> Iterator[Finding]:
    """Nobody answers for themself, nor as two: what sending would refuse, said where it can be mended. `own` are the applicant's addresses."""
    titles = {f"{ASK}{one.key}"[:40]: one.title for one in definition.approvers}
    named = {key: (title, str(values[key]["email"])) for key, title in titles.items() if values.get(key)}
    for key, words in who_cannot_be_asked(named, own).items():
        yield Finding(key, words, "Give the address of the other person.")


def doubts(definition: Definition, values: Values, email: str) -> list[Finding]:
    """For those who run the scheme: an address tells little of who has it, and these tell less. Nothing of it stands in the way."""
    found = []
    for one in definition.approvers:
        told = str((values.get(f"{ASK}{one.key}"[:40]) or {}).get("email", ""))
        if told and is_open_to_all(told):
            words = f"{one.title} answers from {told}, a house that gives an address to anybody."
            found.append(Finding(one.key, words, "See whether it is who they say.", is_bar=False))
        elif told and one.asks == "place" and same_house(told, email):
            words = f"{one.title} answers from {told}, of the applicant’s own house."
            found.append(Finding(one.key, words, "See whether the host is another organisation.", is_bar=False))
    return found
