"""What waits for the HR data steward: extracts that were read or checked, and not yet loaded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desaga.ui.waiting import Waiting

from . import queries
from .states import ExtractState

MOST = 10
VERBS = {ExtractState.READ: ("Map the columns of", 10), ExtractState.CHECKED: ("Look at the check of", 15)}


def extracts_to_go_on(user: Any, organisation: Any) -> Iterable[Waiting]:
    if not user.has_perm("workforce.load_extract", organisation):
        return
    for extract in queries.extracts_under_way().filter(state__in=VERBS)[:MOST]:
        extract.organisation = organisation
        verb, minutes = VERBS[ExtractState(extract.state)]
        yield Waiting(
            verb=verb,
            thing=extract.name,
            url=extract.get_absolute_url(),
            minutes=minutes,
            since=extract.handed_in_at,
        )
