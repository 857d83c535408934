from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation

from .states import ENDED, TONES, WHAT_OF_THEM, WHERE_OF_THEM, By, ConsentState, What, Where
from .wording import LONGEST

LONGEST_NAME, LONGEST_ABOUT, LONGEST_KIND = 200, 300, 20


def kinds(choices: type[models.TextChoices], label: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=LONGEST_KIND, choices=choices), verbose_name=label, default=list)


class Wording(OwnedByOrganisation):
    """The words by which an organisation asks, one version of them; never changed. The last is asked by."""

    number = models.PositiveIntegerField()
    text = models.TextField("words", max_length=LONGEST)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="wording_number_once")]

    def __str__(self) -> str:
        return f"Words {self.number}"


class Consent(OwnedByOrganisation):
    """What of one person may be shown where, until when, by which words.

    `asked_what` and `asked_where` are what was asked; `what` and `where` what was said yes to. The record outlives the account: `name` and `email` stand
    here. No birth date is kept: `under_18_until` is the first of the month after they come of age, and a consent of a young person ends then at the latest.
    `renews` is the consent in whose place this one comes once it is given.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="person")
    name = models.CharField("who is shown", max_length=LONGEST_NAME)
    email = models.EmailField("their e-mail", max_length=LONGEST_NAME)
    about = models.CharField("what for", max_length=LONGEST_ABOUT)
    asked_what = kinds(What, "what is asked")
    asked_where = kinds(Where, "where it is asked for")
    what = kinds(What, "what may be shown")
    where = kinds(Where, "where it may be shown")
    until = models.DateField("until")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="consents")
    wording_digest = models.CharField(max_length=64)
    is_under_18 = models.BooleanField("under 18 at asking", default=False)
    under_18_until = models.DateField("of age from", null=True)
    guardian_name = models.CharField("parent or guardian", max_length=LONGEST_NAME, blank=True)
    guardian_email = models.EmailField("their e-mail", max_length=LONGEST_NAME, blank=True)
    state = models.CharField("state", max_length=10, choices=ConsentState, default=ConsentState.ASKED, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("asked", editable=False)
    answered_at = models.DateTimeField("answered", null=True, editable=False)
    ended_at = models.DateTimeField("ended", null=True, editable=False)
    told_soon_at = models.DateTimeField(null=True, editable=False)
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="renewed_by")

    class Meta:
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["organisation", "state", "until"], name="consent_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="consent_state_known"),
            models.CheckConstraint(
                condition=Q(asked_what__contained_by=What.values, asked_where__contained_by=Where.values)
                & Q(asked_what__len__gt=0, asked_where__len__gt=0),
                name="consent_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(what__contained_by=F("asked_what"), where__contained_by=F("asked_where")),
                name="consent_gives_no_more_than_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConsentState.GIVEN)
                | Q(what__len__gt=0, where__len__gt=0, answered_at__isnull=False),
                name="consent_given_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(is_under_18=False, guardian_email="", under_18_until=None)
                | Q(is_under_18=True, until__lte=F("under_18_until")) & ~Q(guardian_email="") & ~Q(guardian_name=""),
                name="consent_under_18_has_a_guardian",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in ENDED], ended_at__isnull=False)
                | ~Q(state__in=[str(state) for state in ENDED]) & Q(ended_at=None),
                name="consent_ended_has_a_time",
            ),
            models.CheckConstraint(condition=Q(renews=None) | ~Q(renews=F("pk")), name="consent_not_renewed_by_itself"),
        ]

    def __str__(self) -> str:
        return f"Consent of {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("consents:show_consent", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return "waiting" if self.ends_soon else TONES[ConsentState(self.state)]

    @property
    def state_words(self) -> str:
        return "Given, ends soon" if self.ends_soon else str(ConsentState(self.state).label)

    @property
    def is_given(self) -> bool:
        return self.state == ConsentState.GIVEN

    @property
    def ends_soon(self) -> bool:
        return self.is_given and (self.until - timezone.localdate()).days <= SOON_DAYS

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    def holds_on(self, day: object) -> bool:
        """Whether it may be shown on a day; the last day counts."""
        return self.is_given and self.until >= day  # type: ignore[operator]

    @property
    def what_words(self) -> list[str]:
        """What it is about, for those who ask: what may be shown, else what was asked."""
        return [WHAT_OF_THEM[What(one)] for one in (self.what or self.asked_what)]

    @property
    def where_words(self) -> list[str]:
        return [WHERE_OF_THEM[Where(one)] for one in (self.where or self.asked_where)]


SOON_DAYS = 30


class ConsentAnswer(OwnedByOrganisation):
    """What one of those who were asked said, by which link; never changed."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="answers")
    by = models.CharField("answered by", max_length=10, choices=By)
    name = models.CharField("name", max_length=LONGEST_NAME)
    what = kinds(What, "what may be shown")
    where = kinds(Where, "where it may be shown")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consent", "by"], name="consent_answered_once_by_each"),
            models.CheckConstraint(condition=Q(by__in=By.values), name="consent_answered_by_somebody_known"),
            models.CheckConstraint(
                condition=Q(what__contained_by=What.values, where__contained_by=Where.values),
                name="consent_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_by_display()}, {'yes' if self.what and self.where else 'no'}"

    @property
    def what_words(self) -> list[str]:
        return [WHAT_OF_THEM[What(one)] for one in self.what]

    @property
    def where_words(self) -> list[str]:
        return [WHERE_OF_THEM[Where(one)] for one in self.where]


class ConsentKey(OwnedByOrganisation):
    """What a link of a mail carries, of which only the hash is kept. A link that answers ends on a day; one that withdraws opens as long as the consent stands."""

    class Opens(models.TextChoices):
        ANSWER = "answer", "The page that answers"
        KEPT = "kept", "The page that withdraws"

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="keys")
    opens = models.CharField(max_length=10, choices=Opens)
    by = models.CharField(max_length=10, choices=By)
    key_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField("sent to", max_length=LONGEST_NAME)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    mail_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens="kept") | Q(expires_at__isnull=False), name="consent_key_to_answer_ends"
            )
        ]

    def __str__(self) -> str:
        return f"link of {timezone.localtime(self.made_at):%d.%m.%Y %H:%M}"


class ConsentEvent(OwnedByOrganisation):
    """One step of its history; never changed."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    who = models.CharField(max_length=LONGEST_NAME, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.kind.replace("_", " ").capitalize()
