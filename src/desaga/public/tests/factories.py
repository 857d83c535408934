"""Publications and held plans to test with, made through the operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from desaga.organisations.states import OrganisationKind
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.plans.models import Plan
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.states import PlanState
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..models import HeldPlan, Offer, Publication, PublicCopy
from ..operations import holding, publications

CONTACT = {"contact_role": "Technician Commitment lead", "contact_address": "plan@northmoor.example"}
ADDRESS = "https://www.eastcliff.example/plan.pdf"


def at_work(plan: Plan) -> Plan:
    """The plan, no longer a draft."""
    with within(plan.organisation):
        return (
            change_plan_state(actor=None, plan=plan, transition="activate") if plan.state == PlanState.DRAFT else plan
        )


def make_publication(plan: Plan, *, actor: Any = None, **fields: Any) -> Publication:
    """What is chosen for a plan's public page; nothing is public yet."""
    with within(plan.organisation, user=actor):
        return publications.choose(actor=actor, plan=plan, **(CONTACT | fields))


def publish(plan: Plan, *, actor: Any = None, **fields: Any) -> PublicCopy:
    """The plan, put to work and published."""
    publication = make_publication(at_work(plan), actor=actor, **fields)
    with within(plan.organisation, user=actor):
        return publications.publish(actor=actor, publication=publication)


def a_body(slug: str = "forum") -> Any:
    return OrganisationFactory(name="The Technical Forum", slug=slug, kind=OrganisationKind.SECTOR_BODY)


def hold(body: Any, of: Any, *, actor: Any = None, title: str = "Plan of another", **plan: Any) -> HeldPlan:
    """A plan with one action that a body holds for another."""
    held = PlanFactory(organisation=body, title=title, **plan)
    make_action(held, code="E1", title="Open the glass workshop", owners=["TSM"], status="in_progress")
    with within(body, user=actor):
        return holding.hold_plan(
            actor=actor, plan=held, of=of, source_address=ADDRESS, taken_on=date(2026, 3, 1), today=date(2026, 4, 1)
        )


def offer_of_another(organisation: Any) -> Offer:
    """A plan of the organisation's that a body holds, and offers to it."""
    body = a_body(f"forum-of-{organisation.slug}")
    held = hold(body, organisation, title=f"Plan held for {organisation.name}")
    with within(body):
        return holding.offer_plan(actor=None, held=held)
