from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
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
    def payment(self) -> Payment | None:
        """The payment that holds. Lists fetch `payments__taken_back` beforehand."""
        return next((one for one in self.payments.all() if not hasattr(one, "taken_back")), None)

    @property
    def is_written(self) -> bool:
        """Whether its lines may be changed."""
        return self.state in CLAIM_WRITTEN


class ClaimLine(OwnedByOrganisation):
    """One cost, in pounds; `foreign` is the amount in `currency` where that is not pounds. Without a receipt it says why.

    `allowed` is what was approved of it, all where it is None; `because` says why it is less.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField("kind of cost", max_length=40)
    what = models.CharField("what it was", max_length=300)
    on = models.DateField("day", null=True)
    pounds = pounds_field(validators=[MinValueValidator(Decimal("0.01"))])
    currency = models.CharField("currency", max_length=3, default="GBP")
    foreign = pounds_field("amount in that currency", null=True, blank=True)
    no_receipt = models.CharField("why there is no receipt", max_length=300, blank=True)
    submission = models.UUIDField(null=True, editable=False)
    allowed = pounds_field("approved", null=True, editable=False)
    because = models.CharField("why it is less", max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["claim_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pounds__gt=0), name="claim_line_is_some_money"),
            models.CheckConstraint(
                condition=Q(allowed=None) | Q(allowed__gte=0, allowed__lt=F("pounds")) & ~Q(because=""),
                name="claim_line_cut_says_why",
            ),
            models.UniqueConstraint(fields=["organisation", "submission"], name="claim_line_sent_once"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def counted(self) -> Decimal:
        """What of it is paid."""
        return self.pounds if self.allowed is None else self.allowed


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
    """That a claim was paid: how much, on which day, under which reference of the finance office. Never changed; one that did not hold has a `PaymentTakenBack`."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
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


class PaymentTakenBack(OwnedByOrganisation):
    """That a payment did not hold: the bank sent it back, or it was marked on the wrong claim. The claim is to be paid again."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="taken_back")
    because = models.TextField("why", max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="payment_taken_back_says_why")]

    def __str__(self) -> str:
        return f"{self.payment}, taken back"


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
