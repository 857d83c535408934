"""Decisions as evidence: what a group made of an action is kept by its review, and may show that something is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.urls import reverse

from desaga.evidence.records import Told
from desaga.plans.models import Action

from . import queries
from .models import Decision
from .states import Outcome

LONGEST = 120


class DecisionRecords:
    """What meetings decided. Minutes are everybody's in the organisation to read, as evidence is."""

    name = "reviews.decision"
    label = "Decisions of meetings"

    def offered(self, near: Any) -> Sequence[tuple[int, str]]:
        """Decisions of an action, then those of its plan as a whole, the last first; none of minutes that are still open."""
        if not isinstance(near, Action):
            return []
        return [(one.pk, words_of(one)) for one in queries.decisions_to_show(near)]

    def told(self, ids: Collection[int]) -> Mapping[int, Told]:
        return {one.pk: _told(one) for one in queries.decisions_by_ids(ids)}


def words_of(decision: Decision) -> str:
    """What a form offers: "3 May 2027, agreed: It is enough." """
    return f"{_day_and_outcome(decision)}: {' '.join(decision.text.split())}"[:LONGEST]


def _day_and_outcome(decision: Decision) -> str:
    on = decision.review.meets_on
    return f"{on.day} {on:%B %Y}, {str(Outcome(decision.outcome).label).lower()}"


def _told(decision: Decision) -> Told:
    """Of which day, what it was about and which way it went; its words stay in the minutes, since a piece keeps its title."""
    review, about = decision.review, decision.action or "the plan as a whole"
    url = reverse("reviews:show_minutes", args=[review.organisation.slug, review.pk])
    return Told(f"Decision of {_day_and_outcome(decision)}, on {about}", url, review.meets_on)
