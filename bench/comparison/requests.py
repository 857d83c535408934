"""A plan that names as many offices as a round is to ask. Run as a program it fills a database, prepares the round and writes its mails.

Prints as JSON how many seconds the preview took, sending, and writing the mails down.
"""

from __future__ import annotations

import json
import os
import time
from datetime import timedelta
from typing import Any


def fill(number: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.utils import timezone

    from desaga.organisations.models import Party
    from desaga.organisations.states import Role
    from desaga.organisations.tests.factories import member_of, peopled_organisation
    from desaga.plans.models import ActionOwner
    from desaga.plans.tests.factories import PlanFactory, many_actions
    from desaga.rounds.operations import rounds
    from desaga.rounds.queries import preparation_of
    from desaga.tenancy.context import within

    call_command("migrate", verbosity=0)
    organisation = peopled_organisation("Northmoor University", "northmoor")
    lead = member_of(organisation, Role.LEAD)
    plan = PlanFactory(organisation=organisation)
    # A quarter of the actions is complete and asks nobody.
    many_actions(plan, number * 4 // 3 + 4)
    told = {}
    with within(organisation, user=lead):
        parties = Party.objects.bulk_create(
            Party(
                organisation=organisation, name=f"Office number {n}", code=f"O{n}", contacts=[f"o{n}@northmoor.example"]
            )
            for n in range(number)
        )
        ActionOwner.objects.filter(order__gt=0).delete()
        owners = list(ActionOwner.objects.exclude(action__status="complete").order_by("pk"))
        for n, owner in enumerate(owners):
            owner.party = parties[n % number]
        ActionOwner.objects.bulk_update(owners, ["party"], batch_size=500)
        began = time.perf_counter()
        recipients, _ = preparation_of(plan)
        told["preview"] = time.perf_counter() - began
        due_on = timezone.localdate() + timedelta(days=14)
        round_ = rounds.start_round(actor=lead, plan=plan, period="Autumn", due_on=due_on)
        began = time.perf_counter()
        rounds.send_round(actor=lead, round_=round_, emails=[one.email for one in recipients])
        told["sent"] = time.perf_counter() - began
    began = time.perf_counter()
    rounds.post_requests(organisation=organisation, actor=lead, round_id=round_.pk)
    told["posted"] = time.perf_counter() - began
    return told


if __name__ == "__main__":
    import django

    from desaga.config import database

    database.prepare()
    django.setup()
    print(json.dumps(fill(int(os.environ["BENCH_REQUESTS"]))))
