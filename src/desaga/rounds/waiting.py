"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.plans.origins import ids_held
from desaga.ui.waiting import Waiting

from . import queries
from .states import RoundState

MINUTES_AN_ACTION = 1
MINUTES_TO_CHASE = 5
MINUTES_TO_START = 5


def requests_to_answer(user: Any, organisation: Any) -> Iterator[Waiting]:
    """What a round asks the user about: the same page as behind the link in the mail."""
    for request in queries.requests_for(user.person_id, user.email):
        actions = "1 action" if request.left == 1 else f"{request.left} actions"
        yield Waiting(
            verb="Say how it goes:",
            thing=f"{actions} of {request.round.plan.title}, for {request.round.period}",
            url=reverse("rounds:answer_own", args=[organisation.slug, request.pk]),
            minutes=MINUTES_AN_ACTION * request.left + 1,
            since=request.asked_at or timezone.now(),
            due_on=request.round.due_on,
        )


def plans_to_ask_about(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Plans at work of which nobody has been asked for a quarter, or ever, for whoever may ask."""
    held = ids_held(organisation)
    for plan in queries.plans_not_asked_about(timezone.now()):
        if plan.pk not in held and user.has_perm("rounds.run_round", plan):
            yield Waiting(
                verb="Ask how it goes",
                thing=f"with {plan.title}" + ("" if plan.last_ended_at else ", for the first time"),
                url=reverse("rounds:start_round", args=[organisation.slug, plan.pk]),
                minutes=MINUTES_TO_START,
                since=plan.last_ended_at + queries.A_QUARTER if plan.last_ended_at else plan.started_at,
            )


def rounds_to_chase(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Rounds that were not sent yet, and those in which answers are missing, for whoever runs them."""
    known = [one for one in queries.rounds_going() if user.has_perm("rounds.run_round", one.plan)]
    going = [one for one in known if one.state == RoundState.OPEN]
    for round_ in known:
        if round_ not in going:
            yield Waiting(
                verb="Send",
                thing=f"the requests of {round_.plan.title}, {round_.period}",
                url=round_.get_absolute_url(),
                minutes=MINUTES_TO_CHASE,
                since=round_.started_at,
                due_on=round_.due_on,
            )
    left = queries.counted(going) if going else {}
    for round_ in going:
        missing = left.get(round_.pk, 0)
        verb, thing = (
            ("Chase", f"{missing} with open actions") if missing else ("Close", "the round: everybody has answered")
        )
        yield Waiting(
            verb=verb,
            thing=f"{thing}, {round_.period}",
            url=round_.get_absolute_url(),
            minutes=MINUTES_TO_CHASE,
            since=round_.sent_at or round_.started_at,
            due_on=round_.due_on,
        )
