from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from desaga.evidence.models import Evidence
from desaga.organisations.models import Person, Unit
from desaga.organisations.ownership import OwnedByOrganisation, OwnedByPerson
from desaga.plans.models import Action, Plan, Update

from .states import Happened, RoundState

#: So many letters of a hash tell the few links of a request apart.
FINGERPRINT = 6


class Round(OwnedByOrganisation):
    """That everybody who carries something of a plan is asked how it goes, for one period."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    period = models.CharField("period", max_length=100)
    due_on = models.DateField("answers by")
    words = models.TextField("a word from you", blank=True, max_length=1000)
    remind_days_before = models.PositiveSmallIntegerField("days before", default=3)
    silent_days_after = models.PositiveSmallIntegerField("days after", default=4)
    escalate_days_after = models.PositiveSmallIntegerField("days after", default=7)
    state = models.CharField("state", max_length=10, choices=RoundState, default=RoundState.PREPARED, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(state=RoundState.PREPARED, sent_at=None)
                | Q(sent_at__isnull=False) & ~Q(state=RoundState.PREPARED),
                name="round_sent_unless_prepared",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=~Q(state=RoundState.CLOSED), name="round_of_a_plan_going_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Round of {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("rounds:show_round", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return {RoundState.OPEN: "going", RoundState.CLOSED: "stopped"}.get(RoundState(self.state), "plain")


class UpdateRequest(OwnedByOrganisation):
    """That one address is asked, in one mail, about all that it carries in a round.

    `name` is what the letter calls whoever reads it. `asks_name`: the address is an office's or a group's, so whoever
    answers says who they are. `asked_at` is empty until the mail is written down.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="requests")
    email = models.EmailField("e-mail")
    name = models.CharField("name", max_length=200)
    asks_name = models.BooleanField("several people read it", default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("asked", null=True)
    revoked_at = models.DateTimeField("taken back", null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("round", Lower("email"), name="request_once_in_a_round")]

    def __str__(self) -> str:
        return f"Request to {self.name}"


class RequestKey(OwnedByOrganisation):
    """What lets somebody answer from a mail: each mail has its own, of which only the hash is kept."""

    request = models.ForeignKey(UpdateRequest, on_delete=models.CASCADE, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"link of {timezone.localtime(self.made_at):%d.%m.%Y %H:%M}, {self.fingerprint}"

    @property
    def fingerprint(self) -> str:
        """What tells links apart and opens none: the beginning of the hash."""
        return self.key_hash[:FINGERPRINT]


class RequestedAction(OwnedByOrganisation):
    """One action of a request: as whom it is asked about (`owner`), for which unit, and what came of it.

    `update` answers it, whoever gave that. `passed_to` is the request that asks somebody else instead; `not_theirs` what was said where
    nobody could be asked by that.
    """

    request = models.ForeignKey(UpdateRequest, on_delete=models.CASCADE, related_name="lines")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    owner = models.TextField("as whom")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    update = models.ForeignKey(Update, on_delete=models.PROTECT, null=True, related_name="+")
    not_theirs = models.TextField("not theirs", blank=True)
    passed_to = models.ForeignKey(UpdateRequest, on_delete=models.PROTECT, null=True, related_name="passed_here")

    class Meta:
        ordering = ["request_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "action", "unit"], nulls_distinct=False, name="requested_action_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.action)

    @property
    def is_waiting(self) -> bool:
        return self.update_id is None and self.passed_to_id is None and not self.not_theirs


class RequestEvidence(OwnedByOrganisation):
    """That a piece of evidence came through a request: whoever has its link sees these pieces, and no others."""

    request = models.ForeignKey(UpdateRequest, on_delete=models.CASCADE, related_name="given")
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")
    size = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["evidence"], name="evidence_came_through_one_request")]

    def __str__(self) -> str:
        return str(self.evidence)


class RequestEvent(OwnedByOrganisation):
    """What happened to a request; never changed. `mail_id` is the mail that it is about, `key` the link that the mail carried, or that was used."""

    request = models.ForeignKey(UpdateRequest, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Happened)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    mail_id = models.BigIntegerField(null=True)
    key = models.ForeignKey(RequestKey, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Happened.values), name="request_event_kind_known")]
        indexes = [models.Index(fields=["mail_id"], name="request_event_by_mail")]

    def __str__(self) -> str:
        return str(Happened(self.kind).label)

    @property
    def is_use(self) -> bool:
        """Whether a link was used, and not sent."""
        return self.key_id is not None and self.mail_id is None


class CalendarLink(OwnedByPerson):
    """That a person's calendar program may fetch their dates: over all their organisations, with a key of which only the hash is kept."""

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="calendar_link_once")]

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
