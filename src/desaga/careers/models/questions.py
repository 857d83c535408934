from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from desaga.consents.models import Consent
from desaga.organisations.ownership import OwnedByOrganisation, Publishable

from ..states import TONES, QuestionState

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_LINE = 400, 2000, 200


class Question(OwnedByOrganisation):
    """What somebody asked technicians. Nothing is kept of who asked: no name, no address, no age, no computer.

    `words` are what was asked, `shown` what a moderator made of it; the technician and what they answer stand beside. What others read is a `PublicAnswer`.
    """

    words = models.CharField("as it was asked", max_length=LONGEST_QUESTION)
    shown = models.CharField("as it is shown", max_length=LONGEST_QUESTION, blank=True)
    about = models.SlugField("about", max_length=60, blank=True)
    state = models.CharField("state", max_length=12, choices=QuestionState, default=QuestionState.WAITING, editable=False)  # fmt: skip
    asked_at = models.DateTimeField(editable=False)
    since = models.DateTimeField(editable=False)
    technician = models.CharField("technician", max_length=LONGEST_LINE, blank=True)
    email = models.EmailField("their e-mail", max_length=LONGEST_LINE, blank=True)
    job = models.CharField("their job", max_length=LONGEST_LINE, blank=True)
    employer = models.CharField("where they work", max_length=LONGEST_LINE, blank=True)
    answer = models.TextField("answer", max_length=LONGEST_ANSWER, blank=True)
    said = models.CharField("what is to be changed", max_length=LONGEST_QUESTION, blank=True)
    key_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique, and most have none
    key_ends_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state"], name="question_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[QuestionState.ANSWERED, QuestionState.PUBLISHED]) | Q(consent__isnull=False),
                name="question_answer_rests_on_consent",
            ),
        ]

    def __str__(self) -> str:
        # The audit calls it so, and outlives it.
        return f"Question {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("careers:show_question", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES[QuestionState(self.state)]


class PublicAnswer(Publishable, OwnedByOrganisation):
    """The copy of a question and its answer that everybody reads, no more of the technician in it than they let be shown. It goes with the consent."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="public")
    words = models.CharField(max_length=LONGEST_QUESTION)
    answer = models.TextField(max_length=LONGEST_ANSWER)
    about = models.SlugField(max_length=60, blank=True)
    name = models.CharField(max_length=LONGEST_LINE, blank=True)
    job = models.CharField(max_length=LONGEST_LINE, blank=True)
    employer = models.CharField(max_length=LONGEST_LINE, blank=True)
    shown_until = models.DateField()

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"Answer to question {self.question_id}"

    @property
    def by(self) -> str:
        """Who answers, as far as they let it be said."""
        return ", ".join(filter(None, (self.name, self.job or "A technician", self.employer)))
