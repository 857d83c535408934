"""What those who were asked said, as a panel reads it: without who they are while names are hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ..approving import SAID_YES
from ..models import Application, ApplicationFile, Asking, AskingLetter, RedactedFile
from ..telling import Hidden, PartTold, blacken, names_of
from .applications import own_file_or_404


@dataclass(frozen=True)
class SaidTold:
    """One who said yes. `letter` is the id of a file, where it may be read."""

    title: str
    who: str
    lines: list[tuple[str, str]]
    letter: int | None = None
    letter_name: str = ""


def said_for_panel(application: Application, hidden: Hidden) -> list[SaidTold]:
    """What was said of one application."""
    return said_of([application], {application.pk: hidden})[application.pk]


def said_of(applications: Collection[Application], hidden: dict[int, Hidden]) -> dict[int, list[SaidTold]]:
    """Application to what was said of it, in the scheme's order; words that staff blackened are black here too."""
    rows: dict[int, dict[str, Asking]] = defaultdict(dict)
    for one in askings_said([application.pk for application in applications]):
        rows[one.application_id][one.key] = one
    return {
        application.pk: [
            _told(rows[application.pk][approver.key], approver.title, application, hidden[application.pk])
            for approver in application.definition.approvers
            if approver.key in rows[application.pk]
        ]
        for application in applications
    }


def askings_said(applications: Collection[int]) -> QuerySet[Asking]:
    rows = Asking.objects.filter(application__in=applications, state__in=SAID_YES)
    return rows.select_related("file").defer("file__content")


def _told(asking: Asking, title: str, application: Application, hidden: Hidden) -> SaidTold:
    names = [*names_of(application.name), *names_of(asking.name), *names_of(asking.answered_by)] if hidden.names else []
    black = [*names, *(word for words in hidden.blackened.values() for word in words)]
    cost = f"£{asking.cost:,.2f}" if asking.cost is not None else ""  # not a count of people: a sum of money
    days = str(asking.working_days) if asking.working_days is not None else ""
    lines = (
        ("The condition", asking.condition), ("The letter", asking.letter), ("Working days away", days), ("Cover", asking.cover),
        ("Cost to the department", cost), ("Place", asking.place), ("Looked after by", "" if hidden.names else asking.supervisor),
        ("Needed before", asking.needs),
    )  # fmt: skip
    file = getattr(asking, "file", None) if not hidden.names else None
    return SaidTold(
        title=title,
        who="" if hidden.names else asking.answered_by or asking.name,
        lines=[(label, blacken(words, black)) for label, words in lines if words],
        letter=file and asking.pk,
        letter_name=file.file_name if file else "",
    )


def letter_for_panel_or_404(application: Application, hidden: Hidden, pk: int) -> AskingLetter:
    """A letter that was handed in as a file; while names are hidden there is none."""
    rows = AskingLetter.objects.select_related("asking").filter(
        asking__application=application, asking__state__in=SAID_YES
    )
    return get_object_or_404(rows.none() if hidden.names else rows, asking=pk)


def file_for_panel_or_404(application: Application, parts: list[PartTold], pk: int) -> tuple[ApplicationFile, bytes]:
    """A file that stands among what the panel reads: one of an answer that is left out is not there."""
    shown = {one.file for part in parts for one in part.answers}
    return own_file_or_404(application, pk if pk in shown else 0)


def redacted_or_404(application: Application, hidden: Hidden, pk: int) -> RedactedFile:
    """The copy without names that the panel reads in the place of a file."""
    rows = RedactedFile.objects.filter(file__application=application)
    return get_object_or_404(rows, file=pk if pk in hidden.redacted else 0)
