from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..sitting import AWARDS, ITEM_TONES, OUTCOME_TONES, ItemState, OutcomeKind
from .application import Application
from .scheme import Round


class AgendaItem(OwnedByOrganisation):
    """An application that a panel hears. The list is made when the meeting begins; what comes later goes to the next panel.

    `notes` are for the minutes, never for the applicant; `left` are those who were out whenever it was called, or stepped back since, as they are minuted; `left_why` are the kinds of conflict of
    the same, `left_people` their ids, in the same order. Minutes that are older have names alone.
    From `told_at` on its outcome holds; `goes_to` is the panel that hears it again.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="agenda")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    notes = models.TextField("notes for the minutes", blank=True, max_length=5000)
    left = ArrayField(models.CharField(max_length=200), default=list, editable=False)
    left_why = ArrayField(models.CharField(max_length=300), default=list, editable=False)
    left_people = ArrayField(models.BigIntegerField(), default=list, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    goes_to = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["round_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "application"], name="agenda_item_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(state=ItemState.OPEN), name="agenda_one_item_open"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="agenda_item_state_known"),
            models.CheckConstraint(
                condition=Q(state=ItemState.WAITING) | Q(opened_at__isnull=False), name="agenda_item_opened_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Item {self.application.reference}"

    @property
    def tone(self) -> str:
        return ITEM_TONES[self.state]

    @property
    def out(self) -> list[tuple[str, str]]:
        """Who was out of the room, each with the kind of conflict; empty where it was not kept."""
        return list(zip_longest(self.left, self.left_why[: len(self.left)], fillvalue=""))


class PendingOutcome(OwnedByOrganisation):
    """What the panel has in mind for an item. Nobody but those who hear it knows, and anything may still change, until outcomes are told together.

    `reasons` are keys of the reasons of the version whose number is `version_number`; `words` are for the applicant; `open_parts` are those to be
    changed. `rank` orders the reserve list, and says nothing by itself; who is on it may be awarded `amount`, all that was asked for where it is None.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="outcome")
    kind = models.CharField("outcome", max_length=8, choices=OutcomeKind)
    amount = models.DecimalField(
        "award", max_digits=10, decimal_places=2, null=True, validators=[MinValueValidator(Decimal("0.01"))]
    )
    conditions = models.TextField("conditions", blank=True, max_length=3000)
    reasons = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    version_number = models.PositiveSmallIntegerField()
    words = models.TextField("words for the applicant", blank=True, max_length=3000)
    open_parts = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    set_at = models.DateTimeField(editable=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["item_id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OutcomeKind.values), name="outcome_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=[str(one) for one in AWARDS], amount__gt=0)
                | Q(kind=OutcomeKind.RESERVE) & (Q(amount=None) | Q(amount__gt=0))
                | ~Q(kind__in=[str(one) for one in (*AWARDS, OutcomeKind.RESERVE)]) & Q(amount=None),
                name="outcome_that_awards_has_a_sum",
            ),
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.RESERVE, rank__isnull=False) | ~Q(kind=OutcomeKind.RESERVE) & Q(rank=None),
                name="outcome_on_reserve_has_a_rank",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OutcomeKind.DECLINE) | ~Q(reasons=[]), name="outcome_declined_has_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(kind=OutcomeKind.CHANGES) | ~Q(open_parts=[]) & ~Q(words=""),
                name="outcome_of_changes_names_them",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def tone(self) -> str:
        return OUTCOME_TONES[self.kind]


class OutcomeChange(OwnedByOrganisation):
    """That an outcome was set, changed or taken back while it was pending; never changed. `kind` is empty where it was taken back."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=OutcomeKind, blank=True)
    told = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display() if self.kind else "taken back"


class LetterCheck(OwnedByOrganisation):
    """That somebody looked at the letter about an item, for whoever tells the outcomes and does not hear it. It holds for the outcome that was set at `outcome_set_at`, and for no later one."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="letter_check")
    outcome_set_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Letter about {self.item.application.reference}"


class OutcomeLetter(OwnedByOrganisation):
    """That the letter about an outcome is written down: with the mail itself, or not at all, so that a worker that was killed writes none twice."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="letter")
    email = models.EmailField()
    mail_id = models.BigIntegerField()
    written_at = models.DateTimeField(default=timezone.now)
    lost_at = models.DateTimeField(null=True)
    lost = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["mail_id"], name="outcome_letter_by_mail")]

    def __str__(self) -> str:
        return f"Letter {self.pk}"
