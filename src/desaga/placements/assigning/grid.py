"""A panel by numbers, in the order of ids: what the programme and the swaps work on. The order of the input is forgotten here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .panel import Pair, Panel


@dataclass(frozen=True)
class Grid:
    """`allowed[i]` is (application, reviewer) without conflict; `score[i]` and `kept[i]` are of that pair.

    `seats[a]` is how many reviewers an application can have of those it is to have, `lacking[a]` how many it lacks in any case;
    `room[r]` is how many applications a reviewer can have. `circles` are the
    pairs of one application with reviewers of one organisation, where that is two or more and `spread` counts.
    """

    applications: tuple[str, ...]
    reviewers: tuple[str, ...]
    seats: tuple[int, ...]
    lacking: tuple[int, ...]
    room: tuple[int, ...]
    allowed: tuple[tuple[int, int], ...]
    score: tuple[float, ...]
    kept: tuple[bool, ...]
    circles: tuple[tuple[int, ...], ...]
    spread: float

    def pairs(self, chosen: Iterable[int]) -> set[Pair]:
        """The chosen pairs by their ids."""
        return {(self.applications[a], self.reviewers[r]) for a, r in map(self.allowed.__getitem__, chosen)}


def grid_of(panel: Panel) -> Grid:
    """The panel by numbers; the same for every order of its parts."""
    applications = tuple(sorted(one.id for one in panel.applications))
    reviewers = sorted(panel.reviewers, key=lambda one: one.id)
    conflicts, kept = set(panel.conflicts), set(panel.kept)
    by_hand = Counter(application for application, _ in kept)
    free = [
        (a, r)
        for a, application in enumerate(applications)
        for r, reviewer in enumerate(reviewers)
        if (application, reviewer.id) not in conflicts
    ]
    ids = [(applications[a], reviewers[r].id) for a, r in free]
    choices, chances = Counter(r for _, r in free), Counter(a for a, _ in free)
    # Of more than there are reviewers all applications lack the same, which makes no difference between them.
    wanted = [max(min(panel.per_application, len(reviewers)), by_hand[one]) for one in applications]
    seats = tuple(min(one, chances[a]) for a, one in enumerate(wanted))
    scores = tuple(panel.score(pair) for pair in ids)
    spread = min(float(panel.spread), _enough(scores, sum(seats)))
    return Grid(
        applications=applications,
        reviewers=tuple(one.id for one in reviewers),
        seats=seats,
        lacking=tuple(one - seats[a] for a, one in enumerate(wanted)),
        room=tuple(choices[r] if one.max is None else min(one.max, choices[r]) for r, one in enumerate(reviewers)),
        allowed=tuple(free),
        score=scores,
        kept=tuple(pair in kept for pair in ids),
        circles=_circles(free, [one.organisation for one in reviewers]) if spread else (),
        spread=spread,
    )


def _enough(scores: tuple[float, ...], seats: int) -> float:
    """A spread that outweighs all affinity there is; a larger one asks for the same and would only blur the figures."""
    return (max(map(abs, scores), default=0.0) or 1.0) * (2 * seats + 1)


def _circles(free: list[tuple[int, int]], organisations: list[str]) -> tuple[tuple[int, ...], ...]:
    together: dict[tuple[int, str], list[int]] = {}
    for i, (a, r) in enumerate(free):
        if organisations[r]:
            together.setdefault((a, organisations[r]), []).append(i)
    return tuple(tuple(circle) for circle in together.values() if len(circle) > 1)
