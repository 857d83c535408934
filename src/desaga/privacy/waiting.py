"""What waits for the HR data steward: people who object."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from desaga.ui.waiting import Waiting

from . import queries

MOST = 10
#: UK GDPR, article 12(3): without undue delay and within one month.
MONTH = timedelta(days=28)


def objections_to_answer(user: Any, organisation: Any) -> Iterable[Waiting]:
    if not user.has_perm("privacy.answer_objections", organisation):
        return
    for objection in queries.objections_waiting()[:MOST]:
        objection.organisation = organisation
        yield Waiting(
            verb="Answer",
            thing="a person who objects to what is done with their data",
            url=objection.get_absolute_url(),
            minutes=10,
            since=objection.made_at,
            due_on=(objection.made_at + MONTH).date(),
        )
