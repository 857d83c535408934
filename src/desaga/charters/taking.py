"""A charter's signatories as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.timezone import localdate

from desaga.documents.out import Column, Imprint, Table
from desaga.documents.out.separated import write

from .models import Charter, Signature

HEADS = ("Name", "Kind", "Nation", "Signed", "Cohort", "Stage", "Plan", "Home page", "Note")


def as_csv(charter: Charter, signatures: Iterable[Signature]) -> bytes:
    """One row a signatory; no cell can act as a formula."""
    rows = [
        [one.name, one.get_kind_display(), one.get_nation_display(), one.signed_words, one.cohort_words, one.stage_words,
         whole(one.plan_address), one.home_page, one.note]
        for one in signatures
    ]  # fmt: skip
    table = Table("signatories", f"Signatories of {charter.name}", [Column(head) for head in HEADS], rows)
    return write([table], Imprint(charter.name, charter.organisation.name, localdate()))


def whole(address: str) -> str:
    """An address of ours with the name of the server before it."""
    return f"{settings.SITE_ADDRESS}{address}" if address.startswith("/") else address
