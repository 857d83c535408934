"""What releases and figures ask of the definition: how it decides of a person, and what stands beside each headcount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from . import defined
from .defining import Outcome
from .defining.deciding import on_the_day
from .defining.wording import sentences
from .jobs import Jobs
from .models import DefinitionVersion, Snapshot
from .populating import Classify
from .population import Person
from .releasing.whom import Whom

LEFT = "Whom the rules leave to a person, and nobody has decided about, is not counted."


def whom_by_definition(snapshot: Snapshot, version: str = "") -> Whom | None:
    """Whom a version, the one in force unless told, makes technical staff in a snapshot; None where there is none."""
    found = _version(version)
    if found is None:
        return None
    told = (*sentences(found.definition), LEFT)
    return Whom(classify_by(snapshot, found), found.title, _named(found), told)


def version_kept(kept: Mapping[str, Any]) -> DefinitionVersion | None:
    """The version that a release was counted by, of what is frozen with it; None where no definition was in force."""
    words = str(kept.get("version", ""))
    return _version(words) if words else None


def _version(words: str) -> DefinitionVersion | None:
    if not words:
        return defined.in_force()
    number = words.split()[0]
    return defined.versions().filter(number=number).exclude(adopted_at=None).first() if number.isdecimal() else None


def _named(version: DefinitionVersion) -> str:
    day = version.in_force_from
    return f"{version.number} of {day.day} {day:%B %Y}" if day else str(version.number)


def classify_by(snapshot: Snapshot, version: DefinitionVersion) -> Classify:
    """Says of a person of the snapshot who and which of their contracts are technical: as kept, else as worked out now."""
    held = defined.classification(snapshot, version)
    if held is None or not held.is_done:
        return _worked_out_now(snapshot, version)
    classifier = defined.classifier_of(version)
    technical, on = defined.technical_keys(held), snapshot.as_at
    return lambda person: classifier.apply(person, person.key in technical, on)


def _worked_out_now(snapshot: Snapshot, version: DefinitionVersion) -> Classify:
    classifier, on = defined.classifier_of(version), snapshot.as_at
    decisions, jobs = defined.decisions_in_force(), Jobs()

    def classify(person: Person) -> Person:
        outcome = classifier.person(person, on).outcome
        job = jobs.of(on_the_day(person, on))
        decision = defined.holding(decisions.get((UUID(person.key), job), ()), outcome)
        technical = decision.technical if decision else outcome == Outcome.TECHNICIAN
        return classifier.apply(person, technical, on)

    return classify
