from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..states import UNANSWERED, Basis, Verdict
from .actions import Action
from .plans import Plan


class Following(OwnedByOrganisation):
    """That a plan's alignments with one edition of a framework were carried to the next: when, and by whom.

    Editions are named as alignments name them. It is the organisation's alone, as suggestions are; see docs/adr/0018.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="followings")
    old_name = models.CharField(max_length=120)
    new_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old_name} to {self.new_name}"


class Followed(OwnedByOrganisation):
    """One principle of the new edition for one action: how it was carried there, and what somebody said to it.

    The alignment itself is an `Alignment`; this remembers that there was one, so that what was refused does not come back. `was` are the
    codes of the old edition. `before` and `after` are the action's alignments that an answer touched, so that it can be taken back.
    """

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="followed")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    framework = models.CharField(max_length=120)
    code = models.TextField()
    was = ArrayField(models.TextField())
    basis = models.CharField(max_length=10, choices=Basis)
    reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.WAITING)
    chosen = models.TextField(blank=True)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="followed_basis_known"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="followed_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.CARRIED) | Q(basis=Basis.SUGGESTED), name="followed_suggested_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=UNANSWERED, answered_at=None)
                | (~Q(verdict__in=UNANSWERED) & Q(answered_at__isnull=False)),
                name="followed_answer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(chosen="") | Q(verdict=Verdict.ELSEWHERE), name="followed_chosen_only_where_elsewhere"
            ),
            models.UniqueConstraint(fields=["action", "framework", "code"], name="followed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.code}"
