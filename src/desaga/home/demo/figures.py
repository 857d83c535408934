"""The demo's figures: what an organisation states for them, and how ready its newest snapshot is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.workforce.models import Comparator, Readiness, Statement
from desaga.workforce.operations.readiness import measure_readiness
from desaga.workforce.operations.stating import add_comparator, state_figures
from desaga.workforce.queries import snapshots_in_force
from desaga.workforce.releasing.whom import whom_of

from .world import email_of, world


def load_figures() -> None:
    """State what is not stated yet, and look at the newest snapshot if nobody has."""
    for told in world()["stated"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        lead, steward = (User.objects.get(email=email_of(told["organisation"], told[who])) for who in ("by", "steward"))
        with within(organisation, user=lead):
            state(organisation, lead, told)
        with within(organisation, user=steward):
            measure(steward)


def state(organisation: Any, actor: Any, told: dict[str, Any]) -> None:
    if not Statement.objects.exists():
        usual = Statement()
        ages = {"age_bands": usual.age_bands, "retirement_ages": usual.retirement_ages}
        state_figures(actor=actor, organisation=organisation, grades=told["grades"], ukprn=told["ukprn"], **ages)
    if not Comparator.objects.exists():
        for one in told["comparators"]:
            fields = {**one, "share": Decimal(str(one["share"]))}
            add_comparator(actor=actor, organisation=organisation, **fields)


def measure(actor: Any) -> None:
    snapshot = snapshots_in_force().first()
    if snapshot is not None and not Readiness.objects.exists():
        measure_readiness(actor=actor, snapshot=snapshot, classify=whom_of(snapshot).classify)
