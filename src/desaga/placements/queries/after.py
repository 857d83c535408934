"""Reads of what follows an award: report, days, outcomes, sessions, story."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from ..models import (
    Attendance,
    Award,
    Certificate,
    Outcome,
    PlacementReport,
    Scheme,
    SharedSession,
    StoryOffer,
    StoryText,
)
from .awards import WITH


def report_of(award: Award) -> PlacementReport | None:
    return PlacementReport.objects.filter(award=award).first()


def attendance_of(award: Award) -> Attendance | None:
    return Attendance.objects.filter(award=award).select_related("award").first()


def sessions_of(award: Award) -> QuerySet[SharedSession]:
    return SharedSession.objects.filter(award=award)


def outcomes_of(award: Award) -> QuerySet[Outcome]:
    return Outcome.objects.filter(award=award)


def outcome_of(award: Award, key: str) -> Outcome | None:
    return Outcome.objects.filter(award=award, key=key).first()


def story_of(award: Award) -> tuple[StoryOffer, StoryText] | None:
    """The story that stands, with the text that consent was given to."""
    story = StoryOffer.objects.filter(award=award, withdrawn_at=None).first()
    text = StoryText.objects.filter(story=story, number=story.consents_to).first() if story else None
    return (story, text) if story and text else None


def stories_offered(scheme: Scheme) -> QuerySet[StoryOffer]:
    """The stories to which consent stands, for those who run the scheme, with the title of the text that it was given to."""
    text = StoryText.objects.filter(story=OuterRef("pk"), number=OuterRef("consents_to"))
    rows = StoryOffer.objects.filter(award__application__scheme=scheme, withdrawn_at=None)
    return rows.select_related(*(f"award__{name}" for name in WITH)).annotate(
        title=Subquery(text.values("title")[:1]), text=Subquery(text.values("text")[:1])
    )


def certificate_with(code: str) -> Certificate | None:
    """A certificate by its code, however it is typed, in the organisation in scope."""
    letters = "".join(one for one in code.upper() if one.isalnum())
    return Certificate.objects.filter(code="-".join(letters[at : at + 4] for at in range(0, len(letters), 4))).first()
