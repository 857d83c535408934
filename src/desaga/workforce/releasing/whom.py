"""Who is counted as technical staff, frozen with each release: the words that stand beside every headcount.

What defines technical staff says so here with `register`; until something does, HR's own mark counts, and where the extract has none, the occupation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..models import Snapshot
from ..populating import Classify, provisional
from ..population import Person
from ..states import Coverage


@dataclass(frozen=True, slots=True)
class Whom:
    """A definition in force: how it decides of a person, and what it says of itself in whole sentences."""

    classify: Classify
    name: str
    version: str
    sentences: tuple[str, ...]

    def kept(self) -> dict[str, Any]:
        """What is frozen of it with a release."""
        return {"name": self.name, "version": self.version, "sentences": list(self.sentences)}


#: Answers a version of the definition for a snapshot, the one in force where the version is "", or None where there is none.
Definer = Callable[[Snapshot, str], Whom | None]
DEFINERS: list[Definer] = []


def register(definer: Definer) -> None:
    """Repeats harmlessly."""
    if definer not in DEFINERS:
        DEFINERS.append(definer)


def whom_of(snapshot: Snapshot, version: str = "") -> Whom:
    """The definition in force for a snapshot, or a version of it that was; else what the extract itself says."""
    found = next((whom for definer in DEFINERS if (whom := definer(snapshot, version)) is not None), None)
    return found or _marked(snapshot)


def _marked(snapshot: Snapshot) -> Whom:
    """While there is no definition: everybody, HR's mark, or the occupation, whichever the extract has first."""
    if snapshot.coverage == Coverage.TECHNICAL:
        return _provisional(
            provisional(snapshot), "Everybody in the extract is counted: it covers technical staff only."
        )
    if "marker" in snapshot.mapping or not {"soc", "activity_soc"} & set(snapshot.mapping):
        return _provisional(provisional(snapshot), "Counted are those whom HR marks as technical staff in the extract.")
    said = "Counted are people with a contract whose occupation (SOC2020) is science, engineering, production or IT technician (311, 313)."
    return _provisional(_by_occupation, said)


def _provisional(classify: Classify, sentence: str) -> Whom:
    return Whom(classify, "Provisional", "", (sentence, "No definition of our own is in force yet."))


#: Minor groups of SOC2020 that are technicians by name: https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc/soc2020
TECHNICIANS = ("311", "313")


def _by_occupation(person: Person) -> Person:
    contracts = tuple(replace(one, technical=one.soc.startswith(TECHNICIANS)) for one in person.contracts)
    return replace(person, contracts=contracts, technical=any(one.technical for one in contracts))
