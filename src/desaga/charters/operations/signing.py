"""What an organisation does: begin, sign with a pledge for each aim it chooses, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.frameworks.models import Edition
from desaga.frameworks.operations import begin_edition, put_in_use
from desaga.frameworks.queries.known import framework_known
from desaga.frameworks.states import Kind
from desaga.frameworks.wordings import Wording
from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused

from ..models import Charter, Pledge, Signature
from ..states import SignatureState
from .gate import NotNow, move, note
from .keeping import begin
from .mails import tell


class PledgesNothing(Refused):
    """Write what you pledge for at least one aim."""


class SignsInTheFuture(Refused):
    """The day of signing lies in the future. Sign on the day, or give the day on which it was signed."""


class Begun(Refused):
    """Your organisation has begun to sign this charter already."""


@transaction.atomic
def begin_to_sign(
    *, actor: Any, organisation: Organisation, charter: Charter, now: datetime | None = None
) -> Signature:
    """Begin to sign a published charter; its keeper hears of it when it is signed. Raises `Begun`, `gate.NotNow`."""
    now = now or timezone.now()
    if charter.is_historic or not charter.is_published or charter.organisation_id == organisation.pk:
        raise NotNow
    if Signature.signed.filter(charter=charter).exclude(state=SignatureState.WITHDRAWN).exists():
        raise Begun
    signature = begin(
        charter=charter, name=organisation.name, kind=organisation.kind, signatory=organisation, home_page=organisation.home_page, now=now
    )  # fmt: skip
    note(signature, "begun", now=now)
    audit.record(actor=actor, verb="began to sign", thing=signature, now=now)
    return signature


@transaction.atomic
def sign(
    *,
    actor: Any,
    signature: Signature,
    signed_by: str,
    signed_on: date,
    pledges: Mapping[str, str],
    now: datetime | None = None,
    **fields: Any,
) -> Signature:
    """Sign in the organisation's name; the keeper confirms it then. `pledges` are words by an aim's code, and can be aligned like any framework.

    Raises `PledgesNothing`, `SignsInTheFuture`, `gate.NotNow`, `gate.NotOurs`.
    """
    now = now or timezone.now()
    if not any(words.strip() for words in pledges.values()):
        raise PledgesNothing
    if signed_on > timezone.localdate(now):
        raise SignsInTheFuture
    held = move(signature, "sign", actor=actor, now=now, signed_by=signed_by.strip(), signed_on=signed_on, **fields)
    keep_pledges(held, pledges)
    if held.signatory_id is not None:
        let_align(actor=actor, organisation=held.signatory, charter=held.charter)
    tell(held, held.organisation, "signed")
    return held


def keep_pledges(signature: Signature, pledges: Mapping[str, str]) -> None:
    """The pledges as they are now, in the order of the aims. One without words is none: a signatory may write what the two share, not remove it."""
    held = {one.code: one for one in Pledge._base_manager.filter(signature=signature)}
    for aim in signature.charter.aims:
        words, pledge = pledges.get(aim["code"], "").strip(), held.get(aim["code"])
        if pledge is not None:
            pledge.title, pledge.words = aim["title"], words
            pledge.save(update_fields=["title", "words"])
        elif words:
            Pledge._base_manager.create(
                organisation_id=signature.organisation_id, signatory_id=signature.signatory_id, signature=signature,
                code=aim["code"], title=aim["title"], words=words,
            )  # fmt: skip


def let_align(*, actor: Any, organisation: Any, charter: Charter) -> Edition | None:
    """Where the charter is not among the frameworks that the signatory's plans know, it becomes one of its own, with the aims as principles."""
    if framework_known(charter.framework) is not None:
        return None
    principles = [Wording(code=aim["code"], title=aim["title"]) for aim in charter.aims]
    edition = begin_edition(
        actor=actor, organisation=organisation, name=charter.framework, kind=Kind.PLEDGES, source=charter.source, principles=principles,
        version=f"as {charter.organisation.short_name} keeps it",
    )  # fmt: skip
    return put_in_use(actor=actor, edition=edition)


@transaction.atomic
def withdraw(*, actor: Any, signature: Signature, words: str = "", now: datetime | None = None) -> Signature:
    """Take the signature back: it is not shown any more. Raises `gate.NotNow`, `gate.NotOurs`."""
    held = move(signature, "withdraw", actor=actor, now=now or timezone.now(), words=words.strip(), report_due_on=None)
    tell(held, held.organisation, "withdrawn", words=words.strip())
    return held
