from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_scopes import ScopedManager

from desaga.organisations.ownership import OwnedByOrganisation, owned_manager

from ..awarding import TONES, Answered, ChangeState, Letter, Party
from ..dating import due_after
from ..purse import Purse
from .application import Application
from .scheme import Round


def pounds_field(words: str = "pounds", **options: object) -> models.DecimalField:
    return models.DecimalField(words, max_digits=10, decimal_places=2, **options)


class Award(OwnedByOrganisation):
    """What was offered to one applicant, and what became of it. Days and host are those that hold now: a change that was approved is here.

    The sums are a `Purse`, kept here so that the database itself refuses to pay more than was awarded. `promised` is a higher sum that was
    approved and waits for its signatures: the money is kept for it. `claims_until` is for a placement that was called off: what could not be
    got back may be claimed until that day.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    amount = pounds_field("award", validators=[MinValueValidator(Decimal("0.01"))])
    accept_by = models.DateField("answer by")
    conditions = models.TextField("conditions", blank=True, max_length=3000)
    offered_at = models.DateTimeField(editable=False)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered = models.CharField(max_length=12, choices=Answered, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    starts_on = models.DateField("first day", null=True)
    ends_on = models.DateField("last day", null=True)
    host = models.CharField("host", max_length=300, blank=True)
    approved = pounds_field(default=0, editable=False)
    paid = pounds_field(default=0, editable=False)
    advanced = pounds_field(default=0, editable=False)
    settled = pounds_field(default=0, editable=False)
    promised = pounds_field(null=True, editable=False)
    session_promised = models.BooleanField("a session is promised", default=False)
    claims_until = models.DateField("claims until", null=True, editable=False)

    objects = owned_manager()
    mine = ScopedManager(models.Manager, person="application__applicant_id")

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="award_is_some_money"),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("approved"), approved__lte=F("amount")),
                name="award_never_paid_over",
            ),
            models.CheckConstraint(
                condition=Q(settled__gte=0, settled__lte=F("advanced")), name="award_settled_within_advance"
            ),
            models.CheckConstraint(
                condition=Q(promised=None) | Q(promised__gt=F("amount")), name="award_promised_is_more"
            ),
            models.CheckConstraint(condition=Q(answered__in=["", *Answered.values]), name="award_answer_known"),
            models.CheckConstraint(
                condition=Q(answered="", answered_at=None) | ~Q(answered="") & Q(answered_at__isnull=False),
                name="award_answered_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Award of {self.application.reference}"

    @property
    def purse(self) -> Purse:
        return Purse(self.amount, self.approved, self.paid, self.advanced, self.settled)

    @property
    def report_due_on(self) -> date | None:
        """So many days after the end as the scheme says."""
        return due_after(self.application.definition.report, self.ends_on)


class ReservePlace(OwnedByOrganisation):
    """Where an application stands on the reserve list of its panel: the first that fits into the money is offered first.

    `amount` is what the panel would award, all that was asked for where it is None.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="reserve_place")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reserve_places")
    rank = models.PositiveSmallIntegerField()
    amount = pounds_field("award", null=True)
    conditions = models.TextField("conditions", blank=True, max_length=3000)

    class Meta:
        ordering = ["round_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "rank"], name="reserve_rank_once"),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="reserve_is_some_money"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.application.reference}"

    @property
    def sum(self) -> Decimal:
        return self.application.asked or Decimal(0) if self.amount is None else self.amount


class AwardChange(OwnedByOrganisation):
    """That days, host or sum are to be others than was agreed: asked for, decided on by those who run the scheme, then signed anew.

    With another host, `host_name` and `host_email` say who signs there. `calls_off` asks that the placement does not take place.
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="changes")
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    host = models.CharField("host", max_length=300, blank=True)
    host_name = models.CharField("who signs for the host", max_length=300, blank=True)
    host_email = models.EmailField("their e-mail address", blank=True)
    calls_off = models.BooleanField("calls it off", default=False)
    amount = pounds_field("award", null=True, blank=True)
    because = models.TextField("why", max_length=2000)
    asked_at = models.DateTimeField(editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.ASKED, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField("why it is not approved", blank=True, max_length=2000)
    #: What held when it was asked for, as words, by what is to be another: so that both can be read side by side.
    was = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(state=ChangeState.ASKED), name="award_one_change_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="award_change_state_known"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="award_change_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Change of {self.award}"

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "done")


class Agreement(OwnedByOrganisation):
    """A text that the three sign; never changed. Where days, host or sum change, another is signed, and takes its place once all have.

    `signed_at` is when the last signed; `replaced_at` when it held, or waited, no longer. `change` is what it is about, if it is not the first.
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="agreements")
    change = models.ForeignKey(AwardChange, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["award_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(replaced_at=None, signed_at=None), name="agreement_one_waits_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(replaced_at=None, signed_at__isnull=False),
                name="agreement_one_holds_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.number} of {self.award.application.reference}"


class Signature(OwnedByOrganisation):
    """Who is to sign an agreement, and that they did: under which name, when, and the digest of the very text."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=12, choices=Party)
    name = models.CharField("name", max_length=300)
    email = models.EmailField("e-mail")
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_name = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = owned_manager()
    mine = ScopedManager(models.Manager, person="agreement__award__application__applicant_id")

    class Meta:
        ordering = ["agreement_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="signature_once_a_party"),
            models.CheckConstraint(condition=Q(party__in=Party.values), name="signature_party_known"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_name="", digest="")
                | Q(signed_at__isnull=False) & ~Q(signed_name="") & ~Q(digest=""),
                name="signature_has_name_and_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.name}"


class AwardLetter(OwnedByOrganisation):
    """A mail about an award; where it carries a link, the hash of its key, which opens until it ends.

    `about` names what it is about within its kind (a signature, a claim, the key of a follow-up), so that one reminder goes once.
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=Letter)
    about = models.CharField(max_length=60, blank=True)
    email = models.EmailField()
    at = models.DateTimeField()
    mail_id = models.BigIntegerField(null=True)
    lost_at = models.DateTimeField(null=True)
    lost = models.CharField(max_length=200, blank=True)
    key_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - many mails have no link
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["mail_id"], name="award_letter_by_mail"),
            models.Index(fields=["award", "kind", "about"], name="award_letter_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Letter.values), name="award_letter_kind_known"),
            models.CheckConstraint(
                condition=Q(key_hash=None) | Q(expires_at__isnull=False), name="award_link_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.expires_at is not None and self.expires_at > timezone.now()
