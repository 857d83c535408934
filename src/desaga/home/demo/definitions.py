"""The demo's definition of technical staff: a first version long in force, a second since last month, a draft; some borderline people settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.workforce import defined
from desaga.workforce.defining import STARTING, Condition, Definition, Looks, Outcome, Rule
from desaga.workforce.models import DefinitionVersion, Snapshot
from desaga.workforce.operations import classifying, definitions, settling
from desaga.workforce.queries import snapshots_in_force

from .world import email_of, world

FIRST = replace(
    STARTING,
    title="Technical staff of Ashlar",
    note="Who is counted when we speak of technical staff: in the action plan, in figures, and in what we tell the Commitment.",
)
IMAGING = Rule(
    (Condition(Looks.TITLE, ("imaging specialist",)),),
    Outcome.TECHNICIAN,
    "The steering group counts those who run the microscopes, whatever their grade is.",
    "Steering group, minute 14",
)
AUDIO_VISUAL = Rule(
    (Condition(Looks.TITLE, ("audio visual technician*",)),),
    Outcome.TECHNICIAN,
    "Those who run the sound and picture of teaching rooms belong to the technical services.",
)


def load_definitions() -> None:
    """Write and adopt versions where an organisation with a workforce has none yet."""
    for told in world()["workforces"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            if DefinitionVersion.objects.exists():
                continue
            snapshots = list(snapshots_in_force())
        load_versions(organisation, actor, snapshots)


def load_versions(organisation: Any, actor: Any, snapshots: list[Snapshot]) -> None:
    today = timezone.localdate()
    second = replace(FIRST, rules=(FIRST.rules[0], IMAGING, *FIRST.rules[1:]))
    first = put_in_force(
        organisation, actor, FIRST, today - timedelta(days=400), "The first one, from codes of occupation."
    )
    why = "Those who run the microscopes are counted, as the steering group agreed."
    later = put_in_force(organisation, actor, second, today - timedelta(days=30), why)
    for snapshot in snapshots:
        work_out(organisation, actor, snapshot, later)
    if not snapshots:
        return
    work_out(organisation, actor, snapshots[0], first)
    with within(organisation, user=actor):
        settle_some(actor, snapshots[0], later)
        third = replace(second, rules=(second.rules[0], AUDIO_VISUAL, *second.rules[1:]))
        draft = definitions.start_draft(actor=actor, organisation=organisation, definition=third)
    work_out(organisation, actor, snapshots[0], draft)


def put_in_force(organisation: Any, actor: Any, definition: Definition, day: Any, because: str) -> DefinitionVersion:
    with within(organisation, user=actor):
        draft = definitions.start_draft(actor=actor, organisation=organisation, definition=definition)
        return definitions.adopt(actor=actor, version=draft, in_force_from=day, because=because)


def work_out(organisation: Any, actor: Any, snapshot: Snapshot, version: DefinitionVersion) -> None:
    with within(organisation, user=actor):
        snapshot.organisation = organisation
        held = classifying.ask_classify(actor=actor, snapshot=snapshot, version=version, in_background=False)
    classifying.classify(organisation=organisation, actor=actor, classification_id=held.pk)


def settle_some(actor: Any, snapshot: Snapshot, version: DefinitionVersion) -> None:
    """One group answered about, one person overridden; the rest waits in the queue."""
    held = defined.classification(snapshot, version)
    if held is None:
        return
    held.organisation = snapshot.organisation
    groups = list(defined.borderline_groups(held)[:1])
    for group in groups:
        named = {"title": group["contract__job_title"], "grade": group["contract__grade"]}
        settling.answer_group(
            actor=actor, classification=held, technical=True, reason="They work in the technical teams.", **named
        )
    librarian = defined.rows_titled(held, "Librarian").first()
    if librarian:
        why = "Runs the digitisation studio and its cameras; the title is of another time."
        settling.override(actor=actor, classification=held, key=librarian.key, technical=True, reason=why)
