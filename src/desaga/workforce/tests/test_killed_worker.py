"""A real worker is killed in the midst of storing a snapshot, or figures: nothing of it is left, and another makes it whole."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from desaga.notifications.tests.processes import address_of, command, environment
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within

from .. import tasks
from ..models import ContractRow, Extract, PersonRow, Release, ReleasedTable, Snapshot
from ..operations import counting, loading, releases, running
from ..states import ExtractState, ReleaseState
from .factories import checked, loaded

pytestmark = pytest.mark.django_db(transaction=True)
#: At most, on a machine that is busy with other things.
SECONDS = 300  # A busy machine takes its time to start a worker.
WORKER = ("procrastinate", "worker", "--one-shot", "--concurrency", "1")
RESUMED = "select count(*) from procrastinate_jobs where status = 'todo' and task_name like '%work_on_extract'"
COUNTED_AGAIN = "select count(*) from procrastinate_jobs where status = 'todo' and task_name like '%count_release'"
WAITS_TO_STORE = (
    "select exists (select from pg_locks l join pg_stat_activity a using (pid)"
    " where not l.granted and a.datname = current_database() and a.query ilike '%into %workforce_{}%')"
)


@pytest.fixture
def beside(owner: Any) -> Iterator[Any]:
    owner.autocommit = True
    yield owner
    owner.execute("delete from procrastinate_jobs")


def test_killed_while_it_stores_a_snapshot_another_makes_it_whole(beside):
    organisation = OrganisationFactory()
    extract = checked(organisation)
    with within(organisation):
        loading.ask_load(actor=None, extract=extract)
    told = environment(beside)

    with beside.transaction():
        # People are stored, contracts have to wait: there the worker is killed.
        beside.execute("lock table workforce_contractrow in share mode")
        with subprocess.Popen(command(*WORKER), env=told) as worker:
            wait_until(beside, WAITS_TO_STORE.format("contractrow"))
            worker.kill()
    with within(organisation):
        assert Extract.objects.get().state == ExtractState.LOADING
        assert (Snapshot.objects.count(), PersonRow.objects.count()) == (0, 0)

    beside.execute("update workforce_progress set worked_at = now() - interval '5 minutes'")
    tasks.resume_everywhere(timestamp=0)
    assert beside.execute(RESUMED).fetchone() == (1,)
    running.work(organisation=organisation, actor=None, extract_id=extract.pk)
    with within(organisation):
        assert Extract.objects.get().state == ExtractState.COMMITTED
        assert (Snapshot.objects.count(), PersonRow.objects.count(), ContractRow.objects.count()) == (1, 3, 3)


def test_killed_while_it_keeps_figures_another_counts_them(beside):
    organisation = OrganisationFactory()
    snapshot = loaded(organisation)
    with within(organisation):
        told = {"actor": None, "organisation": organisation, "snapshot": snapshot, "name": "July 2025"}
        release = releases.prepare(**told)
    with beside.transaction():
        # Figures are counted and protected, and have to wait to be kept.
        beside.execute("lock table workforce_releasedtable in share mode")
        with subprocess.Popen(command(*WORKER), env=environment(beside)) as worker:
            wait_until(beside, WAITS_TO_STORE.format("releasedtable"))
            worker.kill()
    with within(organisation):
        assert Release.objects.get().state == ReleaseState.PREPARED
        assert not ReleasedTable.objects.exists()

    beside.execute("update workforce_releaseprogress set worked_at = now() - interval '15 minutes'")
    tasks.count_everywhere(timestamp=0)
    assert beside.execute(COUNTED_AGAIN).fetchone() == (1,)
    counting.take_turn(organisation=organisation, actor=None, release_id=release.pk)
    with within(organisation):
        assert Release.objects.get().state == ReleaseState.CHECKED
        assert ReleasedTable.objects.exists()


def wait_until(beside: Any, question: str) -> None:
    deadline = time.monotonic() + SECONDS
    with psycopg.connect(address_of(beside.info), autocommit=True) as looking:
        while not looking.execute(question).fetchone()[0]:
            assert time.monotonic() < deadline, "The worker never came so far."
            time.sleep(0.1)
