"""Reads of what follows an award: report, days, outcomes, sessions, story."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation

from ..models import (
    Attendance,
    Award,
    Certificate,
    Outcome,
    OutcomeFile,
    OutcomeFileContent,
    PlacementReport,
    Scheme,
    SharedSession,
    StoryOffer,
    StoryText,
)
from .applications import applications_for
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


def stories_offered(user: Any, organisation: Organisation, scheme: Scheme) -> QuerySet[StoryOffer]:
    """The stories to which consent stands, for those who run the scheme and may read what they are of (or what was stripped since), with the title of the text that it was given to."""
    text = StoryText.objects.filter(story=OuterRef("pk"), number=OuterRef("consents_to"))
    seen = Q(award__application__in=applications_for(user, organisation)) | Q(
        award__application__stripped_at__isnull=False
    )
    rows = StoryOffer.objects.filter(seen, award__application__scheme=scheme, withdrawn_at=None)
    return rows.select_related(*(f"award__{name}" for name in WITH)).annotate(
        title=Subquery(text.values("title")[:1]), text=Subquery(text.values("text")[:1])
    )


def certificate_with(code: str) -> Certificate | None:
    """A certificate by its code, however it is typed, in the organisation in scope."""
    letters = "".join(one for one in code.upper() if one.isalnum())
    return Certificate.objects.filter(code="-".join(letters[at : at + 4] for at in range(0, len(letters), 4))).first()


def outcome_file_or_404(award: Award, pk: int) -> tuple[OutcomeFile, bytes]:
    """A file that was given with an answer about this award."""
    row: OutcomeFileContent = get_object_or_404(
        OutcomeFileContent.objects.select_related("file"), file=pk, file__award=award
    )
    return row.file, bytes(row.content)
