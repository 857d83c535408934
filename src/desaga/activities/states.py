"""What kinds of things people do."""

from __future__ import annotations

from django.db.models import TextChoices


class Kind(TextChoices):
    """What happened, in the words of those who did it. Later slices sort these into the kinds that a professional body asks for."""

    COURSE = "course", "Course or training"
    CONFERENCE = "conference", "Conference or event"
    PLACEMENT = "placement", "Placement, shadowing or secondment"
    MENTORING = "mentoring", "Mentoring"
    TEACHING = "teaching", "Teaching or demonstrating"
    TALK = "talk", "Talk or publication"
    OUTREACH = "outreach", "Outreach"
    COMMITTEE = "committee", "Committee or network"
    PROJECT = "project", "Project or new method at work"
    READING = "reading", "Reading or study of one’s own"
    AWARD = "award", "Award, registration or qualification"
    OTHER = "other", "Something else"


#: The source of what a person wrote down themselves.
BY_HAND = ""
