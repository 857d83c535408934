"""Applicants who all write at once. Run as a program it fills a database, saves, saves bare rows beside, and looks at what stands.

Prints as JSON how many seconds each took, and what was lost, doubled or mixed up.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

PROCESSES, THREADS = 4, 8
QUESTIONS = ("title", "aims", "use_for_you", "use_for_team", "use_for_host", "job")
#: Every so many savings the answer is lost on the way, and the page sends the same once more.
LOST = 10
WORDS = "What I want to learn is how helium is recovered, kept and liquefied again without a loss that anybody would notice. "


class Applicant(NamedTuple):
    user: Any
    reference: str
    page: UUID


def fill(number: int) -> tuple[Any, Any, list[Applicant]]:
    from django.core.management import call_command

    from desaga.organisations.states import Role
    from desaga.organisations.tests.factories import member_of, peopled_organisation
    from desaga.placements.operations import applications
    from desaga.placements.tests.factories import make_applicant, make_scheme
    from desaga.tenancy.context import within

    call_command("migrate", verbosity=0)
    organisation = peopled_organisation("Northmoor University", "northmoor")
    scheme = make_scheme(organisation, actor=member_of(organisation, Role.LEAD))
    applicants = []
    for n in range(number):
        user = make_applicant(scheme, f"Applicant {n}")
        with within(organisation, user=user):
            begun = applications.begin(actor=user, scheme=scheme)
        applicants.append(Applicant(user, begun.reference, uuid4()))
    return organisation, scheme, applicants


def said(reference: str, number: int) -> str:
    return f"{reference} says for the {number}th time. {WORDS * 3}"


def save(organisation: Any, scheme: Any, applicant: Applicant, number: int, began: Any) -> int:
    """One saving as the page sends it, in a transaction of its own; twice where the answer was lost."""
    from desaga.placements.operations import applications
    from desaga.placements.queries.applications import own_application_or_404
    from desaga.tenancy.context import within

    key = QUESTIONS[number % len(QUESTIONS)]
    times = 2 if number % LOST == 0 else 1
    for _ in range(times):
        with within(organisation, user=applicant.user):
            applications.save_answers(
                actor=applicant.user,
                application=own_application_or_404(applicant.user, scheme.slug, applicant.reference),
                answers={key: said(applicant.reference, number)},
                at=began + timedelta(milliseconds=number),
                page=applicant.page,
                marks={key: ""},
            )
    return times


def save_bare(pk: int, number: int) -> int:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_signup SET next = %s WHERE id = %s", [said("BARE", number)[:300], pk])
    return 1


def bare_rows(number: int) -> list[int]:
    """Rows of a table without row-level security: requests for accounts are the smallest."""
    from django.utils import timezone

    from desaga.accounts.models import SignUp

    now = timezone.now()
    made = (
        SignUp(email=f"bare{n}@elsewhere.example", next="/", key_hash=str(n), asked_at=now, expires_at=now)
        for n in range(number)
    )
    return [one.pk for one in SignUp.objects.bulk_create(made)]


def together(job: Any, tasks: list[tuple[Any, ...]]) -> int:
    """The tasks of one process, by several threads."""
    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(lambda task: job(*task), tasks))


def timed(job: Any, tasks: list[list[tuple[Any, ...]]]) -> tuple[float, int]:
    """Seconds in which processes do their shares, each by several threads; and how many were done."""
    from django.db import connections

    # A pool's own threads do not come along into a new process.
    connections.close_all()
    connections["default"].close_pool()
    began = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(len(tasks)) as pool:
        done = sum(pool.starmap(together, [(job, share) for share in tasks]))
    return time.perf_counter() - began, done


def run(number: int, saves: int) -> dict[str, Any]:
    from django.utils import timezone

    from desaga.placements.models import Answer
    from desaga.tenancy.context import within

    organisation, scheme, applicants = fill(number)
    began = timezone.now() - timedelta(minutes=1)
    shares = [applicants[n::PROCESSES] for n in range(PROCESSES)]
    seconds, done = timed(
        save, [[(organisation, scheme, one, n, began) for n in range(saves) for one in share] for share in shares]
    )
    bare_saves, rows = max(saves // 4, 1), bare_rows(number)
    bare = [[(pk, n) for n in range(bare_saves) for pk in rows[share::PROCESSES]] for share in range(PROCESSES)]
    bare_seconds, bare_done = timed(save_bare, bare)
    last = {QUESTIONS[n % len(QUESTIONS)]: n for n in range(saves)}
    wanted = {(one.reference, key): said(one.reference, n) for one in applicants for key, n in last.items()}
    with within(organisation):
        rows = list(Answer.objects.values_list("application__reference", "key", "value"))
    stands = {(reference, key): value for reference, key, value in rows}
    return {
        "seconds": seconds, "saves": done, "bare_seconds": bare_seconds, "bare_saves": bare_done,
        "lost": sum(stands.get(place) != words for place, words in wanted.items()),
        "doubled": len(rows) - len(stands) + len(set(stands) - set(wanted)),
    }  # fmt: skip


if __name__ == "__main__":
    import django

    from desaga.config import database

    database.prepare()
    django.setup()
    print(json.dumps(run(int(os.environ["BENCH_APPLICANTS"]), int(os.environ["BENCH_SAVES"]))))
