"""The demo's answers to what is proposed that actions answer, and a plan that another organisation has published."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.plans.models import Action, Plan, ProposalAnswer
from desaga.plans.operations.proposals import accept_proposals, refuse_proposals
from desaga.plans.queries.offered import frameworks_offered
from desaga.plans.queries.proposals import Proposed, proposals_for
from desaga.tenancy.context import within

from .world import email_of, world


def load_proposals() -> None:
    """Answer what is proposed in each plan in which nothing was answered yet, and publish what is to be read elsewhere."""
    for told in world()["proposals"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            plan = Plan.objects.get(title=told["plan"])
            if not ProposalAnswer.objects.filter(plan=plan).exists():
                answer_proposals(actor, plan, told)
    for told in world()["published"]:
        with within(Organisation.objects.get(slug=told["organisation"])):
            Plan.objects.filter(title=told["plan"], published_at=None).update(published_at=timezone.now())


def answer_proposals(actor: User, plan: Plan, told: dict[str, Any]) -> None:
    """One press for each action: what is accepted, then what is refused."""
    codes = {row.code: row.pk for row in Action.objects.filter(plan=plan)}
    for answer, listed in ((accept_proposals, told["accepted"]), (refuse_proposals, told["refused"])):
        for code, *named in listed:
            tokens = [one.token for one in proposed(plan, codes[code]) if [one.framework.key, one.code] in named]
            answer(actor=actor, plan=plan, tokens=tokens)


def proposed(plan: Plan, action: int) -> list[Proposed]:
    return proposals_for([action], frameworks_offered(plan))[action]
