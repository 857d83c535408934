"""What a representative does: ask a member, write to them, let go."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..content import Content
from ..models import Support
from ..queries import asked_by
from ..sealing import open_content, seal_content
from ..states import By, SupportState
from .gate import NotNow, forget_what_was_sent, move
from .mails import post

ANSWERS_FOR = timedelta(days=28)
MOST_ASKED = 25


class AskedEnough(Refused):
    """Twenty-five members have not answered you yet. Let some go before you ask more."""


class SaysNothing(Refused):
    """Write something first."""


@transaction.atomic
def ask_member(
    *, actor: Any, organisation: Organisation, name: str, email: str, now: datetime | None = None
) -> Support:
    """Ask somebody by e-mail whether they wish to be supported. Nothing of them is kept unless they agree within four weeks. Raises `AskedEnough`, `CannotSeal`."""
    now, key = now or timezone.now(), new_key()
    if asked_by(actor.person_id) >= MOST_ASKED:
        raise AskedEnough
    ends_on = (timezone.localdate(now)) + ANSWERS_FOR
    support = Support.objects.create(
        organisation=organisation, representative_id=actor.person_id, key_hash=hash_of(key), made_at=now, changed_at=now, ends_on=ends_on
    )  # fmt: skip
    content = Content(name=name.strip(), email=email.strip())
    mail = post(content, "ask", representative=actor.get_full_name(), key=key, ends_on=ends_on)
    keep(support, replace(content, mails=(mail,)), now=now)
    audit.record(actor=actor, verb="asked", thing=support, now=now)
    return support


@transaction.atomic
def send_again(*, actor: Any, support: Support, now: datetime | None = None) -> Support:
    """A new link to the same page, where the former was lost; the former opens nothing any more."""
    now, key, held = now or timezone.now(), new_key(), locked(support)
    forget_what_was_sent(held, now)
    held.key_hash = hash_of(key)
    if held.state == SupportState.ASKED:
        held.ends_on = timezone.localdate(now) + ANSWERS_FOR
    held.save(update_fields=["key_hash", "ends_on"])
    content = open_content(held)
    letter = "ask" if held.state == SupportState.ASKED else "again"
    mail = post(content, letter, representative=actor.get_full_name(), key=key, ends_on=held.ends_on)
    keep(held, replace(content, mails=(*content.mails, mail)), now=now)
    audit.record(actor=actor, verb="sent the link again for", thing=held, now=now)
    return held


@transaction.atomic
def write_to_member(
    *, actor: Any, support: Support, note: str = "", step: str = "", now: datetime | None = None
) -> Support:
    """A note or a step that both see. Raises `SaysNothing`, `gate.NotNow` before the member has agreed."""
    now, held = now or timezone.now(), locked(support)
    if held.state != SupportState.AGREED:
        raise NotNow
    content = written(open_content(held), note=note, step=step, by=By.REPRESENTATIVE, now=now)
    keep(held, content, now=now)
    audit.record(actor=actor, verb="wrote to the member in", thing=held, now=now)
    return held


@transaction.atomic
def let_go(*, actor: Any, support: Support, now: datetime | None = None) -> None:
    """End it from the representative's side: all of it is deleted."""
    move(support, "let_go", by=By.REPRESENTATIVE, actor=actor, now=now or timezone.now())


def written(content: Content, *, note: str, step: str, by: By, now: datetime) -> Content:
    """With a note or a step more. Raises `SaysNothing`."""
    if not (note.strip() or step.strip()):
        raise SaysNothing
    if note.strip():
        content = content.with_note(note.strip(), by, timezone.localdate(now).isoformat())
    return content.with_step(step.strip(), by) if step.strip() else content


def keep(support: Support, content: Content, *, now: datetime) -> None:
    """Seal it and write it."""
    support.sealed, support.changed_at = seal_content(support, content), now
    support.save(update_fields=["sealed", "changed_at"])
