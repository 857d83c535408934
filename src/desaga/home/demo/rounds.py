"""The demo's round: some who carry a plan's actions have addresses, were asked, and one has answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation, Party
from desaga.organisations.operations.parties import add_contacts
from desaga.plans.models import Plan
from desaga.plans.updating import Account, quarter_of
from desaga.rounds.models import RequestedAction, Round
from desaga.rounds.operations import answers, rounds
from desaga.rounds.queries import preparation_of
from desaga.tenancy.context import within

from .world import email_of, world


def load_rounds() -> None:
    """Send the round of each plan that has had none yet."""
    for told in world()["rounds"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            load_round(actor, told)


def load_round(actor: User, told: dict[str, Any]) -> None:
    plan, today = Plan.objects.get(title=told["plan"]), timezone.localdate()
    if Round.objects.filter(plan=plan).exists():
        return
    for code, login in told["addresses"]:
        party = Party.objects.get(code=code)
        add_contacts(actor=actor, party=party, contacts=[email_of(told["organisation"], login)])
    round_ = rounds.start_round(
        actor=actor,
        plan=plan,
        period=quarter_of(today),
        due_on=today + timedelta(days=told["due_in"]),
        words=told["words"],
    )
    emails = [one.email for one in preparation_of(plan)[0]]
    rounds.send_round(actor=actor, round_=round_, emails=emails)
    for code, fields in told["answered"].items():
        line = RequestedAction.objects.filter(request__round=round_, action__code=code).select_related(
            "action", "request__round"
        )[0]
        answers.answer_action(line=line, account=Account(**fields["account"]), name=fields["name"])
