"""Which panel hears what waits without one, and telling applicants of a panel that moved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from desaga.notifications.operations import send_mail

from ..dating import sitting_for
from ..models import Application, Round, Scheme
from ..queries.schemes import rounds_of, without_panel
from ..states import UNDECIDED, RoundState
from .gate import note_event


def bind_waiting(scheme: Scheme, *, actor: Any, now: datetime) -> int:
    """What came in while no panel was planned goes to the first whose cut-off it kept, and its applicant reads which. Call inside a transaction."""
    rows = list(without_panel(scheme).select_for_update(of=("self",)).order_by("pk"))
    planned = list(rounds_of(scheme).filter(state=RoundState.PLANNED, meets_on__gte=timezone.localdate(now)))
    number = 0
    for application in rows:
        assert application.received_at, "What came in has a day."
        if round_ := sitting_for(planned, timezone.localdate(application.received_at)):
            put_to(application, round_, actor=actor, now=now)
            number += 1
    return number


def put_to(application: Application, round_: Round, *, actor: Any, now: datetime) -> None:
    """Another panel hears it, and its applicant reads which. Call inside a transaction."""
    application.round, application.changed_at = round_, now
    application.save(update_fields=["round", "changed_at"])
    note_event(application, "next_panel", actor=actor, now=now, words=f"It is heard on {round_.meets_on:%-d %B %Y}.")


def tell_moved(round_: Round, *, actor: Any, now: datetime) -> int:
    """The days of a panel are others: each applicant whom it hears reads them in the history, and gets one mail. Call inside a transaction."""
    words = f"It is heard on {round_.meets_on:%-d %B %Y}; you hear by {round_.answers_by:%-d %B %Y}."
    rows = list(undecided_of(round_))
    for application in rows:
        note_event(application, "panel_moved", actor=actor, now=now, words=words)
        write_of_panel(application, "moved")
    return len(rows)


def undecided_of(round_: Round) -> Any:
    """What a panel is still to decide on. All else that is bound to it has ended, or went to another."""
    return Application.objects.filter(round=round_, state__in=UNDECIDED).select_related("scheme", "organisation")


def write_of_panel(application: Application, what: str) -> None:
    """One mail about the panel that hears an application; `what` names the sentence in the template."""
    scheme, organisation = application.scheme, application.organisation
    send_mail(
        template="placements/email/panel_moved",
        to=application.email,
        about=application,
        context={
            "application": application,
            "scheme": scheme,
            "round": application.round,
            "what": what,
            "button_label": "See your application",
            "button_url": f"{settings.SITE_ADDRESS}{application.get_absolute_url()}",
            "whose_words": f"{scheme.name}, {organisation.name}, through Desaga.",
        },
        organisation=organisation,
        reply_to=scheme.contact,
    )
