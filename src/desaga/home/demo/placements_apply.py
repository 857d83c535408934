"""More of the demo's applications: one that waits for those who approve, one of which changes are asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.organisations.models import Organisation
from desaga.placements.answering import parts
from desaga.placements.models import Application, Scheme
from desaga.placements.operations import applications
from desaga.placements.operations.equality import are_asked, keep_equality_answers
from desaga.placements.operations.files import keep_file
from desaga.placements.operations.gate import move
from desaga.placements.queries.applications import applications_of
from desaga.tenancy.context import within

from .world import email_of, world


def load_more_applications() -> None:
    """Each that is not there yet."""
    for told in world()["applied"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        applicant = User.objects.get(email=email_of(*told["applicant"]))
        with within(organisation, user=applicant):
            scheme = Scheme.objects.get(slug=told["scheme"])
            if not applications_of(applicant).filter(scheme=scheme).exists():
                load_one(applicant, scheme, told)


def load_one(applicant: User, scheme: Scheme, told: dict[str, Any]) -> None:
    application = applications.begin(actor=applicant, scheme=scheme)
    applications.save_answers(actor=applicant, application=application, answers=told["answers"] | days_of(told))
    if "file" in told:
        content = f"{told['file']}\n\n{told['file_words']}\n".encode()
        file = CheckedFile(told["file"], "text/plain", content, Scan.NONE)
        keep_file(actor=applicant, application=application, key="paper", file=file)
    if are_asked(application):
        keep_equality_answers(actor=applicant, application=application, answers=told.get("equality", {}))
    for part in parts(application.definition):
        applications.say_done(actor=applicant, application=application, part=part.key, done=True)
    application = applications.send(actor=applicant, application=application)
    if changes := told.get("changes"):
        ask_for_changes(application, told, changes)


def days_of(told: dict[str, Any]) -> dict[str, dict[str, str]]:
    starts_on = timezone.localdate() + timedelta(days=told["starts_in"])
    days = {"starts_on": starts_on, "ends_on": starts_on + timedelta(days=told["days"])}
    return {key: {"day": str(day.day), "month": str(day.month), "year": str(day.year)} for key, day in days.items()}


def ask_for_changes(application: Application, told: dict[str, Any], changes: list[str]) -> None:
    actor, now = User.objects.get(email=email_of(told["organisation"], told["by"])), timezone.now()
    application = applications.receive(application, actor=None, now=now)
    move(application, "ask_for_changes", actor=actor, now=now, words=told["changes_words"], open_sections=changes)
