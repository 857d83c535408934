from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..dates import said
from ..states import GOES_ON, Completion, Fate, LinkWay, SourceKind
from .actions import Action
from .plans import Plan, is_partial_date, partial_date


class PartOfClosing(OwnedByOrganisation):
    """What the organisation says of its own plans at their end. It is the organisation's alone, also where the plan is published."""

    class Meta:
        abstract = True


class ActionOutcome(PartOfClosing):
    """How far an action came, and, apart from that, what became of it (docs/adr/0025). Who said what when stands in the audit too.

    What is empty nobody has said yet. `into` is the action of the same plan with which a merged one becomes one.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="outcome")
    completion = models.CharField("how far it came", max_length=10, choices=Completion, blank=True)
    completion_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    completion_at = models.DateTimeField(null=True)
    fate = models.CharField("what became of it", max_length=20, choices=Fate, blank=True)
    reason = models.TextField("why", blank=True)
    into = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, related_name="+")
    fate_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    fate_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(completion__in=["", *Completion.values]), name="outcome_completion_known"
            ),
            models.CheckConstraint(condition=Q(fate__in=["", *Fate.values]), name="outcome_fate_known"),
            models.CheckConstraint(condition=~Q(fate=Fate.STOPPED) | ~Q(reason=""), name="outcome_stopped_says_why"),
            models.CheckConstraint(
                condition=Q(into=None) | Q(fate=Fate.MERGED) & ~Q(into=F("action")),
                name="outcome_only_merged_into_another",
            ),
            models.CheckConstraint(
                condition=(Q(completion="") | Q(completion_at__isnull=False)) & (Q(fate="") | Q(fate_at__isnull=False)),
                name="outcome_says_when",
            ),
        ]

    def __str__(self) -> str:
        told = (self.get_completion_display(), self.get_fate_display())
        return ", ".join(filter(None, told)) or "Nothing said yet"

    @property
    def is_said(self) -> bool:
        return bool(self.completion and self.fate)


class Lineage(PartOfClosing):
    """That an action went on as an action of a later plan, and how. Several where it was split, or several became one."""

    earlier_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="successors")
    later_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    later = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="predecessors")
    fate = models.CharField("how it went on", max_length=20, choices=[(one.value, one.label) for one in GOES_ON])
    way = models.CharField("how it came to be known", max_length=10, choices=LinkWay)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="lineage_once"),
            models.CheckConstraint(condition=Q(fate__in=GOES_ON), name="lineage_fate_goes_on"),
            models.CheckConstraint(condition=Q(way__in=LinkWay.values), name="lineage_way_known"),
            models.CheckConstraint(condition=~Q(earlier_plan=F("later_plan")), name="lineage_between_two_plans"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} became {self.later}"


class RefusedPredecessor(PartOfClosing):
    """That somebody refused a proposed predecessor: it is proposed no more, until that is taken back."""

    earlier = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    later = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="predecessor_refused_once")]

    def __str__(self) -> str:
        return f"{self.earlier} did not become {self.later}"


class ActionSource(PartOfClosing):
    """From whose words an action was made: peer-review feedback, a recommendation of the year. Never changed."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField("what it was", max_length=20, choices=SourceKind, default=SourceKind.PEER_REVIEW)
    said_by = models.CharField("who said it", max_length=200)
    where = models.CharField("where", max_length=300, blank=True)
    said_on = partial_date("when")
    text = models.TextField("in their words")
    submission = models.UUIDField(null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["action_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="action_source_kind_known"),
            models.CheckConstraint(condition=is_partial_date("said_on"), name="action_source_partial_date"),
            models.UniqueConstraint(fields=["organisation", "submission"], name="action_source_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.said_by}"

    @property
    def when(self) -> str:
        return said(self.said_on)


class UsualCheck(PartOfClosing):
    """That somebody looked at an action of business as usual again, and it still is. Never changed: the next one follows it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="usual_checks")
    on = models.DateField("looked at on")
    note = models.CharField("what was seen", max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["action_id", "-on", "-pk"]

    def __str__(self) -> str:
        return f"Still business as usual on {self.on:%d %B %Y}"


class TrajectoryRule(OwnedByOrganisation):
    """What an organisation counts each fate and completion as, where it says otherwise than `trajectories.by_default`.

    `changed` is `{"fate-split": "C", "completion-partly": "red"}`.
    """

    changed = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="trajectory_rule_once")]

    def __str__(self) -> str:
        return "Rule of what became of actions"
