"""Who must be out of the room for which item, and why: for all items of an agenda at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from desaga.organisations.models import Organisation

from ..conflicting import OWN, conflict_label
from ..models import AgendaItem, Application, Interest, Round
from ..states import ApplicationState, RoundState
from .applications import applications_for
from .meeting import people_at


class Out(NamedTuple):
    """Somebody who must be out of the room: `why` are the kinds of conflict."""

    name: str
    why: str
    person: int


def out_of(items: Collection[AgendaItem]) -> dict[int, list[Out]]:
    """Application to those who leave for it; a number of queries that does not grow."""
    found: dict[int, list[Out]] = {}
    for one in _rounds(items):
        people = people_at(one)
        heard = {item.application_id: item.application for item in items if item.round_id == one.pk}
        kinds = _kinds(heard, people)
        for pk, application in heard.items():
            told = kinds.get(pk, {})
            found[pk] = [
                Out(str(people[person]), "; ".join(dict.fromkeys(conflict_label(application.definition, kind) for kind in told[person])), person)
                for person in people
                if person in told
            ]  # fmt: skip
    return found


def _rounds(items: Collection[AgendaItem]) -> list[Round]:
    return list({item.round_id: item.round for item in items}.values())


def _kinds(heard: dict[int, Application], people: Collection[int]) -> dict[int, dict[int, list[str]]]:
    """Application to person to kinds; whose own it is has no need to say so."""
    found: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Interest.objects.filter(Interest.in_the_way(), application__in=heard, person__in=people)
    for pk, person, kind in rows.values_list("application", "person", "kind"):
        found[pk][person].append(kind)
    for pk, application in heard.items():
        applicant = application.applicant_id
        if applicant is not None and applicant in people and not found[pk][applicant]:
            found[pk][applicant].append(OWN)
    return found


def chair_is_out() -> Q:
    """Of an application: its round's chair has something in the way of it."""
    hindered = Interest.objects.filter(
        Interest.in_the_way(), application=OuterRef("pk"), person=OuterRef("round__chair")
    )
    return Q(Exists(hindered)) | Q(applicant=F("round__chair"))


def without_chair(user: Any, organisation: Organisation, round_: Round) -> int:
    """How many of what a round hears its chair must not see, of that which somebody may read; the chair is told nothing."""
    if round_.chair_id is None or round_.chair_id == user.person_id:
        return 0
    rows = applications_for(user, organisation).filter(chair_is_out(), round=round_, state=ApplicationState.ELIGIBLE)
    return rows.count()


def rounds_without_administrator(user: Any, organisation: Organisation) -> QuerySet[Round]:
    """Panels to come, or that sit, whose chair must be out for something, and nobody is named who runs it then."""
    rows = applications_for(user, organisation).filter(
        chair_is_out(), round=OuterRef("pk"), state=ApplicationState.ELIGIBLE
    )
    planned = Round.objects.filter(state__in=(RoundState.PLANNED, RoundState.SITTING), administrator=None)
    return planned.exclude(chair=None).exclude(chair=user.person_id).filter(Exists(rows)).select_related("scheme")
