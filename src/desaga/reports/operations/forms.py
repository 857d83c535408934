"""Official forms: handed in, their fields matched once, filled."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.documents import UnreadableDocument
from desaga.documents.sandbox import read_limited
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row
from desaga.organisations.refusals import Refused

from ..filling.package import LIMITS
from ..models import FieldMatch, FormContent, OfficialForm


class FormTooLarge(Refused):
    """The file is larger than 25 MB. Remove pictures from it, and choose it again."""


class FormUnreadable(Refused):
    """This file cannot be filled."""


class FormWithoutFields(Refused):
    """Nothing to fill was found in this form: no content control, no form field, no table cell beside its label, and no heading with room under it.
    Check that it is the empty form, and that it is not protected."""


@transaction.atomic
def hand_in_form(
    *, actor: Any, organisation: Organisation, name: str, content: bytes, now: datetime | None = None
) -> OfficialForm:
    """Keep a form and what its fields are; the same bytes again answer the same form. Raises `FormTooLarge`, `FormUnreadable`, `FormWithoutFields`."""
    if len(content) > LIMITS.file_bytes:
        raise FormTooLarge
    sha256 = hashlib.sha256(content).hexdigest()
    if known := OfficialForm.objects.filter(sha256=sha256).first():
        return known
    name = name.replace("\x00", "")[-255:]
    read = _limited("desaga.reports.filling:read_fields", name, content)
    if not read["fields"]:
        raise FormWithoutFields
    form = add_row(
        OfficialForm, actor=actor, verb="handed in", organisation=organisation, name=name, sha256=sha256, fields=read["fields"],
        fingerprint=read["fingerprint"], handed_in_by=actor, handed_in_at=now or timezone.now(),
    )  # fmt: skip
    FormContent.objects.create(organisation=organisation, form=form, content=content)
    return form


@transaction.atomic
def match_fields(*, actor: Any, form: OfficialForm, meanings: Mapping[str, str]) -> int:
    """Say what each field is filled with ("" leaves it empty); remembered for every form of the same fields. Answers how many are filled."""
    known = {field["key"] for field in form.fields}
    told = {key: meaning[:120] for key, meaning in meanings.items() if key in known}
    for key, meaning in told.items():
        FieldMatch.objects.update_or_create(
            organisation=form.organisation, fingerprint=form.fingerprint, field=key, defaults={"meaning": meaning}
        )
    filled = sum(1 for meaning in told.values() if meaning)
    audit.record(
        actor=actor, verb="matched the fields of", thing=form, note=f"{filled} of {len(known)} fields are filled"
    )
    return filled


def filled_form(form: OfficialForm, content: bytes, values: Mapping[str, str]) -> bytes:
    """The form with these words in its fields; writes nothing down. Raises `FormUnreadable`."""
    made = _limited("desaga.reports.filling:fill_fields", form.name, content, {"values": dict(values)})
    return base64.b64decode(made["content"])


def _limited(function: str, name: str, content: bytes, hints: Mapping[str, Any] | None = None) -> Any:
    try:
        return read_limited(function, name, content, hints, limits=LIMITS)
    except UnreadableDocument as refusal:
        raise FormUnreadable(str(refusal)) from refusal
