from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from desaga.evidence.states import Scan
from desaga.organisations.ownership import OwnedByOrganisation, owned_manager

from ..awarding import CLAIM_WRITTEN, TONES, ClaimKind, ClaimState
from .award import Award, pounds_field


class Claim(OwnedByOrganisation):
    """What somebody who was awarded asks to be paid: an advance, or costs with their receipts.

    `allowed` is what was approved of it; `settles` the part of that which an advance had paid; `due` what is to be paid.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ClaimKind)
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.WRITTEN, editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField("what was said of it", blank=True, max_length=2000)
    allowed = pounds_field(null=True, editable=False)
    settles = pounds_field(default=0, editable=False)
    due = pounds_field(default=0, editable=False)

    objects = owned_manager()
    mine = ScopedManager(models.Manager, person="award__application__applicant_id")

    class Meta:
        ordering = ["award_id", "number"]
        indexes = [models.Index(fields=["organisation", "state"], name="claim_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="claim_number_once"),
            models.UniqueConstraint(
                fields=["award", "kind"], condition=Q(state__in=[str(one) for one in CLAIM_WRITTEN]),
                name="claim_written_once",
            ),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[ClaimState.APPROVED, ClaimState.PAID]) | Q(allowed__isnull=False),
                name="claim_approved_says_how_much",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.award.application.reference}/{self.number}"

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "plain")

    @property
    def is_written(self) -> bool:
        """Whether its lines may be changed."""
        return self.state in CLAIM_WRITTEN


class ClaimLine(OwnedByOrganisation):
    """One cost, in pounds; `foreign` is the amount in `currency` where that is not pounds. Without a receipt it says why."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField("kind of cost", max_length=40)
    what = models.CharField("what it was", max_length=300)
    on = models.DateField("day", null=True)
    pounds = pounds_field(validators=[MinValueValidator(Decimal("0.01"))])
    currency = models.CharField("currency", max_length=3, default="GBP")
    foreign = pounds_field("amount in that currency", null=True, blank=True)
    no_receipt = models.CharField("why there is no receipt", max_length=300, blank=True)
    submission = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["claim_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pounds__gt=0), name="claim_line_is_some_money"),
            models.UniqueConstraint(fields=["organisation", "submission"], name="claim_line_sent_once"),
        ]

    def __str__(self) -> str:
        return self.what


class Receipt(OwnedByOrganisation):
    """The file that shows a cost, looked at as evidence is. The bytes are `ReceiptContent`."""

    line = models.OneToOneField(ClaimLine, on_delete=models.CASCADE, related_name="receipt")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NONE)

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_fetched(self) -> bool:
        return self.scan in (Scan.NONE, Scan.CLEAN)


class ReceiptContent(OwnedByOrganisation):
    """The bytes of a receipt. Never in a list."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.receipt)


class Payment(OwnedByOrganisation):
    """That a claim was paid, once: how much, on which day, under which reference of the finance office."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="payment")
    amount = pounds_field()
    paid_on = models.DateField("paid on")
    reference = models.CharField("reference", max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["paid_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_some_money")]

    def __str__(self) -> str:
        return self.reference


class Repayment(OwnedByOrganisation):
    """What came back of an advance."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="repayments")
    amount = pounds_field()
    paid_on = models.DateField("came back on")
    reference = models.CharField("reference", max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["paid_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="repayment_is_some_money")]

    def __str__(self) -> str:
        return self.reference
