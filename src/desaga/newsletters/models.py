from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.consents.models import Consent
from desaga.organisations.ownership import OwnedByOrganisation

from .states import TONES, IssueState

LONGEST_TITLE, LONGEST_INTRODUCTION, LONGEST_LINE, LONGEST_SUMMARY = 120, 4000, 300, 600


class Subscription(OwnedByOrganisation):
    """An address to which issues go, and when its owner said so; nothing else of them. Gone, not marked, when it ends."""

    email = models.EmailField("e-mail")
    asked_at = models.DateTimeField("asked")
    confirmed_at = models.DateTimeField("confirmed", null=True)
    # By which links were sent: their addresses go with it.
    mails = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "email"], name="subscription_once")]

    def __str__(self) -> str:
        # The audit calls it so: without the address.
        return f"Subscription {self.pk}"


class Issue(OwnedByOrganisation):
    """One newsletter. From its sending on, its words never change; `digest` says what they were."""

    title = models.CharField("title", max_length=LONGEST_TITLE)
    introduction = models.TextField("introduction", max_length=LONGEST_INTRODUCTION, blank=True)
    number = models.PositiveIntegerField(null=True, editable=False)
    state = models.CharField("state", max_length=10, choices=IssueState, default=IssueState.DRAFT, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="issue_number_once"),
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state_known"),
            models.CheckConstraint(
                condition=Q(state=IssueState.DRAFT, number=None, sent_at=None, digest="")
                | ~Q(state=IssueState.DRAFT) & Q(number__isnull=False, sent_at__isnull=False) & ~Q(digest=""),
                name="issue_sent_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("newsletters:show_issue", args=[self.organisation.slug, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == IssueState.DRAFT

    @property
    def tone(self) -> str:
        return TONES[IssueState(self.state)]


class IssuePiece(OwnedByOrganisation):
    """A piece of an issue: while that is a draft, the key of what was chosen; from its sending on, the copy that was sent.

    `struck_at`: taken out of the archive, since the consent that it rested on has ended; its words and picture are gone.
    """

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="pieces")
    order = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=LONGEST_LINE, blank=True)
    summary = models.CharField(max_length=LONGEST_SUMMARY, blank=True)
    when = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500, blank=True)
    picture = models.BinaryField(default=b"")
    has_picture = models.BooleanField(default=False)
    picture_words = models.CharField(max_length=LONGEST_LINE, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    #: The first day on which that consent does not hold any more: from then on the archive leaves it out by itself.
    shown_until = models.DateField(null=True)
    frozen_at = models.DateTimeField(null=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "key"], name="piece_once_in_an_issue")]

    def __str__(self) -> str:
        return self.title or self.key


class Letter(OwnedByOrganisation):
    """That an issue goes to a subscription; which mail it became; whether it came back. Without an address, once that is gone."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="letters")
    subscription = models.ForeignKey(Subscription, on_delete=models.SET_NULL, null=True, related_name="letters")
    mail_id = models.BigIntegerField(null=True)
    came_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["issue"], condition=Q(mail_id=None), name="letter_not_written"),
            models.Index(fields=["mail_id"], name="letter_by_mail"),
        ]
        constraints = [models.UniqueConstraint(fields=["issue", "subscription"], name="letter_once_to_each")]

    def __str__(self) -> str:
        return f"Letter {self.pk}"
