"""Charters and signatures to test with, made through the operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from ..models import Charter, Report, Signature
from ..operations import keeping, reporting, signing
from ..states import Nation

TC = "technician-commitment"
PLEDGES = {"Visibility": "A page for each technician who wants one", "Recognition": "We pay for registration"}


def make_charter(keeper: Organisation, *, actor: Any = None, key: str = TC, published: bool = True) -> Charter:
    """A charter that we know of, kept by a body."""
    with within(keeper, user=actor):
        charter = keeping.keep_shipped(actor=actor, organisation=keeper, key=key)
        return keeping.publish_charter(actor=actor, charter=charter) if published else charter


def anew(signature: Signature) -> Signature:
    """As it is now, by whichever of the two reads it."""
    found = Signature._base_manager.select_related("charter__organisation", "organisation", "signatory")
    return found.get(pk=signature.pk)


def signed_by(organisation: Organisation, charter: Charter, *, actor: Any = None, **fields: Any) -> Signature:
    """An organisation with a workspace signs; it waits for the keeper."""
    told = {
        "signed_by": "Vera Lund, Principal",
        "signed_on": date(2026, 1, 5),
        "nation": Nation.WALES,
        "pledges": PLEDGES,
    }
    with within(organisation, user=actor):
        signature = signing.begin_to_sign(actor=actor, organisation=organisation, charter=charter)
        return signing.sign(actor=actor, signature=anew(signature), **(told | fields))


def confirmed(signature: Signature, *, actor: Any = None) -> Signature:
    with within(signature.charter.organisation, user=actor):
        return keeping.confirm_signature(actor=actor, signature=anew(signature))


def entered(charter: Charter, name: str, *, actor: Any = None, **fields: Any) -> Signature:
    """Somebody without a workspace, entered by the keeper and confirmed."""
    told = {"pledges": PLEDGES, "signed_on": date(2025, 3, 4), **fields}
    with within(charter.organisation, user=actor):
        signature = keeping.enter_signature(actor=actor, charter=charter, name=name, **told)
        return keeping.confirm_signature(actor=actor, signature=signature)


def reported(signature: Signature, *, actor: Any = None, year: int = 0, published: bool = True) -> Report:
    """The signatory's report for a year."""
    lines = {
        "Visibility": {
            "done": "Forty pages",
            "evidence": "The list",
            "evidence_url": "https://a.example/",
            "next": "More",
        }
    }
    writer = signature.signatory or signature.organisation
    with within(writer, user=actor):
        report = reporting.write_report(
            actor=actor,
            signature=anew(signature),
            year=year or timezone.localdate().year,
            summary="A good year",
            lines=lines,
        )
        return reporting.publish_report(actor=actor, report=report) if published else report


def furnish_charters(organisation: Organisation, *, actor: Any = None) -> None:
    """A charter that the organisation keeps, of a name of its own and not public, with a signature that it entered and the draft of a report."""
    with within(organisation, user=actor):
        told = {"name": f"Charter of {organisation.name}", "framework": "Technician Commitment", "summary": "Ours."}
        charter = keeping.keep_charter(actor=actor, organisation=organisation, **told)
    signature = entered(charter, f"Signatory of {organisation.name}", actor=actor)
    reported(signature, actor=actor, published=False)


__all__ = [
    "PLEDGES",
    "anew",
    "confirmed",
    "entered",
    "furnish_charters",
    "make_charter",
    "reported",
    "signed_by",
]
