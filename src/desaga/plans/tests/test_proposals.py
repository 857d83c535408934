"""What actions may answer: proposed from words, answered by people, learnt from within the organisation and never beyond it."""

from __future__ import annotations

from typing import Any

import pytest

from desaga.tenancy.context import within

from ..models import Alignment, Plan
from ..operations import proposals
from ..queries import proposals as reads
from .factories import PlanFactory, make_action


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title="Start a mentoring scheme and pay fees for professional registration")
    make_action(plan, code="A2", title="Ask two apprentices every year")
    return plan


def proposed(plan: Plan) -> dict[str, list[str]]:
    frameworks = reads.frameworks_offered(plan)
    actions = {action.pk: action.code for action in reads.actions_to_look_at(plan, only_left=False)}
    found = reads.proposals_for(actions, frameworks)
    return {actions[pk]: [f"{one.framework.key} {one.code}" for one in rows] for pk, rows in found.items()}


def test_try(plan: Plan) -> None:
    with within(plan.organisation):
        print(proposed(plan))
        found = reads.proposals_for([reads.actions_to_look_at(plan, only_left=False)[0].pk], reads.frameworks_offered(plan))
        tokens = [one.token for rows in found.values() for one in rows]
        done = proposals.accept_proposals(actor=None, plan=plan, tokens=tokens)
        print(done, list(Alignment.objects.values_list("framework", "code")), proposed(plan))


def test_elsewhere_try(plan: Plan, other_organisation: Any) -> None:
    import time
    import random
    from django.db import connection
    from django.utils import timezone
    from ..models import Action
    from ..queries.published import actions_elsewhere
    r = random.Random(1)
    words = "mentoring registration apprentices training award budget induction website network equipment safety survey progression teaching outreach secondment grant committee data succession diversity wellbeing policy career technician workshop glass imaging mechanical electronics".split()
    with within(other_organisation):
        for n in range(104):
            p = PlanFactory(organisation=other_organisation, published_at=timezone.now())
            Action.objects.bulk_create(Action(organisation=other_organisation, plan=p, order=k, title=" ".join(r.choices(words, k=9)), how=" ".join(r.choices(words, k=60)), success=" ".join(r.choices(words, k=12))) for k in range(34))
    with within(plan.organisation):
        a = reads.actions_to_look_at(plan, only_left=False)[0]
        for _ in range(3):
            t = time.time()
            n = len(connection.queries)
            found = actions_elsewhere(a)
            print(time.time() - t, len(found), [(f.words, round(f.share, 2)) for f in found[:3]])
