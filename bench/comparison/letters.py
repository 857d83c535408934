"""A panel with as many pending outcomes as letters are wanted. Run as a program it fills a database and tells the outcomes; with `count` it says what the ledger holds.

Prints as JSON how many seconds the preview of all letters and the release took; or how many letters are written, mails written down, and to whom they are sent or in doubt.
"""

from __future__ import annotations

import json
import os
import sys
import time
from decimal import Decimal
from typing import Any

#: With this every letter about an outcome begins; the copies and receipts that were mailed before do not.
SUBJECT = "The panel"
KINDS = ("full", "part", "reserve", "decline", "decline", "changes", "next")


def fill(number: int) -> dict[str, float]:
    from django.core.management import call_command
    from django.utils import timezone

    from desaga.organisations.states import Role
    from desaga.organisations.tests.factories import OrganisationFactory
    from desaga.placements.models import Application, ApplicationEvent
    from desaga.placements.operations import meeting, outcome_letters, releasing, schemes
    from desaga.placements.queries import meeting as reads
    from desaga.placements.tests.factories import make_round, make_scheme, with_role
    from desaga.placements.tests.meetings import begun
    from desaga.placements.tests.panels import eligible
    from desaga.tenancy.context import within

    call_command("migrate", verbosity=0)
    organisation = OrganisationFactory(kind="sector_body", has_workspace=True)
    manager = with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")
    scheme = make_scheme(organisation, actor=manager)
    make_round(scheme, actor=manager, meets_in=150)
    first = eligible(scheme, actor=manager)
    with within(organisation, user=manager):
        money = scheme.budgets.get()
        schemes.set_budget(
            actor=manager, scheme=scheme, budget=money, name=money.name, starts_on=money.starts_on, ends_on=money.ends_on, amount=Decimal(10_000_000),
        )  # fmt: skip
        copies = [Application(**_like(first, n)) for n in range(1, number)]
        Application.objects.bulk_create(copies)
        ApplicationEvent.objects.bulk_create(
            ApplicationEvent(organisation=organisation, application=one, at=timezone.now(), kind="received")
            for one in copies
        )
    round_ = begun(scheme, actor=manager)
    _decide(organisation, manager, round_)
    told = {}
    with within(organisation, user=manager):
        now = timezone.now()
        later = meeting.next_after(round_, now)
        began = time.perf_counter()
        items = reads.items_to_tell(round_)
        for item in items:
            outcome_letters.letter_about(item, accept_by=releasing.accept_by(item, now), goes_to=later)
        told["preview"] = time.perf_counter() - began
        seen = releasing.digest_of(items, timezone.localdate(now), later)
    began = time.perf_counter()
    with within(organisation, user=manager):
        releasing.release(actor=manager, organisation=organisation, round_=round_, seen=seen, now=now)
    told["release"] = time.perf_counter() - began
    return told


def _like(first: Any, number: int) -> dict[str, Any]:
    names = ("organisation", "scheme", "version", "round", "applicant", "state", "title", "name", "employer", "host", "asked", "starts_on", "ends_on", "received_at")  # fmt: skip
    told = {name: getattr(first, name) for name in names}
    return {**told, "reference": f"BEN-{number:05}", "email": f"applicant-{number}@elsewhere.example"}


def _decide(organisation: Any, manager: Any, round_: Any) -> None:
    from desaga.placements.operations import pending
    from desaga.placements.queries import meeting as reads
    from desaga.tenancy.context import within

    also: dict[str, dict[str, Any]] = {
        "part": {"amount": Decimal(500)},
        "decline": {"reasons": ["aims_unclear", "cost"]},
        "changes": {"open_parts": ["placement"], "words": "Say which week."},
    }
    with within(organisation, user=manager):
        for number, item in enumerate(reads.items_to_tell(round_)):
            kind = KINDS[number % len(KINDS)]
            pending.set_outcome(actor=manager, item=item, kind=kind, **also.get(kind, {}))


def count() -> dict[str, Any]:
    from desaga.notifications.models import OutgoingMail
    from desaga.notifications.states import MailState
    from desaga.organisations.models import Organisation
    from desaga.placements.models import OutcomeLetter
    from desaga.tenancy.context import within, within_platform

    with within_platform():
        mails = list(OutgoingMail.objects.filter(subject__startswith=SUBJECT))
    with within(Organisation.objects.get(kind="sector_body")):
        letters = OutcomeLetter.objects.count()
    states = {"sent": MailState.SENT, "doubtful": MailState.DOUBTFUL}
    whom = {name: [one.recipient for one in mails if one.state == state] for name, state in states.items()}
    return {"letters": letters, "mails": len(mails), **whom}


if __name__ == "__main__":
    import django

    from desaga.config import database

    database.prepare()
    django.setup()
    print(json.dumps(count() if "count" in sys.argv else fill(int(os.environ["BENCH_LETTERS"]))))
