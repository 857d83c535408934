"""Work in the background: files that came while the virus scanner was silent are shown to it again; every working day those who must approve are reminded, every morning awards are followed up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from desaga.accounts.queries import workspaces
from desaga.tenancy.context import within
from desaga.tenancy.jobs import tenant_task

from .operations import (
    chasing,
    copying,
    equality_figures,
    fund,
    outcome_files,
    outcome_letters,
    reading_mails,
    receipts,
    standing_deputies,
    stripping,
)
from .operations.asking_chase import chase
from .operations.scanning import look_again
from .queries import following
from .queries.applications import drafts_near, files_not_yet_scanned
from .queries.asking import waiting
from .queries.keeping import schemes_that_strip
from .queries.meeting import rounds_to_write
from .queries.readers import member_of_round, rounds_with_readings_left, untold_before
from .queries.schemes import schemes
from .reading_days import TOLD_AFTER

#: So many at a time: the next turn takes the rest.
MOST_AT_ONCE = 50


@app.periodic(cron="5-55/10 * * * *")
@app.task(name="desaga.placements.tasks.scan_everywhere", queueing_lock="desaga.placements.scan_everywhere")
def scan_everywhere(timestamp: int) -> None:
    """Every ten minutes, one job for each workspace: what fails in one holds up no other."""
    if not settings.CLAMAV:
        return
    for organisation in workspaces():
        scan_waiting.later(organisation=organisation)
        scan_receipts.later(organisation=organisation)
        scan_outcome_files.later(organisation=organisation)


@tenant_task(atomic=False)
def scan_waiting(*, organisation: Any, actor: Any) -> None:
    """The files of one workspace, each in a transaction of its own, until the scanner is silent."""
    with within(organisation):
        files = list(files_not_yet_scanned()[:MOST_AT_ONCE])
    for file in files:
        with within(organisation):
            if not look_again(file=file):
                return


@app.periodic(cron="40 7 * * 1-5")
@app.task(name="desaga.placements.tasks.chase_approvers", queueing_lock="desaga.placements.chase_approvers")
def chase_approvers(timestamp: int) -> None:
    """On working days, one job for each workspace: what fails in one holds up no other."""
    for organisation in workspaces():
        chase_in.later(organisation=organisation)


@tenant_task(atomic=False)
def chase_in(*, organisation: Any, actor: Any) -> None:
    with within(organisation):
        askings = list(waiting())
    for asking in askings:
        with within(organisation):
            chase(asking=asking)


@app.periodic(cron="50 7 * * *")
@app.task(name="desaga.placements.tasks.remind_of_drafts", queueing_lock="desaga.placements.remind_of_drafts")
def remind_of_drafts(timestamp: int) -> None:
    """One job for each workspace: what fails in one holds up no other."""
    for organisation in workspaces():
        remind_of_drafts_in.later(organisation=organisation)


@tenant_task(atomic=False)
def remind_of_drafts_in(*, organisation: Any, actor: Any) -> None:
    """Each draft in a transaction of its own."""
    today = timezone.localdate()
    with within(organisation):
        drafts = list(drafts_near(today, today + copying.NEAR))
    for draft in drafts:
        with within(organisation):
            copying.remind_of_draft(application=draft)


@app.periodic(cron="15 7 * * *")
@app.task(name="desaga.placements.tasks.follow_everywhere", queueing_lock="desaga.placements.follow_everywhere")
def follow_everywhere(timestamp: int) -> None:
    """One job for each workspace: what fails in one holds up no other. Weekends too: an offer lapses on its day."""
    for organisation in workspaces():
        follow.later(organisation=organisation)


@tenant_task(atomic=False)
def follow(*, organisation: Any, actor: Any) -> None:
    """Each award in a transaction of its own."""
    with within(organisation):
        ids = following.awards_to_follow()
    for pk in ids:
        with within(organisation):
            chasing.follow_award(award=following.award_to_follow(pk))


@tenant_task(atomic=False)
def scan_receipts(*, organisation: Any, actor: Any) -> None:
    with within(organisation):
        waiting = following.receipts_to_scan()
    for pk in waiting:
        with within(organisation):
            if not receipts.look_again(receipt_id=pk):
                return


@app.periodic(cron="25 3 * * *")
@app.task(name="desaga.placements.tasks.keep_everywhere", queueing_lock="desaga.placements.keep_everywhere")
def keep_everywhere(timestamp: int) -> None:
    """Every night, one job for each workspace: what fails in one holds up no other."""
    for organisation in workspaces():
        keep_no_longer.later(organisation=organisation)


@tenant_task(atomic=False)
def keep_no_longer(*, organisation: Any, actor: Any) -> None:
    """Deputies of long ago go. Each scheme in a transaction of its own: the equality figures of a year that is over; then, where somebody switched it on, people whose time is over go."""
    with within(organisation):
        standing_deputies.forget_ended(now=timezone.now())
        every, stripping_ones = list(schemes()), {one.pk for one in schemes_that_strip()}
    for scheme in every:
        with within(organisation):
            equality_figures.make_all_over(scheme=scheme, now=timezone.now())
            if scheme.pk in stripping_ones:
                stripping.strip_at_night(scheme=scheme)


@tenant_task(atomic=False)
def scan_outcome_files(*, organisation: Any, actor: Any) -> None:
    """The files of reports and follow-ups."""
    with within(organisation):
        waiting = following.outcome_files_to_scan()
    for pk in waiting:
        with within(organisation):
            if not outcome_files.look_again(file_id=pk):
                return


@tenant_task(atomic=False)
def write_letters(*, organisation: Any, actor: Any, round_id: int) -> None:
    """The letters of a panel whose outcomes were told."""
    outcome_letters.write_letters(organisation=organisation, actor=actor, round_id=round_id)


@app.periodic(cron="* * * * *")
@app.task(name="desaga.placements.tasks.write_on_everywhere", queueing_lock="desaga.placements.write_on_everywhere")
def write_on_everywhere(timestamp: int) -> None:
    """Every minute: a worker that was killed while it wrote letters leaves some to others."""
    for organisation in workspaces():
        with within(organisation):
            waiting = rounds_to_write()
        for pk in waiting:
            write_letters.later(organisation=organisation, round_id=pk)


@tenant_task(retry=2)
def make_fund_report(*, organisation: Any, actor: Any, publication_id: int) -> None:
    """The files of a report that is being published."""
    fund.make_files(publication_id=publication_id)


@tenant_task(retry=2)
def make_fund_draft(*, organisation: Any, actor: Any, draft_id: int) -> None:
    """The PDF of a report that is not published."""
    fund.make_draft(draft_id=draft_id)


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="desaga.placements.tasks.tell_readers_everywhere", queueing_lock="desaga.placements.tell_readers_everywhere"
)
def tell_readers_everywhere(timestamp: int) -> None:
    """Every five minutes: what was given out to read, some minutes before, so that several readings make one mail."""
    for organisation in workspaces():
        with within(organisation):
            waiting = untold_before(timezone.now() - TOLD_AFTER)
        if waiting:
            tell_readers.later(organisation=organisation)


@tenant_task(atomic=False)
def tell_readers(*, organisation: Any, actor: Any) -> None:
    """Each reader in a transaction of its own."""
    with within(organisation):
        waiting = untold_before(timezone.now() - TOLD_AFTER)
    for round_pk, member_pk in waiting:
        with within(organisation):
            round_, member = member_of_round(round_pk, member_pk)
            reading_mails.tell_given(round_=round_, member=member)


@app.periodic(cron="20 7 * * *")
@app.task(
    name="desaga.placements.tasks.remind_readers_everywhere",
    queueing_lock="desaga.placements.remind_readers_everywhere",
)
def remind_readers_everywhere(timestamp: int) -> None:
    """Every morning, one job for each workspace."""
    for organisation in workspaces():
        remind_readers.later(organisation=organisation)


@tenant_task(atomic=False)
def remind_readers(*, organisation: Any, actor: Any) -> None:
    """Each round in a transaction of its own."""
    with within(organisation):
        rounds = list(rounds_with_readings_left())
    for round_ in rounds:
        with within(organisation):
            reading_mails.remind_readers(round_=round_)
