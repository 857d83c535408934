"""Working out who is technical staff in a snapshot by one version of the definition: asked for here, done on the worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.tenancy.context import within

from .. import defined
from ..bulk import add_rows, or_null
from ..defining import Classifier, PersonVerdict
from ..defining.deciding import on_the_day
from ..jobs import Jobs
from ..models import Classification, ClassifiedRow, DefinitionVersion, Snapshot
from ..population import Person
from ..states import ClassifyingState
from .opening import refuse_without_people

AT_ONCE = 20_000
Row = tuple[Any, ...]
COLUMNS = (
    "organisation_id", "classification_id", "key", "job", "contract_id", "is_present", "rule", "outcome", "technical", "decision_id",
)  # fmt: skip
#: A person worked out: key, whether in post, job and verdict.
Found = tuple[UUID, bool, str, PersonVerdict]


class NotMine(Exception):
    """Another worker has it, or the draft has changed meanwhile."""


@transaction.atomic
def ask_classify(
    *, actor: Any, snapshot: Snapshot, version: DefinitionVersion, in_background: bool = True
) -> Classification:
    """Have the worker say who is technical staff in a snapshot. Asked again, it is worked out again. Raises `PeopleAreGone`."""
    refuse_without_people(snapshot)
    fresh = {"state": ClassifyingState.ASKED, "run": uuid4(), "done": 0, "total": snapshot.people, "asked_by": actor}
    held, _ = Classification.objects.select_for_update(of=("self",)).update_or_create(
        organisation=snapshot.organisation, snapshot=snapshot, version=version, defaults={**fresh, "worked_at": timezone.now()}
    )  # fmt: skip
    if in_background:
        from ..tasks import classify_snapshot

        classify_snapshot.later(organisation=snapshot.organisation, actor=actor, classification_id=held.pk)
    return held


def have_classified(*, actor: Any, snapshot: Snapshot) -> None:
    """Have a new snapshot worked out by the version in force, where there is one."""
    if version := defined.in_force():
        ask_classify(actor=actor, snapshot=snapshot, version=version)


def classify(*, organisation: Any, actor: Any, classification_id: int) -> None:
    """Work a classification out and keep it, all or nothing. Where another has taken it over, nothing is kept."""
    run = uuid4()
    with within(organisation, user=actor):
        held = defined.classifications().filter(pk=classification_id).first()
        if held is None or held.is_done:
            return
        Classification.objects.filter(pk=held.pk).update(run=run, state=ClassifyingState.WORKING, done=0)
        classifier, jobs = defined.classifier_of(held.version), Jobs()
    found: list[Found] = []
    try:
        for rows in _batches(organisation, actor, held):
            found += _worked_out(held.snapshot, classifier, jobs, rows)
            _tick(organisation, actor, held, run, len(found))
        _keep(organisation, actor, held, run, found)
    except NotMine:
        return


def _batches(organisation: Any, actor: Any, held: Classification) -> Iterator[list[Row]]:
    """The contracts of a snapshot, person after person, never one person in two batches. Each is a transaction of its own."""
    last = 0
    while True:
        with within(organisation, user=actor):
            rows = list(defined.contracts_to_classify(held.snapshot, after=last)[:AT_ONCE])
        whole = [row for row in rows if row[0] != rows[-1][0]] if len(rows) == AT_ONCE else rows
        if not whole:
            return
        last = whole[-1][0]
        yield whole


def _tick(organisation: Any, actor: Any, held: Classification, run: UUID, done: int) -> None:
    with within(organisation, user=actor):
        mine = Classification.objects.filter(pk=held.pk, run=run)
        if not mine.update(done=done, worked_at=timezone.now()):
            raise NotMine


def _worked_out(snapshot: Snapshot, classifier: Classifier, jobs: Jobs, rows: list[Row]) -> Iterator[Found]:
    for (_, key, present), several in groupby(rows, key=itemgetter(0, 1, 2)):
        person = Person(key=str(key), contracts=tuple(defined.contract_of(row[3:]) for row in several))
        job = jobs.of(on_the_day(person, snapshot.as_at))
        yield key, present, job, classifier.person(person, snapshot.as_at)


def _keep(organisation: Any, actor: Any, classification: Classification, run: UUID, found: list[Found]) -> None:
    with within(organisation, user=actor):
        # Whoever decides about somebody locks it too: no decision falls between what is read here and what is written.
        held = Classification.objects.select_for_update(of=("self",)).filter(pk=classification.pk, run=run).first()
        if held is None:
            raise NotMine
        ClassifiedRow.objects.filter(classification=held).delete()
        # Read before the COPY begins: within it the connection answers nothing else.
        add_rows(ClassifiedRow, COLUMNS, _lines(held, found, defined.decisions_in_force()))
        held.state, held.done, held.done_at = ClassifyingState.DONE, len(found), timezone.now()
        held.save(update_fields=["state", "done", "done_at"])
        audit.record(actor=actor, verb="worked out who is technical staff in", thing=held)


def _lines(held: Classification, found: Iterable[Found], decisions: defined.Decisions) -> Iterator[str]:
    here = f"{held.organisation_id}\t{held.pk}"
    for key, present, job, said in found:
        outcome = said.outcome
        decision = defined.holding(decisions.get((key, job), ()), outcome)
        technical = decision.technical if decision else outcome == "technician"
        yield (
            f"{here}\t{key}\t{job}\t{said.contract.key}\t{'t' if present else 'f'}\t{said.verdict.rule}\t{outcome}"
            f"\t{'t' if technical else 'f'}\t{or_null(decision.pk if decision else None)}\n"
        )
