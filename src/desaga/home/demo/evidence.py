"""The demo's evidence: files, links and a record, looked at or not, some of it in technicians' own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desaga.accounts.models import User
from desaga.evidence.checking import check_file
from desaga.evidence.models import Evidence
from desaga.evidence.operations import GivenPiece, accept_evidence, decline_evidence
from desaga.organisations.models import Organisation
from desaga.plans.models import Action, Update
from desaga.plans.operations.evidence import give_evidence, use_evidence
from desaga.tenancy.context import within

from .world import email_of, world


def load_evidence() -> None:
    """Give each organisation's evidence, where it has none yet."""
    for told in world()["evidence"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            if not Evidence.objects.exists():
                for one in told["pieces"]:
                    load_piece(actor, told["plan"], one)


def load_piece(actor: User, plan: str, told: dict[str, Any]) -> None:
    """One piece for its actions, and what the programme says of it."""
    action, *others = [Action.objects.get(plan__title=plan, code=code) for code in told["actions"]]
    evidence = give_evidence(actor=actor, action=action, piece=piece_of(action, told), given_by=told["given_by"])
    for other in others:
        use_evidence(actor=actor, action=other, evidence=evidence)
    if told.get("accepted"):
        accept_evidence(actor=actor, evidence=evidence)
    if why := told.get("not_accepted"):
        decline_evidence(actor=actor, evidence=evidence, reason=why)


def piece_of(action: Action, told: dict[str, Any]) -> GivenPiece:
    """A file, a link, or the last update of the action."""
    file = check_file(SimpleUploadedFile(told["file"], told["content"].encode())) if "file" in told else None
    update = Update.objects.filter(action=action).order_by("order").last() if "record" in told else None
    days = told.get("runs_out_in")
    return GivenPiece(
        file=file,
        link=told.get("link", ""),
        record=(told["record"], update.pk) if update else None,
        title=told["title"],
        shows=told["shows"],
        is_technician_voice=told.get("voice", False),
        expires_on=timezone.localdate() + timedelta(days=days) if days else None,
    )
