"""What is to be shared out: applications, reviewers, and what is known of the pairs. Refuses what contradicts itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]  # application, reviewer

#: More possible pairs than this are refused: no panel is that large, and a slip in a file easily is.
MOST_PAIRS = 500_000
#: Affinities and spread beyond this lose their fractions in floating point.
LARGEST = 1e9


class BadPanel(ValueError):
    """The panel cannot be shared out as it was described; the sentence says what to mend."""


@dataclass(frozen=True)
class Application:
    """Something to be read. `organisation` is told for the reader's sake: only `conflicts` keep a reviewer away."""

    id: str
    organisation: str = ""
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Reviewer:
    """Somebody who reads. `max` is the most they read, None without limit; no organisation is like no other's."""

    id: str
    organisation: str = ""
    max: int | None = None
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Panel:
    """The whole question.

    `per_application` reviewers for each application; `conflicts` are never broken. A pair without `affinity` has 0; preferences
    belong into it too. `spread` is what each further reviewer of an application from an organisation that already reads it costs,
    in the unit of affinity. `kept` are pairs made by hand: they stay, also where there are more of them than `per_application`.
    """

    applications: tuple[Application, ...]
    reviewers: tuple[Reviewer, ...]
    per_application: int
    conflicts: Collection[Pair] = ()
    affinity: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    spread: float = 0.0
    kept: Collection[Pair] = ()

    def __post_init__(self) -> None:
        _refuse_ids("applications", [one.id for one in self.applications])
        _refuse_ids("reviewers", [one.id for one in self.reviewers])
        _refuse_counts(self)
        _refuse_size(self)
        _refuse_unknown(self)
        _refuse_numbers(self)
        _refuse_kept(self)

    def score(self, pair: Pair) -> float:
        """The affinity of a pair."""
        return float(self.affinity.get(pair[0], {}).get(pair[1], 0))


def is_whole(value: object) -> bool:
    """Whether it is a whole number, and no truth value that passes for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def listed(names: Iterable[object], most: int = 6) -> str:
    """Names for a sentence; the many are counted."""
    told = [str(name) for name in names]
    if len(told) > most:
        told = [*told[: most - 1], f"{len(told) - most + 1} more"]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _refuse_ids(what: str, ids: list[str]) -> None:
    if not ids:
        raise BadPanel(f'There are no {what}. List at least one, as {{"id": …}}, under {what}.')
    for one in ids:
        if not isinstance(one, str) or not one:
            raise BadPanel(f"One of the {what} has no id.")
    if twice := [one for one, times in Counter(ids).items() if times > 1]:
        raise BadPanel(f"The id {listed(twice)} occurs more than once among the {what}. Give each an id of its own.")


def _refuse_counts(panel: Panel) -> None:
    if not is_whole(panel.per_application) or panel.per_application < 1:
        raise BadPanel(
            "per_application must be a whole number of at least 1: how many reviewers each application gets."
        )
    for one in panel.reviewers:
        if one.max is not None and (not is_whole(one.max) or one.max < 0):
            raise BadPanel(f"The max of reviewer {one} must be a whole number of at least 0, or null for no limit.")


def _refuse_size(panel: Panel) -> None:
    if len(panel.applications) * len(panel.reviewers) > MOST_PAIRS:
        raise BadPanel(
            f"{len(panel.applications)} applications and {len(panel.reviewers)} reviewers make more than {MOST_PAIRS} pairs, "
            "the most that are shared out at once. Split the panel, by discipline for example."
        )


def _refuse_unknown(panel: Panel) -> None:
    applications = {one.id for one in panel.applications}
    reviewers = {one.id for one in panel.reviewers}
    affinity = ((one, other) for one, row in panel.affinity.items() for other in row or [None])
    for what, pairs in (("conflicts", panel.conflicts), ("kept", panel.kept), ("affinity", affinity)):
        for application, reviewer in pairs:
            if application not in applications:
                raise BadPanel(
                    f"{what} names the application {application}, which is not among the applications. Mend the id, or take it out."
                )
            if reviewer is not None and reviewer not in reviewers:
                raise BadPanel(
                    f"{what} names the reviewer {reviewer}, who is not among the reviewers. Mend the id, or take it out."
                )


def _refuse_numbers(panel: Panel) -> None:
    if not _is_number(panel.spread) or panel.spread < 0:
        raise BadPanel(f"spread must be a number from 0 to {LARGEST:.0f}.")
    for application, row in panel.affinity.items():
        for reviewer, value in row.items():
            if not _is_number(value):
                raise BadPanel(
                    f"The affinity of application {application} and reviewer {reviewer} must be a number between "
                    f"-{LARGEST:.0f} and {LARGEST:.0f}."
                )


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return -LARGEST <= value <= LARGEST and math.isfinite(value)


def _refuse_kept(panel: Panel) -> None:
    kept, conflicts = set(panel.kept), set(panel.conflicts)
    for application, reviewer in sorted(kept & conflicts):
        raise BadPanel(f"Reviewer {reviewer} is kept for application {application}, but has a conflict with it.")
    loads = Counter(reviewer for _, reviewer in kept)
    for one in panel.reviewers:
        if one.max is not None and loads[one.id] > one.max:
            raise BadPanel(f"Reviewer {one} is kept for {loads[one.id]} applications, but has a max of {one.max}.")
