"""Rounds to test with, made through the operations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desaga.notifications.models import OutgoingMail
from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind
from desaga.plans.models import Plan
from desaga.tenancy.context import within, within_platform

from ..models import Round
from ..operations import rounds


def make_round(plan: Plan, *, actor: Any = None, due_in: int = 14, **fields: Any) -> Round:
    """A round of a plan, prepared."""
    due_on = fields.pop("due_on", timezone.localdate() + timedelta(days=due_in))
    told = {
        "period": "Autumn 2026",
        "words": "",
        "remind_days_before": 3,
        "silent_days_after": 4,
        "escalate_days_after": 7,
        **fields,
    }
    with within(plan.organisation, user=actor):
        return rounds.start_round(actor=actor, plan=plan, due_on=due_on, today=date.min, **told)


def sent_round(plan: Plan, *, actor: Any = None, **fields: Any) -> Round:
    """A round under way: everybody who could be asked was. Parties without an address get one first."""
    with within(plan.organisation, user=actor):
        for party in Party.objects.filter(contacts=[]).exclude(kind=PartyKind.PERSON):
            party.contacts = [
                f"{(party.code or party.name).lower().replace(' ', '-')}@{plan.organisation.slug}.example"
            ]
            party.save()
    round_ = make_round(plan, actor=actor, **fields)
    return send(round_, actor=actor)


def send(round_: Round, *, actor: Any = None) -> Round:
    from ..queries import preparation_of, round_or_404

    organisation = round_.organisation
    with within(organisation, user=actor):
        emails = [one.email for one in preparation_of(round_.plan)[0]]
        rounds.send_round(actor=actor, round_=round_, emails=emails)
    rounds.post_requests(organisation=organisation, actor=actor, round_id=round_.pk)
    with within(organisation, user=actor):
        return round_or_404(round_.pk)


def letters(to: str = "") -> list[OutgoingMail]:
    """The mails that were written down, the first first; to one address if it is given."""
    with within_platform():
        rows = OutgoingMail.objects.order_by("pk")
        return list(rows.filter(recipient=to) if to else rows)


def link_in(mail: OutgoingMail) -> str:
    """The path and query of the link to the answering page."""
    address = next(word for word in mail.text.split() if "/updates/" in word)
    return address[address.index("/updates/") :]
