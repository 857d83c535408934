"""A plan with as many actions as are wanted, each with what actions usually have. Run as a program it fills a database.

`python -m bench.comparison.rows` migrates, makes an organisation with a lead and a plan, and prints what the bench needs as JSON.
"""

from __future__ import annotations

import json
from typing import Any

ACTIONS = 500
#: A plan of which one recipient is asked about all that is still to be done: three quarters of so many, about 20.
ASKED_TOGETHER = 28


def fill() -> dict[str, Any]:
    """Make everything; answers the addresses' ids and the cookie of a signed-in lead."""
    from django.core.management import call_command
    from django.test import Client

    from desaga.organisations.models import Party
    from desaga.organisations.states import Role
    from desaga.organisations.tests.factories import PartyFactory, member_of, peopled_organisation
    from desaga.plans.models import Action, ActionOwner
    from desaga.plans.tests.factories import PlanFactory, many_actions
    from desaga.rounds.tests.factories import letters, link_in, sent_round
    from desaga.tenancy.context import within

    call_command("migrate", verbosity=0)
    organisation = peopled_organisation("Northmoor University", "northmoor")
    lead = member_of(organisation, Role.LEAD)
    plan = PlanFactory(organisation=organisation)
    many_actions(plan, ACTIONS)
    with within(organisation):
        action = Action.objects.filter(plan=plan).order_by("order")[ACTIONS // 2 + 1].pk
        ActionOwner.objects.filter(action=action).update(party=Party.objects.get(code="TSM"))
    sent_round(plan, actor=lead)
    answer = link_in(letters()[0])
    together = PlanFactory(organisation=organisation, title="Plan of one party")
    many_actions(together, ASKED_TOGETHER)
    with within(organisation):
        party = PartyFactory(organisation=organisation, name="Project support officers", code="PSO")
        ActionOwner.objects.filter(action__plan=together, order=0).update(party=party)
    sent_round(together, actor=lead)
    client = Client()
    client.force_login(lead, backend="django.contrib.auth.backends.ModelBackend")
    [(name, morsel)] = client.cookies.items()
    return {
        "plan": plan.pk,
        "action": action,
        "answer": answer,
        "answers": link_in(letters("pso@northmoor.example")[0]),
        "slug": organisation.slug,
        "cookie": f"{name}={morsel.value}",
    }


if __name__ == "__main__":
    import django

    from desaga.config import database

    database.prepare()
    django.setup()
    print(json.dumps(fill()))
