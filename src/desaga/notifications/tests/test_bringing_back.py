"""Jobs whose worker is gone, and mails that nobody is about to deliver."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from desaga.notifications import operations
from desaga.notifications.states import MailState

from .factories import as_kept, make_doubtful_mail, queued


def given_to_worker(mail, *, silent_for):
    """The mail's job is being done by a worker that gave its last sign of life so many seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s * interval '1 second') returning id",
            [silent_for],
        )
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s where (args->>'mail_id')::bigint = %s",
            [cursor.fetchone()[0], mail.pk],
        )


def run(words):
    with connection.cursor() as cursor:
        cursor.execute(words)


def jobs_of(mail):
    jobs = ProcrastinateJob.objects.filter(args={"mail_id": mail.pk})
    return list(jobs.order_by("pk").values_list("status", flat=True))


def test_a_job_of_a_worker_that_is_gone_is_queued_anew_once(db):
    mail = queued()
    given_to_worker(mail, silent_for=60)
    assert (operations.bring_back_mail(), operations.bring_back_mail()) == (1, 0)
    assert jobs_of(mail) == ["todo"]


def test_a_job_of_a_worker_that_was_forgotten_is_queued_anew(db):
    mail = queued()
    given_to_worker(mail, silent_for=60)
    run("delete from procrastinate_workers")
    assert operations.bring_back_mail() == 1
    assert jobs_of(mail) == ["todo"]


def test_a_job_of_a_worker_that_lives_is_left_to_it(db):
    mail = queued()
    given_to_worker(mail, silent_for=10)
    assert operations.bring_back_mail() == 0
    assert jobs_of(mail) == ["doing"]


@pytest.mark.parametrize("gone", ["delete from procrastinate_jobs", "update procrastinate_jobs set status = 'failed'"])
def test_a_mail_without_a_job_gets_one(db, gone):
    mail = queued()
    run(gone)
    assert (operations.bring_back_mail(), operations.bring_back_mail()) == (1, 0)
    assert jobs_of(mail)[-1] == "todo"


def test_what_is_settled_or_in_doubt_is_not_brought_back(db, mailroom):
    sent = queued()
    operations.deliver_mail(mail_id=sent.pk)
    doubtful = make_doubtful_mail()
    run("delete from procrastinate_jobs")
    assert operations.bring_back_mail() == 0
    assert (as_kept(sent).state, as_kept(doubtful).state) == (MailState.SENT, MailState.DOUBTFUL)


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_for_lost_mail_is_two_questions(db, query_count, rows):
    for _ in range(rows):
        queued()
    # The others take the lock, and tell the database that the platform asks.
    with query_count(11):
        operations.bring_back_mail()
