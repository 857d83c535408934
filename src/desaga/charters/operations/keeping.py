"""What a body does with the charters that it keeps, and with signatures of those who have no workspace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.organisations.states import OrganisationKind

from ..models import Charter, Signature
from ..queries import aims_in, workspaces_to_offer
from ..shipped import shipped_charters
from ..states import SignatureState
from .gate import NotNow, move, note
from .mails import tell


class NoAims(Refused):
    """This framework has no principle to pledge towards. Choose another, or write its principles first."""


class KeptAlready(Refused):
    """You keep a charter of this name already."""


class AskedAlready(Refused):
    """This organisation has signed it already, or was asked."""


@transaction.atomic
def keep_charter(*, actor: Any, organisation: Organisation, name: str, framework: str, **fields: Any) -> Charter:
    """Begin a charter whose aims are a framework's principles. Nobody else sees it before it is published. Raises `NoAims`, `KeptAlready`."""
    locked(organisation)
    aims, slug = aims_in(framework), slugify(name)[:60] or "charter"
    if not aims:
        raise NoAims
    if Charter.objects.filter(slug=slug).exists():
        raise KeptAlready
    return add_row(
        Charter, actor=actor, organisation=organisation, slug=slug, name=name.strip(), framework=framework, aims=aims, **fields
    )  # fmt: skip


@transaction.atomic
def keep_shipped(*, actor: Any, organisation: Organisation, key: str, now: datetime | None = None) -> Charter:
    """One of the charters that we know of, with its words and, where it is historic, those who signed it then. Raises what `keep_charter` raises."""
    told, now = shipped_charters()[key], now or timezone.now()
    fields = {name: told[name] for name in ("name", "framework", "summary", "about", "source")}
    fields["source_read_on"] = date.fromisoformat(told["looked_at"])
    charter = keep_charter(
        actor=actor, organisation=organisation, shipped=key, is_historic=told.get("is_historic", False), **fields
    )
    for one in told.get("signatories", []):
        signed_on = date.fromisoformat(one["signed_on"]) if "signed_on" in one else None
        signature = enter_signature(
            actor=actor, charter=charter, name=one["name"], kind=one["kind"], signed_on=signed_on,
            precision=one.get("precision", "day"), note=one.get("note", ""), pledges={}, now=now,
        )  # fmt: skip
        confirm_signature(actor=actor, signature=signature, now=now)
    return charter


@transaction.atomic
def change_charter(*, actor: Any, charter: Charter, **fields: Any) -> Charter:
    """Change what is said of it. Its aims are taken anew from the framework; what was pledged stays as it was pledged."""
    return change_row(charter, actor=actor, fields=fields | {"aims": aims_in(charter.framework) or charter.aims})


@transaction.atomic
def publish_charter(*, actor: Any, charter: Charter, now: datetime | None = None) -> Charter:
    """From now on everybody reads it, organisations can sign it, and whoever was confirmed is shown."""
    return _set_published(actor, charter, now or timezone.now(), "published")


@transaction.atomic
def hide_charter(*, actor: Any, charter: Charter) -> Charter:
    """Take it from the public; nothing is lost."""
    return _set_published(actor, charter, None, "took from the public")


def _set_published(actor: Any, charter: Charter, at: datetime | None, verb: str) -> Charter:
    held = locked(charter)
    if held.is_published == (at is not None):
        raise NotNow
    held.published_at = at
    held.save(update_fields=["published_at"])
    audit.record(actor=actor, verb=verb, thing=held)
    return held


@transaction.atomic
def offer_charter(*, actor: Any, charter: Charter, to: Organisation, now: datetime | None = None) -> Signature:
    """Ask an organisation with a workspace to sign; its leads get an e-mail. Raises `AskedAlready`, `gate.NotNow` where the charter is not open."""
    now, held = now or timezone.now(), locked(charter)
    if not held.is_published or held.is_historic:
        raise NotNow
    if not workspaces_to_offer(held).filter(pk=to.pk).exists():
        raise AskedAlready
    signature = begin(charter=held, name=to.name, kind=to.kind, signatory=to, home_page=to.home_page, now=now)
    note(signature, "offered", now=now)
    audit.record(actor=actor, verb="offered", thing=signature, now=now)
    tell(signature, to, "offered")
    return signature


@transaction.atomic
def enter_signature(
    *,
    actor: Any,
    charter: Charter,
    name: str,
    kind: str = OrganisationKind.INSTITUTION,
    pledges: Mapping[str, str],
    now: datetime | None = None,
    **fields: Any,
) -> Signature:
    """Write down that somebody without a workspace signed; confirming it is another press."""
    from .signing import keep_pledges

    now = now or timezone.now()
    signature = begin(charter=locked(charter), name=name.strip(), kind=kind, signatory=None, now=now, **fields)
    keep_pledges(signature, pledges)
    audit.record(actor=actor, verb="entered", thing=signature, now=now)
    return move(signature, "sign", actor=actor, now=now)


def begin(*, charter: Charter, now: datetime, **fields: Any) -> Signature:
    return Signature._base_manager.create(
        organisation_id=charter.organisation_id, charter=charter, state=SignatureState.OFFERED, made_at=now, **fields
    )


@transaction.atomic
def confirm_signature(*, actor: Any, signature: Signature, now: datetime | None = None) -> Signature:
    """The keeper says that it stands: from now on it is shown, and a first report is due in a year. Raises `gate.NotNow`."""
    now = now or timezone.now()
    due = None if signature.charter.is_historic else a_year_after(timezone.localdate(now))
    held = move(signature, "confirm", actor=actor, now=now, confirmed_at=now, report_due_on=due, reminded_at=None)
    tell(held, held.signatory, "confirmed")
    return held


@transaction.atomic
def give_back(*, actor: Any, signature: Signature, words: str, now: datetime | None = None) -> Signature:
    """Not yet: the signatory mends it and signs again. Raises `gate.NotNow`."""
    held = move(signature, "give_back", actor=actor, now=now or timezone.now(), words=words.strip())
    tell(held, held.signatory, "given_back", words=words.strip())
    return held


@transaction.atomic
def let_lapse(*, actor: Any, signature: Signature, words: str, now: datetime | None = None) -> Signature:
    """It counts no more and is not shown, until it is restored or signed anew. Raises `gate.NotNow`."""
    held = move(signature, "lapse", actor=actor, now=now or timezone.now(), words=words.strip())
    tell(held, held.signatory, "lapsed", words=words.strip())
    return held


@transaction.atomic
def restore(*, actor: Any, signature: Signature, now: datetime | None = None) -> Signature:
    """It lapsed and counts again. Raises `gate.NotNow`."""
    held = move(signature, "restore", actor=actor, now=now or timezone.now())
    tell(held, held.signatory, "restored")
    return held


@transaction.atomic
def place_signature(*, actor: Any, signature: Signature, now: datetime | None = None, **fields: Any) -> Signature:
    """Say in which cohort and stage it stands, of which nation it is, when its report is due, and where plan and home page are."""
    held = change_row(signature, actor=actor, verb="placed", fields=fields)
    if "report_due_on" in fields and fields["report_due_on"] != signature.report_due_on:
        held.reminded_at = None
        held.save(update_fields=["reminded_at"])
    note(held, "changed", now=now or timezone.now())
    return held


def a_year_after(day: date) -> date:
    """The same day of the next year; the last of February stays one."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
