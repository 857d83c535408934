"""What a round's reading is shared out by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from desaga.organisations.models import Organisation

from ..conflicting import key_of
from ..models import Answer, Application, Assignment, Interest, PanelMember, Round
from ..sharing import Question
from ..states import ApplicationState
from .readers import finished_by_others
from .reading import with_versions
from .rounds import heard_in


def to_share_out(round_: Round, user: Any, organisation: Organisation) -> list[Application]:
    """What readers are found for: eligible, and open to whoever finds them."""
    rows = heard_in(round_, user, organisation).filter(state=ApplicationState.ELIGIBLE)
    return with_versions(rows.order_by("reference"))


def question_of(applications: Sequence[Application], members: Sequence[PanelMember], home: str) -> Question:
    """What is to be shared out: what stands in whose way, what is given out already, and what applications say. Who reads no more keeps what they finished."""
    seat_of = {one.person_id: one.pk for one in members}
    told = conflicts_among(applications, list(seat_of)).values_list("application", "person")
    conflicts = {(pk, seat_of[person]) for pk, person in told}
    conflicts |= {(row.pk, seat_of[row.applicant_id]) for row in applications if row.applicant_id in seat_of}
    here = Assignment.objects.filter(ended_at=None, application__in=applications, member__in=members)
    kept = set(here.values_list("application", "member")) - conflicts
    finished = finished_by_others(applications, members)
    kept |= {(pk, member.pk) for member, keys in finished.items() for pk in keys}
    return Question(
        applications,
        [*members, *finished],
        texts_of(applications),
        conflicts,
        kept,
        frozenset(one.pk for one in finished),
        key_of(home),
    )


def texts_of(applications: Sequence[Application]) -> dict[int, str]:
    """What an application says of its field, in one text."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Answer.objects.filter(application__in=applications).values_list("application", "key", "value")
    labels = {row.pk: field_labels(row) for row in applications}
    for pk, key, value in rows:
        if isinstance(value, str):
            found[pk].append(labels[pk].get((key, value), value))
    return {pk: " ".join(texts) for pk, texts in found.items()}


def field_labels(application: Application) -> dict[tuple[str, str], str]:
    """(question, answer) to the answer's words, of what is chosen."""
    questions = application.definition.questions()
    return {(one.key, choice.value): choice.label for one in questions for choice in one.choices}


def conflicts_among(applications: Collection[Application], people: Collection[int]) -> QuerySet[Interest]:
    """What stands in whose way of whom of them."""
    return Interest.objects.filter(Interest.in_the_way(), application__in=applications, person__in=people)
