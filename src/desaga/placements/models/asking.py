from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..approving import (
    DECIDED,
    MOST_REMINDERS,
    PAST,
    SAID_YES,
    TONES,
    WAITING,
    AskingState,
    Asks,
    chase_on,
    lower_first,
)
from ..defining import Approver
from .application import Application


class Asking(OwnedByOrganisation):
    """That somebody is asked to approve an application, to write a letter for it, or to confirm its place.

    `key` is that of the definition's approver; `named_email` whom the applicant named, also where whoever that is named another. `covers` is a mark of
    what is approved. `warned_at` is when it was said that the cut-off is near. `deputy_…` answers until a day. `answered_by` says who answered, `acting_for` for whom; `entered_by` wrote it down for them.
    A condition that `waits` counts when the applicant has accepted it. Working days, cover and cost are as the one who answers says, not as the applicant did.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="askings")
    key = models.CharField(max_length=40)
    asks = models.CharField("asks for", max_length=10, choices=Asks)
    name = models.CharField("name", max_length=300)
    email = models.EmailField("e-mail", max_length=300)
    named_email = models.EmailField(max_length=300)
    state = models.CharField("state", max_length=12, choices=AskingState, editable=False)
    since = models.DateTimeField(default=timezone.now, editable=False)
    covers = models.CharField(max_length=64)
    hands = models.PositiveSmallIntegerField(default=0)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaced_by")
    asked_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    warned_at = models.DateTimeField(null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    deputy_name = models.CharField("deputy", max_length=300, blank=True)
    deputy_email = models.EmailField("deputy’s e-mail", max_length=300, blank=True)
    deputy_until = models.DateField("deputy until", null=True)
    answered_by = models.CharField("answered by", max_length=300, blank=True)
    acting_for = models.CharField("for", max_length=300, blank=True)
    answered_as = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    condition = models.TextField("condition", blank=True)
    waits = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField("reason", blank=True)
    change_parts = models.JSONField("parts to be changed", default=list, blank=True)
    working_days = models.PositiveSmallIntegerField("working days away", null=True)
    cover = models.TextField("cover", blank=True)
    cost = models.DecimalField("cost to the department", max_digits=10, decimal_places=2, null=True)
    place = models.CharField("place", max_length=300, blank=True)
    supervisor = models.CharField("who looks after them", max_length=300, blank=True)
    needs = models.TextField("what is needed", blank=True)
    letter = models.TextField("letter", blank=True)

    class Meta:
        ordering = ["application_id", "pk"]
        indexes = [models.Index(fields=["state", "mailed_at"], name="asking_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AskingState.values), name="asking_state_known"),
            models.CheckConstraint(condition=Q(asks__in=Asks.values), name="asking_asks_known"),
            models.UniqueConstraint(
                fields=["application", "key"],
                condition=~Q(state__in=[str(state) for state in PAST]),
                name="asking_going_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in DECIDED])
                | Q(decided_at__isnull=False) & ~Q(answered_by=""),
                name="asking_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=AskingState.REFUSED) | ~Q(reason=""), name="asking_refused_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=AskingState.CHANGES) | ~Q(reason="") & ~Q(change_parts=[]),
                name="asking_changes_say_what",
            ),
            models.CheckConstraint(
                condition=~Q(state=AskingState.CONDITIONAL) | ~Q(condition=""), name="asking_conditional_has_condition"
            ),
            models.CheckConstraint(
                condition=Q(deputy_email="", deputy_until=None) | ~Q(deputy_email="") & Q(deputy_until__isnull=False),
                name="asking_deputy_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_asks_display()} by {self.name}"

    @property
    def approver(self) -> Approver:
        """What the scheme says of whoever is asked here."""
        found = self.application.definition.approver(self.key)
        if found is None:
            raise LookupError(self.key)
        return found

    @property
    def as_whom(self) -> str:
        """Its title within a sentence."""
        return lower_first(self.approver.title)

    @property
    def tone(self) -> str:
        return TONES[AskingState(self.state)]

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def reminded_next_on(self) -> date | None:
        """When they are reminded by themselves next; None where they are not: the mail came back, they were reminded often enough, or the link ends first."""
        if (
            self.state not in (AskingState.ASKED, AskingState.OPENED)
            or self.mailed_at is None
            or self.reminders >= MOST_REMINDERS
        ):
            return None
        due = chase_on(timezone.localdate(self.mailed_at), self.approver.chase_days)
        return due if self.expires_at is None or due < timezone.localdate(self.expires_at) else None

    @property
    def is_settled(self) -> bool:
        """Whether it counts: given, or on a condition that holds nothing up any more."""
        return self.state in SAID_YES and not self.waits_for_applicant

    @property
    def waits_for_applicant(self) -> bool:
        """Whether the applicant has to accept a condition before it counts."""
        return self.state == AskingState.CONDITIONAL and self.waits and self.accepted_at is None

    @property
    def has_deputy(self) -> bool:
        return self.deputy_until is not None and self.deputy_until >= timezone.localdate()


class AskingKey(OwnedByOrganisation):
    """What lets somebody answer from a mail: each mail has its own, of which only the hash is kept. `for_deputy`: it was sent to the deputy."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    email = models.EmailField("sent to", max_length=300)
    for_deputy = models.BooleanField(default=False)
    mail_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["mail_id"], name="asking_key_by_mail")]

    def __str__(self) -> str:
        return f"link of {timezone.localtime(self.made_at):%d.%m.%Y %H:%M}"


class StandingDeputy(OwnedByOrganisation):
    """That somebody answers for another until a day, the last included, whenever that other is asked: as they said by the link of a mail.

    `email` is whose questions these are, in small letters; one deputy at a time. `key_hash` is of the link by which they end it.
    """

    email = models.EmailField("whose e-mail", max_length=300)
    name = models.CharField("whose name", max_length=300)
    deputy_name = models.CharField("deputy", max_length=300)
    deputy_email = models.EmailField("deputy’s e-mail", max_length=300)
    until = models.DateField("until")
    left_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-left_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(ended_at=None), name="standing_deputy_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy_name} for {self.name}"


class AskingLetter(OwnedByOrganisation):
    """A letter that was handed in as a file."""

    asking = models.OneToOneField(Asking, on_delete=models.CASCADE, related_name="file")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    scan = models.CharField(max_length=10)
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file_name
