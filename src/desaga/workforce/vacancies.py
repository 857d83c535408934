"""The vacant posts of a snapshot, as they may be taken into the posts that figures count: the technical ones, by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desaga.organisations.queries import open_units

from . import defined
from .defining import Outcome
from .models import Snapshot
from .population import Contract, Person
from .reading.posts import Posts
from .releasing.whom import whom_of

OF_CONTRACT = {"unit": "unit", "unit_label": "unit_text", "title": "title", "job_family": "family", "grade": "grade", "soc": "soc", "level": "level", "function": "function", "marker": "marker"}  # fmt: skip


@dataclass(slots=True)
class Vacant:
    """The technical posts by unit; how many posts there are in all, how many a person must decide about, and how many are of no unit of ours."""

    by_unit: dict[int, Posts] = field(default_factory=dict)
    posts: int = 0
    undecided: int = 0
    elsewhere: int = 0

    @property
    def technical(self) -> int:
        return sum(one.posts for one in self.by_unit.values())


def vacant_of(snapshot: Snapshot) -> Vacant:
    """What the vacant posts of a snapshot are by the definition in force."""
    found = Vacant()
    if not snapshot.vacant:
        return found
    outcome_of, units = _outcomes(snapshot), set(open_units().values_list("pk", flat=True))
    for post in snapshot.vacant:
        found.posts += post["posts"]
        outcome = outcome_of(_contract(post))
        if outcome == Outcome.ASK:
            found.undecided += post["posts"]
        elif outcome == Outcome.TECHNICIAN and post["unit"] not in units:
            found.elsewhere += post["posts"]
        elif outcome == Outcome.TECHNICIAN:
            found.by_unit.setdefault(post["unit"], Posts()).add(post["posts"], post["applicants"])
    return found


def _contract(post: Mapping[str, Any]) -> Contract:
    return Contract(**{name: post[key] for name, key in OF_CONTRACT.items()})


def _outcomes(snapshot: Snapshot) -> Callable[[Contract], Outcome]:
    version = defined.in_force()
    if version is not None:
        classifier = defined.classifier_of(version)
        return lambda contract: classifier.contract(contract).outcome
    classify = whom_of(snapshot).classify

    def outcome(contract: Contract) -> Outcome:
        technical = classify(Person(key="", contracts=(contract,))).technical
        return Outcome.TECHNICIAN if technical else Outcome.OTHER

    return outcome
