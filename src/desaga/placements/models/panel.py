from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation, current_on

from ..conflicting import NONE, OWN, Source
from ..reading_days import ReadingLetterKind
from .application import Application
from .scheme import Round, Scheme


class PanelMember(OwnedByOrganisation):
    """That somebody sits on a scheme's panel from a day to a day. `works_for` is what conflicts with employers and hosts are looked up by.

    What they know (`expertise`) and would rather read (`prefers`) are words that applications are shared out by. `most` is the most that they read in one round; no limit where it is empty.
    `unit` is where they work within whoever runs the scheme, for a panel of one institution. Terms before this one are `EarlierTerm`.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    works_for = models.CharField("works for", max_length=200)
    unit = models.CharField("unit", max_length=200, blank=True)
    expertise = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    prefers = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    most = models.PositiveSmallIntegerField("reads at most", null=True, blank=True)

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "person"], name="panel_member_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="panel_member_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.person.name

    @classmethod
    def in_term(cls, day: date | None = None) -> Q:
        return current_on(day=day)

    @property
    def is_in_term(self) -> bool:
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)


class EarlierTerm(OwnedByOrganisation):
    """A term of a panel member that ended before the one that their seat has now."""

    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="earlier_terms")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "starts_on"], name="earlier_term_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="earlier_term_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%-d %B %Y} to {self.ends_on:%-d %B %Y}"


class Interest(OwnedByOrganisation):
    """What somebody has to do with an application: "none", as they declared, or a kind of conflict (`conflicting.KINDS`).

    What records or staff say is pinned: the person cannot take it back. Staff may waive a conflict, with a reason, never one's own application.
    A declaration that was taken back has `ended_at`.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("kind", max_length=40)
    source = models.CharField("source", max_length=10, choices=Source, editable=False)
    words = models.TextField("in words", blank=True, max_length=2000)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True, editable=False)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    waived_because = models.TextField("why it does not matter", blank=True, max_length=2000)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["person", "application"], name="interest_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "kind", "source"],
                condition=Q(ended_at=None),
                name="interest_said_once",
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="interest_source_known"),
            models.CheckConstraint(
                condition=Q(waived_at=None) | ~Q(kind__in=[OWN, NONE]) & ~Q(waived_because=""),
                name="interest_waived_with_reason_never_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.application_id}"

    @classmethod
    def in_the_way(cls) -> Q:
        """Conflicts that hold, and were not waived."""
        return Q(ended_at=None, waived_at=None) & ~Q(kind=NONE)

    @classmethod
    def declared(cls) -> Q:
        """What a person said themselves, and did not take back."""
        return Q(ended_at=None, source=Source.DECLARED)

    @property
    def is_pinned(self) -> bool:
        return self.source != Source.DECLARED

    @property
    def is_in_the_way(self) -> bool:
        return self.kind != NONE and self.ended_at is None and self.waived_at is None


class Assignment(OwnedByOrganisation):
    """That a member reads an application, what became of it, and their scores that count: `sheet` is the number of the last one they sent.

    `mark` is out of 100, of that sheet. Abstaining leaves the mean; recusal takes the reading away. `ended_at`: somebody took it from them.
    `told_at`: a mail told them that it was given to them, or they had begun by then.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="assignments")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_by_hand = models.BooleanField("made by hand", default=False)
    why = models.CharField("why", max_length=500, blank=True)
    draft = models.JSONField(default=dict, blank=True, editable=False)
    sheet = models.PositiveSmallIntegerField(default=0, editable=False)
    mark = models.DecimalField("mark", max_digits=5, decimal_places=2, null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    abstained_at = models.DateTimeField(null=True, editable=False)
    abstained_because = models.TextField(blank=True, editable=False)
    recused_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["application_id", "member__person__name"]
        indexes = [models.Index(fields=["member", "application"], name="assignment_of_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "member"], condition=Q(ended_at=None), name="assignment_once"
            ),
            models.CheckConstraint(
                condition=Q(mark=None, sent_at=None) | Q(mark__range=(0, 100), sent_at__isnull=False, sheet__gte=1),
                name="assignment_mark_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(abstained_at=None) | Q(mark=None), name="assignment_abstained_has_no_mark"
            ),
        ]

    def __str__(self) -> str:
        return f"Reading {self.pk}"

    @classmethod
    def in_force(cls) -> Q:
        return Q(ended_at=None, recused_at=None)

    @property
    def is_done(self) -> bool:
        return self.sent_at is not None or self.abstained_at is not None


class ReadingLetter(OwnedByOrganisation):
    """A mail to a reader about what a round gave them to read: that it was given, that the day is near, that it is past. The last two once for each day that was set (`score_by`)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reading_letters")
    member = models.ForeignKey(PanelMember, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=5, choices=ReadingLetterKind)
    score_by = models.DateField()
    at = models.DateTimeField()
    mail_id = models.BigIntegerField()
    lost_at = models.DateTimeField(null=True)
    lost = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["mail_id"], name="reading_letter_by_mail")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReadingLetterKind.values), name="reading_letter_kind_known"),
            models.UniqueConstraint(
                fields=["round", "member", "kind", "score_by"],
                condition=~Q(kind=ReadingLetterKind.GIVEN),
                name="reading_letter_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Score(OwnedByOrganisation):
    """One criterion of one sheet, with its reason; never changed. Who thinks again sends another sheet."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    sheet = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["assignment_id", "sheet", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "sheet", "criterion"], name="score_once_a_sheet"),
            models.CheckConstraint(condition=~Q(reason=""), name="score_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class EligibilityCheck(OwnedByOrganisation):
    """Whether the scheme can fund an application, as somebody found; never changed. `reasons` are keys of the version's reasons."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="eligibility_checks")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_eligible = models.BooleanField()
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return "eligible" if self.is_eligible else "not eligible"


class Blackened(OwnedByOrganisation):
    """Words of an answer that the panel does not read: staff blackened them."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="blackened")
    key = models.CharField("answer", max_length=40)
    words = models.CharField("words", max_length=300)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["key", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "key", "words"], name="blackened_once")]

    def __str__(self) -> str:
        return self.key
