"""The equality figures of a year: answers are opened in memory, counted, protected and forgotten. What is kept are protected values alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.workforce.sealing import NoKey, Seal, key_of, seal_of
from desaga.workforce.states import Purpose

from ..equality import POLICY, Told, figures_of
from ..figures import AWARD, NO_AWARD, OTHER, OUTCOME_OF
from ..models import Application, EqualityAnswers, EqualityFigures, Scheme
from ..queries.equality import told_in, years_made, years_over
from ..queries.keeping import definitions_of

#: The best that came of what one person asked for stands for them.
BEST = (AWARD, NO_AWARD, OTHER)


class YearIsNotOver(Refused):
    """The figures of a year are made once, when it is over and each of its panels has told its outcomes."""


class MadeAlready(Refused):
    """The figures of this year are made already, and stay as they are."""


@transaction.atomic
def make_figures(*, actor: Any, scheme: Scheme, year: int, now: datetime | None = None) -> EqualityFigures:
    """Count a year once and for all. Raises `YearIsNotOver`, `MadeAlready`, and `NoKey` where this server cannot open what was said."""
    now = now or timezone.now()
    held = locked(scheme)
    if year in years_made(held):
        raise MadeAlready
    if year not in years_over(held, timezone.localdate(now)):
        raise YearIsNotOver
    return _make(actor, held, year, now)


def make_all_over(*, scheme: Scheme, now: datetime) -> int:
    """(Worker, and before people are stripped) Each year that is over and has no figures; answers how many. None where this server has no key. Call inside a transaction."""
    missing = sorted(years_over(scheme, timezone.localdate(now)) - years_made(scheme))
    if not missing or not (is_asked(scheme) and has_key(scheme)):
        return 0
    for year in missing:
        _make(None, scheme, year, now)
    return len(missing)


def is_asked(scheme: Scheme) -> bool:
    return any(one.equality for one in definitions_of(scheme).values())


def has_key(scheme: Scheme) -> bool:
    try:
        seal_of(scheme.organisation, Purpose.EQUALITY)
    except NoKey:
        return False
    return True


def _make(actor: Any, scheme: Scheme, year: int, now: datetime) -> EqualityFigures:
    questions = {
        one.key: one for _, definition in sorted(definitions_of(scheme).items()) for one in definition.equality
    }
    figures = figures_of(questions.values(), list(_people(scheme, year)))
    made = EqualityFigures.objects.create(
        organisation_id=scheme.organisation_id, scheme=scheme, year=year, made_at=now, made_by=actor,
        data={"policy": POLICY.sentence, "questions": [one.as_data() for one in figures]},
    )  # fmt: skip
    audit.record(actor=actor, verb="made the equality figures of", thing=scheme, note=str(year), now=now)
    return made


def _people(scheme: Scheme, year: int) -> Iterator[Told]:
    """One for each who applied and whose outcome was told, with what they said the last time that they said something."""
    rows = told_in(scheme, year)
    said = _said(scheme, [one.pk for one in rows])
    by_person: dict[Any, list[Any]] = {}
    for row in rows:
        by_person.setdefault(row.person or f"application {row.pk}", []).append(row)
    for own in by_person.values():
        outcome = min((OUTCOME_OF[one.state] for one in own), key=BEST.index)
        answers = next((said[one.pk] for one in reversed(own) if one.pk in said), {})
        yield Told(outcome, own[0].panel, answers)


def _said(scheme: Scheme, pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    seal = seal_of(scheme.organisation, Purpose.EQUALITY)
    keys = {key_for(seal, pk): pk for pk in pks}
    rows = EqualityAnswers.objects.filter(key__in=keys)
    return {keys[row.key]: seal.open_data(row.sealed, row.key.bytes) for row in rows}


def key_for(seal: Seal, application: int) -> UUID:
    """Where an application's answers lie: it says nothing to who has not the seal's key."""
    return UUID(key_of(f"placements.application.{application}", seal.name_key()))


def forget_answers(applications: Collection[Application]) -> None:
    """Remove what these said of themselves. How many did is told nobody. Raises `NoKey` while there is anything that could be theirs."""
    first = next(iter(applications), None)
    if first is None or not EqualityAnswers.objects.filter(version__scheme=first.scheme_id).exists():
        return
    seal = seal_of(first.organisation, Purpose.EQUALITY)
    EqualityAnswers.objects.filter(key__in=[key_for(seal, one.pk) for one in applications]).delete()
