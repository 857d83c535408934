"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from . import queries

#: So long before it is due, a report wants writing.
AHEAD = timedelta(days=90)
MINUTES_TO_WRITE, MINUTES_A_COMMENT, MINUTES_TO_SIGN = 90, 5, 20


def reports_to_write(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Reports that are due, and what colleagues said of their sections and nobody has resolved, for whoever writes them. One query."""
    if not user.has_perm("reports.write_report", organisation):
        return
    until = timezone.localdate() + AHEAD
    for report in queries.reports_with_comments():
        if report.open_comments:
            yield _comments_to_answer(report)
        if report.due_on and report.due_on <= until:
            yield Waiting(
                verb="Write",
                thing=f"the report “{report.title}”",
                url=report.get_absolute_url(),
                minutes=MINUTES_TO_WRITE,
                since=report.made_at,
                due_on=report.due_on,
            )


def _comments_to_answer(report: Any) -> Waiting:
    number = report.open_comments
    return Waiting(
        verb="Answer",
        thing=f"{number} comment{'' if number == 1 else 's'} on “{report.title}”",
        url=report.get_absolute_url(),
        minutes=MINUTES_A_COMMENT * number,
        since=report.first_said,
    )


def reports_to_sign(user: Any, organisation: Any) -> Iterator[Waiting]:
    """What the user is asked to sign off."""
    for report in queries.reports_to_sign(user.person_id):
        yield Waiting(
            verb="Read and sign off",
            thing=f"“{report.title}”",
            url=reverse("reports:sign_off", args=[organisation.slug, report.pk]),
            minutes=MINUTES_TO_SIGN,
            since=report.sent_at or report.made_at,
            due_on=report.due_on,
        )
