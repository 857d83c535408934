"""What waits for the HR data steward: extracts that were read or checked and not yet loaded, and figures that are not out yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desaga.ui.waiting import Waiting

from . import queries
from .releasing import queries as releasing
from .states import ExtractState, ReleaseState

MOST = 10
VERBS = {ExtractState.READ: ("Map the columns of", 10), ExtractState.CHECKED: ("Look at the check of", 15)}
OF_RELEASES = {
    ReleaseState.CHECKED: ("Release or drop", 15),
    ReleaseState.REFUSED: ("See what would disclose somebody in", 10),
    ReleaseState.FAILED: ("Count again or drop", 5),
    ReleaseState.PREPARED: ("See why nobody counts", 5),
}


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


def releases_to_go_on(user: Any, organisation: Any) -> Iterable[Waiting]:
    if not user.has_perm("workforce.release_figures", organisation):
        return
    for release in releasing.releases_waiting()[:MOST]:
        release.organisation = organisation
        verb, minutes = OF_RELEASES[ReleaseState(release.state)]
        yield Waiting(
            verb=verb, thing=release.name, url=release.get_absolute_url(), minutes=minutes, since=release.prepared_at
        )
