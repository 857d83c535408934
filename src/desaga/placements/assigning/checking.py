"""Whether pairs keep to a panel, told from the panel alone: shares nothing with what found them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from .panel import Pair, Panel


def faults(panel: Panel, pairs: Sequence[Pair]) -> Iterator[str]:
    """Each way in which the pairs break what holds always: once each, known, no conflict, not over max, kept pairs there."""
    most = {one.id: one.max for one in panel.reviewers}
    known = {one.id for one in panel.applications}
    for pair, times in Counter(pairs).items():
        if times > 1 or pair[0] not in known or pair[1] not in most:
            yield f"{pair} is twice or unknown"
    for pair in set(pairs) & set(panel.conflicts):
        yield f"{pair} is a conflict"
    for pair in set(panel.kept) - set(pairs):
        yield f"{pair} was made by hand and is gone"
    by_hand = Counter(application for application, _ in set(panel.kept))
    for application, seats in Counter(application for application, _ in pairs).items():
        if seats > max(panel.per_application, by_hand[application]):
            yield f"{application} has {seats} reviewers"
    for reviewer, load in loads_of(panel, pairs).items():
        limit = most.get(reviewer)
        if limit is not None and load > limit:
            yield f"{reviewer} has {load}"


def loads_of(panel: Panel, pairs: Sequence[Pair]) -> dict[str, int]:
    """How many applications each reviewer has, also none, in the panel's order."""
    counted = Counter(reviewer for _, reviewer in pairs)
    return {one.id: counted[one.id] for one in panel.reviewers}


def affinity_of(panel: Panel, pairs: Sequence[Pair]) -> float:
    """The sum of affinities, correctly rounded whatever the order."""
    return math.fsum(panel.score(pair) for pair in pairs)


def repeats_of(panel: Panel, pairs: Sequence[Pair]) -> int:
    """How many reviewers there are beyond the first of one organisation for one application."""
    home = {one.id: one.organisation for one in panel.reviewers}
    circles = Counter((application, home[reviewer]) for application, reviewer in pairs if home[reviewer])
    return sum(times - 1 for times in circles.values())
