"""The institution's own words in its record of processing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import add_row, change_row

from ..models import Contact, ProcessingWords


@transaction.atomic
def say_of_processing(*, actor: Any, organisation: Any, key: str, **words: str) -> ProcessingWords:
    """Basis, recipients and a note of one kind of processing, as the institution says them."""
    said = ProcessingWords.objects.filter(key=key).first()
    if said is None:
        return add_row(ProcessingWords, actor=actor, verb="described", organisation=organisation, key=key, **words)
    return change_row(said, actor=actor, verb="described", fields={**words, "changed_at": timezone.now()})


@transaction.atomic
def name_contact(*, actor: Any, organisation: Any, **fields: str) -> Contact:
    """Who is the controller, and who answers for data protection."""
    known = Contact.objects.first()
    if known is None:
        return add_row(
            Contact, actor=actor, verb="named the data protection contact", organisation=organisation, **fields
        )
    return change_row(known, actor=actor, verb="named the data protection contact", fields=fields)
