"""The days of reading: when a reader is told, reminded and late. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import TextChoices


class ReadingLetterKind(TextChoices):
    GIVEN = "given", "Given to read"
    SOON = "soon", "Reminded before the day"
    LATE = "late", "Reminded after it"


#: What was given out is told after so long: several readings make one mail, and what is taken back at once makes none.
TOLD_AFTER = timedelta(minutes=10)
#: The day is called to mind so long before it.
SOON = timedelta(days=3)


def reminder_due(score_by: date, today: date) -> ReadingLetterKind | None:
    """Which reminder holds on a day for somebody with readings left; whether it has gone is for others to know."""
    if today > score_by:
        return ReadingLetterKind.LATE
    return ReadingLetterKind.SOON if today >= score_by - SOON else None
