from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from .actions import Action
from .plans import Plan


class ProposalAnswer(OwnedByOrganisation):
    """What somebody said to a principle, or to a theme of the study, that was proposed for an action; see docs/adr/0024.

    The proposals themselves are worked out anew each time. `because` are the action's words that made this one, `like` the actions
    of which the same had been said; both are empty where nothing proposed it. `stood_before` is the study's theme that gave way.
    It is the organisation's alone, also where the plan is published or opened to others.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    framework = models.TextField()
    code = models.TextField()
    is_accepted = models.BooleanField()
    because = ArrayField(models.TextField(), default=list)
    like = ArrayField(models.TextField(), default=list)
    stood_before = models.TextField(blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["action", "framework", "code"], name="proposal_answered_once"),
            models.CheckConstraint(
                condition=Q(stood_before="") | Q(is_accepted=True), name="proposal_only_what_is_accepted_replaces"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.code}"


class StudyTheme(OwnedByOrganisation):
    """Which of the sector study's themes an action belongs to, and who said so. A plan's own headings are `Theme`.

    An action has one at most: the study counts each action once. `code` is that of the shipped "Sector themes".
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="study_theme")
    code = models.CharField(max_length=40)
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["action_id"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="study_theme_has_code")]

    def __str__(self) -> str:
        return self.code
