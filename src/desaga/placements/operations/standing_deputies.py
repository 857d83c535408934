"""Who answers for somebody whenever they are asked, until a day: left by the link of a mail, ended by the link of another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.notifications.operations import send_mail
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..approving import is_one_of, same_mailbox
from ..models import Asking, StandingDeputy
from ..queries.asking import addresses_of, deputy_standing, going
from .stepping import step

#: So long after it ended, nothing tells of it any more.
KEPT = timedelta(days=180)


class EndedAlready(Refused):
    """Nobody answers for you any more: when you are next asked, the e-mail goes to you."""


def stand_in(asking: Asking, *, name: str, email: str, until: date, now: datetime) -> StandingDeputy:
    """From now on also for whatever else that address is asked. Whoever they left before ends. They get an e-mail that says so, with a link to end it. Call with the asking held."""
    address = asking.email.casefold()
    StandingDeputy.objects.filter(email=address, ended_at=None).update(ended_at=now)
    key, application = new_key(), asking.application
    deputy = StandingDeputy.objects.create(
        organisation_id=asking.organisation_id, email=address, name=asking.name, deputy_name=name, deputy_email=email, until=until, left_at=now, key_hash=hash_of(key)
    )  # fmt: skip
    path = reverse("placements:end_deputy", args=[application.organisation.slug])
    send_mail(
        template="placements/email/deputy_stands",
        to=asking.email,
        about=application,
        context={
            "deputy": deputy,
            "organisation": application.organisation,
            "button_label": "See it, or end it",
            "button_url": f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}",
            "whose_words": f"{application.organisation.name}, through Desaga. You need no account.",
        },
        organisation=application.organisation,
        reply_to=application.scheme.contact,
    )
    return deputy


def hand_to_deputy(asking: Asking, *, actor: Any, now: datetime) -> tuple[Asking, str]:
    """Where somebody stands in for whoever is asked, it is theirs to answer: the asking as it is then, and what their mail says of it.

    Nobody stands in who applies, or is asked for something else of the same application. Call with the application held.
    """
    deputy = deputy_standing(asking.email, timezone.localdate(now))
    if deputy is None or is_one_of(deputy.deputy_email, addresses_of(asking.application)):
        return asking, ""
    if any(same_mailbox(deputy.deputy_email, one.email) for one in going(asking.application) if one.pk != asking.pk):
        return asking, ""
    told = {"deputy_name": deputy.deputy_name, "deputy_email": deputy.deputy_email, "deputy_until": deputy.until}
    words = f"{deputy.deputy_name}, until {deputy.until:%-d %B %Y}"
    held = step(asking, "leave_deputy", actor=actor, now=now, words=words, **told)
    return held, f"{deputy.name} has asked you to answer for them until {deputy.until:%-d %B %Y}."


def end_if_lost(email: str, *, of: str, now: datetime) -> None:
    """A mail to whoever stands in came back: nothing more is sent there instead of to whoever is asked."""
    StandingDeputy.objects.filter(email=of.casefold(), deputy_email__iexact=email, ended_at=None).update(ended_at=now)


@transaction.atomic
def end_deputy(*, deputy: StandingDeputy, now: datetime | None = None) -> StandingDeputy:
    """By whoever left them: what is asked from now on goes to themself; what their deputy was asked stays with the deputy. Raises `EndedAlready`."""
    held = locked(deputy)
    if held.ended_at:
        raise EndedAlready
    held.ended_at = now or timezone.now()
    held.save(update_fields=["ended_at"])
    return held


def forget_ended(*, now: datetime) -> int:
    """Those of long ago go. Answers how many."""
    before = now - KEPT
    rows = StandingDeputy.objects.filter(Q(ended_at__lt=before) | Q(until__lt=timezone.localdate(before)))
    number: int = rows.count()
    rows.delete()
    return number
