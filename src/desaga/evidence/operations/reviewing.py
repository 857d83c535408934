"""Looking at evidence: accepting it or not, what comes in its place, and taking it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Evidence, EvidenceContent, in_force_on
from ..signals import evidence_replaced
from ..states import Scan
from .gate import move


class ReasonWanted(Refused):
    """Say why, in a sentence: whoever gave it will read it."""


class NotYetScanned(Refused):
    """The virus scanner has not looked at this file yet. It can be accepted once it has."""


class FileIsGone(Refused):
    """The virus scanner found something in this file, and it was removed. Ask for another."""


class NothingToTakeItsPlace(Refused):
    """What is to take its place does not stand itself. Choose another piece."""


@transaction.atomic
def accept_evidence(*, actor: Any, evidence: Evidence) -> Evidence:
    """Say that it shows what it says. Raises `NotNow`, `NotYetScanned`, `FileIsGone`."""
    evidence = locked(evidence)
    if evidence.scan == Scan.WAITING:
        raise NotYetScanned
    if evidence.scan == Scan.FOUND:
        raise FileIsGone
    return move(evidence, "accept", actor=actor, reason="")


@transaction.atomic
def decline_evidence(*, actor: Any, evidence: Evidence, reason: str) -> Evidence:
    """Say that it does not show it, and why. Raises `NotNow`, `ReasonWanted`."""
    if not (reason := reason.strip()):
        raise ReasonWanted
    return move(locked(evidence), "decline", actor=actor, note=reason, reason=reason)


@transaction.atomic
def replace_evidence(*, actor: Any, evidence: Evidence, by: Evidence) -> Evidence:
    """Say that a newer piece takes its place, wherever it is used. Raises `NotNow`, `NothingToTakeItsPlace`."""
    # In one order, so that two people who replace each other's pieces wait, and do not wait for each other.
    rows = {one.pk: locked(one) for one in sorted((evidence, by), key=lambda one: one.pk)}
    old, new = rows[evidence.pk], rows[by.pk]
    if old.pk == new.pk or not Evidence.objects.filter(in_force_on(timezone.localdate()), pk=new.pk).exists():
        raise NothingToTakeItsPlace
    old = move(old, "replace", actor=actor, note=f"by {new}", replaced_by=new)
    evidence_replaced.send(Evidence, evidence=old, by=new)
    return old


@transaction.atomic
def take_back(*, actor: Any, evidence: Evidence, note: str = "") -> Evidence:
    """Take a piece back: the bytes of its file are removed, that it was there stays in the audit. Raises `NotNow`."""
    evidence = move(locked(evidence), "take_back", actor=actor, note=note)
    EvidenceContent.objects.filter(evidence=evidence).delete()
    return evidence
