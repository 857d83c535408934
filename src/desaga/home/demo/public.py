"""The demo's public page, and the plan that its sector body holds as another published it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.plans.models import Plan
from desaga.public.models import HeldPlan, Publication
from desaga.public.operations import publications
from desaga.public.operations.holding import hold_plan
from desaga.tenancy.context import within

from .world import email_of, world


def load_public() -> None:
    """Hold and publish what is not yet."""
    for told in world()["held_plans"]:
        with as_said(told) as (actor, plan):
            hold(actor, plan, told)
    for told in world()["publications"]:
        with as_said(told) as (actor, plan):
            publish(actor, plan, told)


@contextmanager
def as_said(told: dict[str, Any]) -> Iterator[tuple[User, Plan]]:
    """Within the organisation, in the name of whoever does it: the actor and the plan."""
    actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
    with within(Organisation.objects.get(slug=told["organisation"]), user=actor):
        yield actor, Plan.objects.get(title=told["plan"])


def hold(actor: User, plan: Plan, told: dict[str, Any]) -> None:
    if not HeldPlan.objects.filter(plan=plan).exists():
        taken_on = date.fromisoformat(told["taken_on"])
        hold_plan(actor=actor, plan=plan, of=told["of"], source_address=told["source_address"], taken_on=taken_on)


def publish(actor: User, plan: Plan, told: dict[str, Any]) -> None:
    if Publication.objects.filter(plan=plan).exists():
        return
    publication = publications.choose(actor=actor, plan=plan, **told["chosen"])
    publications.publish(actor=actor, publication=publication)
