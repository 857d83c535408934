"""Taking over a newer state of a plan: chosen changes from a document that came back, and versions to go back to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Action, ImportedDocument, Plan, PlanVersion
from ..queries.evidence import standing_titles
from ..queries.newer import comparison_of, interchange_of, way_back
from ..roundtrip.columns import BY_KEY, GOING
from ..roundtrip.comparing import Added, Changed, Comparison, FieldChange, Known, data_with
from ..states import DocumentState, Status
from ..updating import wants_an_update
from .actions import add_action, edit_action, open_plan
from .gate import NotNow, move_document
from .updates import heard, said_before, said_today

MOST_TAKEN = 1000
NAMED = 5


class NothingChosen(Refused):
    """Nothing is chosen. Tick what you want to take over, or put the document aside."""


class TooMuchChosen(Refused):
    """More than 1,000 actions cannot be changed at once. Tick fewer, and bring the file back again for the rest."""


@dataclass(frozen=True)
class Chosen:
    """What somebody ticked: names of changes and of new rows (`token`), and the primary keys of actions that are gone."""

    changes: Collection[str] = ()
    added: Collection[str] = ()
    gone: Collection[int] = ()


@dataclass(frozen=True)
class Taken:
    """What was written: how many fields of how many actions, how many new, how many stopped, and how many had moved on.

    `unsaid` names what was left because it can only be said as an update.
    """

    plan: Plan
    fields: int = 0
    actions: int = 0
    added: int = 0
    stopped: int = 0
    left: int = 0
    unsaid: Sequence[str] = ()

    @property
    def what_wants_an_update(self) -> str:
        """What was left for an update to say, in a sentence that follows others; empty where nothing was."""
        if not self.unsaid:
            return ""
        more = len(self.unsaid) - NAMED
        names = ", ".join(self.unsaid[:NAMED]) + (f" and {more} more" if more > 0 else "")
        return f" Left as it was: {names}. Say it as an update, with what shows it; where it is red, with why and how it gets back on course."


@transaction.atomic
def set_plan_to_update(*, actor: Any, document: ImportedDocument, plan: Plan | None) -> ImportedDocument:
    """Say of which plan a document is a newer state; None makes a plan of its own of it. Raises `NotNow`."""
    document = locked(document)
    if document.state != DocumentState.READ:
        raise NotNow
    return change_row(document, actor=actor, fields={"updates_plan": plan})


@transaction.atomic
def bring_back(*, actor: Any, document: ImportedDocument, chosen: Chosen, today: date | None = None) -> Taken:
    """Take the chosen changes of a document over into its plan; a second time answers what there is.

    The plan is kept as a version first. Changes whose field moved on since they were shown are left, and counted. Raises
    `NothingChosen`, `TooMuchChosen`, `actions.PlanIsClosed`, `gate.NotNow`.
    """
    document = locked(document)
    if document.plan:
        return Taken(document.plan)
    if document.state != DocumentState.READ or document.updates_plan is None:
        raise NotNow
    plan = open_plan(document.updates_plan)
    if not (chosen.changes or chosen.added or chosen.gone):
        raise NothingChosen
    keep_version(actor=actor, plan=plan, name=f"Before {document.name} was brought back"[:120])
    taken = _take(plan, comparison_of(document), chosen, actor, document, today or timezone.localdate())
    note = f"{taken.fields} fields of {taken.actions} actions, {taken.added} new, {taken.stopped} stopped; from {document.name}."
    audit.record(actor=actor, verb="took changes over into", thing=plan, note=note)
    move_document(document, "commit", actor=actor, plan=plan, note=note)
    return taken


@transaction.atomic
def keep_version(*, actor: Any, plan: Plan, name: str) -> PlanVersion:
    """Keep the plan as it is at this moment."""
    plan = locked(plan)
    last = PlanVersion.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(
        organisation=plan.organisation,
        plan=plan,
        number=last + 1,
        name=name,
        kept_by=actor,
        content=interchange_of(plan),
    )
    audit.record(actor=actor, verb="kept", thing=version, note=f"Plan: {plan.title}")
    return version


@transaction.atomic
def go_back(*, actor: Any, version: PlanVersion) -> Taken:
    """Give every action of a version what it held then (`BROUGHT_BACK`); the plan of now is kept as a version first.

    Actions that came after the version stay, and so does every update. A status or RAG that only an update can say is left, and
    named. Raises `actions.PlanIsClosed`.
    """
    plan = open_plan(version.plan)
    keep_version(actor=actor, plan=plan, name=f"Before going back to version {version.number}")
    taken, way = Taken(plan), way_back(version)
    note = f"Back to version {version.number}"
    shown = standing_titles([known.pk for known, _ in way])
    for known, held in way:
        wants = wants_an_update(known.data, held, shown.get(known.pk, ()))
        taken = replace(taken, unsaid=[*taken.unsaid, *(_named(known, BY_KEY[key].heading) for key in wants)])
        if fields := {name: value for name, value in held.items() if name not in wants}:
            edit_action(actor=actor, action=_action(plan, known.pk), data={**known.data, **fields}, note=note)
            taken = replace(taken, fields=taken.fields + len(fields), actions=taken.actions + 1)
    audit.record(actor=actor, verb="went back to", thing=version, note=f"{taken.actions} actions changed.")
    return taken


def _named(known: Known, heading: str) -> str:
    return f"{heading} of {known.data['code'] or known.data['title'][:40] or 'an action without title'}"


def _action(plan: Plan, pk: int) -> Action:
    return Action.objects.select_related("plan", "organisation").get(plan=plan, pk=pk)


def _take(plan: Plan, found: Comparison, chosen: Chosen, actor: Any, document: ImportedDocument, today: date) -> Taken:
    ticked = [(one, [f for f in one.fields if f.token(str(one.known.pk)) in chosen.changes]) for one in found.changed]
    wanted = [(one, [f for f in fields if not f.wants_update]) for one, fields in ticked]
    wanted = [(one, fields) for one, fields in wanted if fields]
    new = [one for one in found.added if one.token in chosen.added]
    gone = [one for one in found.gone if one.pk in chosen.gone]
    if len(wanted) + len(new) + len(gone) > MOST_TAKEN:
        raise TooMuchChosen
    note = f"Brought back in {document.name}"
    for change, fields in wanted:
        # A sheet was filled in since it was taken out; of what another document says of a period nobody knows when it was said.
        periods = [] if found.was_read else [f for f in fields if f.is_of_a_period and not f.problem]
        action, said = _action(plan, change.known.pk), [heard(f.as_update, actor=actor) for f in periods]
        data, text = _changed(change, [f for f in fields if f not in periods], today)
        said += [] if text is None else [said_today(action, data, text, actor=actor, today=today)]
        edit_action(actor=actor, action=action, data=data, note=note, said=said)
    sources = {row.data["id"]: row.source_rows for row in document.rows.all()}
    for added in new:
        _add(plan, added, actor, document, sources, note)
    for known in gone:
        action, data = _action(plan, known.pk), _stopped(known, today)
        update = said_today(action, data, f"No longer in {document.name}.", actor=actor, today=today)
        edit_action(actor=actor, action=action, data=data, note=note, said=[update])
    seen = sum(len(fields) for _, fields in ticked)
    left = len(chosen.changes) - seen + len(chosen.added) - len(new) + len(chosen.gone) - len(gone)
    unsaid = [_named(one.known, field.heading) for one in found.changed for field in one.fields if field.wants_update]
    told = sum(len(fields) for _, fields in wanted)
    return Taken(plan, told, len(wanted), len(new), len(gone), left, unsaid)


def _changed(one: Changed, fields: list[FieldChange], today: date) -> tuple[dict[str, Any], str | None]:
    """The action as it becomes, and what is said of it today: its comment, None where nothing is said of how it goes."""
    data = data_with(one.known.data, fields)
    going = {field.key for field in fields if field.key in GOING and not field.problem}
    if not going:
        return data, None
    told = {**data, "updates": [*data["updates"], *said_before(one.known.data, today)]}
    return told, data["comments"] if "comments" in going else ""


def _stopped(one: Known, today: date) -> dict[str, Any]:
    updates = [*one.data["updates"], *said_before(one.data, today)]
    return {**one.data, "status": Status.STOPPED.value, "updates": updates}


def _add(plan: Plan, one: Added, actor: Any, document: ImportedDocument, sources: Mapping[Any, Any], note: str) -> None:
    from ..interchange import blank_action

    data = data_with(blank_action(), one.fields)
    id_ = one.row.id
    is_free = id_ and not Action.objects.filter(plan=plan, reading_id=id_).exists()
    source = {"document": document, "source_rows": sources.get(id_, [])}
    add_action(actor=actor, plan=plan, data=data, note=note, reading_id=id_ if is_free else "", **source)
