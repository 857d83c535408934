from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app

from desaga.organisations.models import Unit
from desaga.organisations.tests.factories import UnitFactory, member_of
from desaga.tenancy.context import NOBODY, current_standing
from desaga.tenancy.jobs import NotAnId, tenant_task

SEEN: list[Any] = []


@tenant_task(queue="tests")
def look(*, organisation: Any, actor: Any, unit_id: int) -> None:
    SEEN.append((organisation, actor, [unit.pk for unit in Unit.objects.all()], current_standing(), unit_id))


@tenant_task(queue="tests", atomic=False)
def look_outside(*, organisation: Any, actor: Any) -> None:
    SEEN.append((organisation, current_standing(), connection.in_atomic_block))


@pytest.fixture(autouse=True)
def forget():
    SEEN.clear()


def payloads() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where queue_name = 'tests' order by id")
        return [args if isinstance(args, dict) else json.loads(args) for (args,) in cursor.fetchall()]


def test_a_job_runs_in_the_name_of_who_asked(organisation, other_organisation):
    unit = UnitFactory(organisation=other_organisation)
    user = member_of(organisation, "lead")
    look.run(organisation_id=organisation.pk, actor_id=user.pk, unit_id=unit.pk)
    ((seen, actor, units, standing, _),) = SEEN
    assert (seen, actor, standing.organisation_id, standing.user_id) == (organisation, user, organisation.pk, user.pk)
    assert unit.pk not in units
    assert current_standing() == NOBODY


def test_a_job_in_steps_opens_its_tenant_itself(transactional_db):
    from desaga.organisations.tests.factories import OrganisationFactory

    organisation = OrganisationFactory()
    look_outside.run(organisation_id=organisation.pk, actor_id=None)
    assert [(organisation, NOBODY, False)] == SEEN


def test_a_job_is_part_of_the_transaction_that_asks_for_it(organisation):
    def ask_and_fail() -> None:
        with transaction.atomic():
            look.later(organisation=organisation, unit_id=1)
            raise LookupError

    with pytest.raises(LookupError):
        ask_and_fail()
    assert payloads() == []
    look.later(organisation=organisation, unit_id=1)
    assert payloads() == [{"organisation_id": organisation.pk, "actor_id": None, "unit_id": 1}]


@pytest.mark.parametrize("payload", [{"name": "Ada"}, {"unit": 1}, {"unit_id": {"name": "Ada"}}])
def test_a_payload_holds_ids_only(payload, organisation):
    with pytest.raises(NotAnId):
        look.later(organisation=organisation, **payload)


def work_once() -> None:
    """A real worker does what waits in the queue, and its thread gives its connections back."""
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            worker.run_worker(wait=False, queues=["tests"], install_signal_handlers=False, listen_notify=False)
    finally:
        connections.close_all()


def test_a_worker_does_the_work(transactional_db):
    from desaga.organisations.tests.factories import OrganisationFactory

    organisation = OrganisationFactory()
    look.later(organisation=organisation, unit_id=7)
    # In a thread of its own: a journey that ran before in this process leaves a browser's event loop in the main one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work_once).result()
    assert [(seen, unit_id) for seen, _, _, _, unit_id in SEEN] == [(organisation, 7)]
