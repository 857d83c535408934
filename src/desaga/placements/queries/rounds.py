"""One round of a panel: what it hears, what was scored, and what its reading is shared out by. Its overview is `overview`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Avg, Count, Exists, Max, Min, OuterRef, QuerySet

from desaga.organisations.models import Organisation

from ..models import (
    Answer,
    Application,
    Assignment,
    Interest,
    PanelMember,
    Round,
    SchemeVersion,
)
from ..sharing import Question
from ..states import PANEL_SEES, ApplicationState
from .applications import applications_led_by
from .reading import with_versions


def heard_in(round_: Round, user: Any, organisation: Organisation) -> QuerySet[Application]:
    """What a round hears, of that whose scores somebody may read."""
    return applications_led_by(user, organisation).filter(round=round_, state__in=PANEL_SEES)


def readings_that_count() -> QuerySet[Assignment]:
    """In force, and nothing stands in the reader's way: who finds a conflict after they scored leaves the mean."""
    # By the seat within, not by a join to seats without: that join has the database read every reading of each member.
    reader = PanelMember.objects.filter(pk=OuterRef(OuterRef("member"))).values("person")
    in_the_way = Interest.objects.filter(Interest.in_the_way(), application=OuterRef("application"), person__in=reader)
    return Assignment.objects.filter(~Exists(in_the_way), ended_at=None)


#: What is added up of readings that count.
SUMS: dict[str, Any] = {
    "mean": Avg("mark"),
    "least": Min("mark"),
    "most": Max("mark"),
    "spread": Max("mark") - Min("mark"),
    "readers": Count("pk"),
    "sent": Count("mark"),
    "abstained": Count("abstained_at"),
}


def marks_of(applications: Collection[Application]) -> dict[int, dict[str, Any]]:
    """Application to what its readers gave: mean, least, most and spread of the marks that count, and how many read, sent, abstained."""
    rows = readings_that_count().filter(application__in=applications).order_by().values("application")
    return {row["application"]: dict(row) for row in rows.annotate(**SUMS)}


def round_hides_names(round_: Round) -> bool | None:
    """Whether names are hidden now in any application of the round; None where no scheme of theirs hides them."""
    versions = SchemeVersion.objects.filter(
        pk__in=Application.objects.filter(round=round_).values("version"), data__names_hidden=True
    )
    return round_.names_shown_at is None if versions.exists() else None


def to_share_out(round_: Round, user: Any, organisation: Organisation) -> list[Application]:
    """What readers are found for: eligible, and open to whoever finds them."""
    rows = heard_in(round_, user, organisation).filter(state=ApplicationState.ELIGIBLE)
    return with_versions(rows.order_by("reference"))


def question_of(applications: Sequence[Application], members: Sequence[PanelMember]) -> Question:
    """What is to be shared out: what stands in whose way, what is given out already, and what applications say."""
    seat_of = {one.person_id: one.pk for one in members}
    told = conflicts_among(applications, list(seat_of)).values_list("application", "person")
    conflicts = {(pk, seat_of[person]) for pk, person in told}
    conflicts |= {(row.pk, seat_of[row.applicant_id]) for row in applications if row.applicant_id in seat_of}
    here = Assignment.objects.filter(ended_at=None, application__in=applications, member__in=members)
    kept = set(here.values_list("application", "member")) - conflicts
    return Question(applications, members, texts_of(applications), conflicts, kept)


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
