"""Who reads a plan's parts: whoever reads the plan, and nobody by a part of their own. In SQL, as the database alone decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from desaga.organisations.models import Grant
from desaga.organisations.tests.factories import GrantFactory
from desaga.tenancy.context import within

from ..models import Action, Plan
from .factories import PlanFactory, many_actions

PARTS = ("theme", "action", "actionowner", "alignment", "milestone", "doubt")
EACH = 5


@pytest.fixture
def plans(organisation: Any) -> tuple[Any, Any]:
    """Two plans of one organisation, each with parts of every kind."""
    both = PlanFactory(organisation=organisation), PlanFactory(organisation=organisation)
    for plan in both:
        many_actions(plan, EACH)
    return both


def seen(reader: Any) -> dict[str, set[int]]:
    """The plans whose parts a reader sees, by the kind of part, without any help of managers."""
    found = {}
    with within(reader), connection.cursor() as cursor:
        for part in PARTS:
            cursor.execute(f"select distinct plan_id from plans_{part}")
            found[part] = {plan for (plan,) in cursor.fetchall()}
    return found


def everywhere(*plans: Any) -> dict[str, set[int]]:
    return {part: {plan.pk for plan in plans} for part in PARTS}


def grant(plan: Any, to: Any, **fields: Any) -> Grant:
    given = {"owner_organisation": plan.organisation, "to_organisation": to, "kind": "plans.plan", "object_id": plan.pk}
    return GrantFactory(**(given | fields))


def publish(plan: Any, when: Any) -> None:
    with within(plan.organisation):
        Plan.objects.filter(pk=plan.pk).update(published_at=when)


def test_the_owner_reads_all_and_another_nothing(plans: Any, organisation: Any, other_organisation: Any) -> None:
    assert seen(organisation) == everywhere(*plans)
    assert seen(other_organisation) == everywhere()
    assert seen(None) == everywhere()


def test_a_grant_of_one_plan_opens_its_parts_alone(plans: Any, other_organisation: Any) -> None:
    grant(plans[0], other_organisation)
    assert seen(other_organisation) == everywhere(plans[0])


def test_a_grant_of_all_plans_opens_all_parts(plans: Any, other_organisation: Any) -> None:
    grant(plans[0], other_organisation, object_id=None)
    assert seen(other_organisation) == everywhere(*plans)


@pytest.mark.parametrize("fields", [{"kind": "organisations.unit"}, {"ends": -1}, {"starts": 1}, {"revoked": True}])
def test_a_grant_of_something_else_or_not_in_force_opens_nothing(
    fields: Any, plans: Any, other_organisation: Any
) -> None:
    now, hour = timezone.now(), timedelta(hours=1)
    words = {"kind": fields.get("kind", "plans.plan")}
    if "ends" in fields:
        words |= {"starts_at": now - 2 * hour, "ends_at": now - hour}
    if "starts" in fields:
        words |= {"starts_at": now + hour}
    if "revoked" in fields:
        words |= {"revoked_at": now}
    grant(plans[0], other_organisation, **words)
    assert seen(other_organisation) == everywhere()


def test_what_is_published_by_now_is_open_to_everybody(plans: Any, other_organisation: Any) -> None:
    publish(plans[0], timezone.now())
    publish(plans[1], timezone.now() + timedelta(hours=1))
    assert seen(other_organisation) == everywhere(plans[0])
    assert seen(None) == everywhere(plans[0])


def test_a_part_that_another_hangs_on_a_published_plan_is_seen_by_nobody_else(
    plans: Any, organisation: Any, other_organisation: Any
) -> None:
    publish(plans[0], timezone.now())
    with within(other_organisation):
        Action.objects.create(organisation=other_organisation, plan=plans[0], order=99, title="Slipped in")
    with within(organisation), connection.cursor() as cursor:
        cursor.execute("select count(*) from plans_action where title = 'Slipped in'")
        assert cursor.fetchone() == (0,)
    third = PlanFactory().organisation
    with within(third), connection.cursor() as cursor:
        cursor.execute("select count(*), count(*) filter (where title = 'Slipped in') from plans_action")
        assert cursor.fetchone() == (EACH, 0)


def test_reading_by_a_grant_changes_nothing(plans: Any, other_organisation: Any) -> None:
    grant(plans[0], other_organisation)
    with within(other_organisation), connection.cursor() as cursor:
        for part in PARTS:
            cursor.execute(f"update plans_{part} set organisation_id = organisation_id")
            assert cursor.rowcount == 0, part
            cursor.execute(f"delete from plans_{part}")
            assert cursor.rowcount == 0, part
