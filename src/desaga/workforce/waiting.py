"""What waits for the HR data steward: extracts that are not loaded yet, people whom the definition leaves to a person, and figures that are not out yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from desaga.privacy.queries import rule_of
from desaga.privacy.retaining import CLASSES
from desaga.ui.waiting import Waiting

from . import defined, queries
from .counting import exact
from .private import people_go_on
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


#: One answer about all of one title and grade takes about so long.
MINUTES_A_GROUP, MOST_MINUTES = 2, 60


def people_to_settle(user: Any, organisation: Any) -> Iterable[Waiting]:
    """Borderline people of the newest snapshot under the definition in force: how many, and nobody of them."""
    if not user.has_perm("workforce.settle_people", organisation):
        return
    snapshot = queries.snapshots_in_force().first()
    held = defined.classification(snapshot, defined.in_force()) if snapshot else None
    groups = [one["people"] for one in defined.borderline_groups(held)] if held and held.is_done else []
    if held is None or not groups:
        return
    yield Waiting(
        verb="Say who is technical staff:",
        thing=f"{exact(sum(groups))} borderline {'person' if sum(groups) == 1 else 'people'} in the snapshot of {snapshot}",
        url=reverse("workforce:list_borderline", args=[organisation.slug, held.snapshot_id]),
        minutes=min(MINUTES_A_GROUP * len(groups), MOST_MINUTES),
        since=held.done_at or held.worked_at,
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


#: So long before the rows of people go, the steward is told that nothing of their day was released.
SOON = timedelta(days=30)


def snapshots_to_release(user: Any, organisation: Any) -> Iterable[Waiting]:
    """Snapshots of which nothing was released, and whose people are about to be deleted: after that there is nothing to count."""
    if not user.has_perm("workforce.release_figures", organisation):
        return
    rule = rule_of(CLASSES["person_rows"])
    for snapshot in releasing.snapshots_to_release().order_by("as_at")[:MOST]:
        goes_on = people_go_on(snapshot, rule)
        if goes_on is None or goes_on > localdate() + SOON:
            continue
        yield Waiting(
            verb="Release figures before its people are deleted:",
            thing=f"the snapshot of {snapshot}",
            url=reverse("workforce:prepare_release", args=[organisation.slug]),
            minutes=20,
            since=snapshot.taken_at,
            due_on=goes_on,
        )
