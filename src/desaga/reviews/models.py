from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from desaga.organisations.models import Group, Person
from desaga.organisations.ownership import OwnedByOrganisation
from desaga.plans.models import Action, Plan

from .states import About, Outcome, ReviewState


class Review(OwnedByOrganisation):
    """A meeting at which a plan is looked at as it stood on one day.

    `next_on` is when the group meets again; holding the review plans that one. `present` and `apologies` are names as the minutes say them.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="group"
    )
    meets_on = models.DateField("meets on")
    place = models.CharField("where and when", max_length=200, blank=True)
    comments_by = models.DateField("comments by", null=True, blank=True)
    words = models.TextField("what the meeting is about", blank=True, max_length=2000)
    state = models.CharField("state", max_length=12, choices=ReviewState, default=ReviewState.PLANNED, editable=False)
    present = models.TextField("present", blank=True, max_length=4000)
    apologies = models.TextField("apologies", blank=True, max_length=2000)
    next_on = models.DateField("meets again on", null=True, blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(db_default=Now(), editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    # Minutes can be opened again, what the meeting looked at cannot.
    was_held = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-meets_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_known"),
            models.CheckConstraint(
                condition=Q(held_at=None) & ~Q(state=ReviewState.HELD)
                | Q(held_at__isnull=False, state=ReviewState.HELD),
                name="review_held_says_when",
            ),
            models.UniqueConstraint(
                fields=["plan", "meets_on"],
                condition=~Q(state=ReviewState.CALLED_OFF),
                name="review_of_a_plan_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {said_day(self.meets_on)}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:show_review", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        tones = {ReviewState.READY: "waiting", ReviewState.HELD: "done", ReviewState.CALLED_OFF: "stopped"}
        return tones.get(ReviewState(self.state), "plain")

    @property
    def is_going(self) -> bool:
        """Whether it is still to be held, or its minutes are open again."""
        return self.state in (ReviewState.PLANNED, ReviewState.READY)

    @property
    def can_be_frozen(self) -> bool:
        return self.is_going and not self.was_held


class Snapshot(OwnedByOrganisation):
    """A plan as it stood at one moment, for good: the database changes and removes none, and adds none to a review that was ever held.

    `content` is what `freezing.py` describes, `digest` the SHA-256 of it as canonical JSON. Of a review the latest counts.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="snapshots")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField("taken")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"The plan on {said_day(date.fromisoformat(self.content['taken_on']))}"


class TellingMail(OwnedByOrganisation):
    """That somebody got the one e-mail on what a review has to read, as it stood: once, however often it is asked for."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=10, choices=About)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(about__in=About.values), name="telling_mail_about_known"),
            models.UniqueConstraint(fields=["review", "user", "about", "digest"], name="telling_mail_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.review}"


class Comment(OwnedByOrganisation):
    """What somebody says before the meeting: of an action, or of the plan as a whole. `wants_decision`: the group is to decide."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField("comment", max_length=4000)
    wants_decision = models.BooleanField("the group is to decide", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Decision(OwnedByOrganisation):
    """What the group decided, of an action or of the plan as a whole."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="decisions")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("outcome", max_length=10, choices=Outcome, default=Outcome.AGREED)
    text = models.TextField("what was decided", max_length=4000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known")]

    def __str__(self) -> str:
        return f"{Outcome(self.outcome).label}: {self.text[:80]}"


class Task(OwnedByOrganisation):
    """What somebody is to do after a meeting. `who` is as the minutes say it; `person` where that is a person of the organisation."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="tasks")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField("what is to be done", max_length=2000)
    who = models.CharField("who", max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("by", null=True, blank=True)
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, editable=False)
    done_note = models.CharField("what came of it", max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_note="") | Q(done_at__isnull=False), name="task_note_only_where_done"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def is_late_on(self, day: date) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < day


class Discussed(OwnedByOrganisation):
    """That the meeting has gone through an action: so the agenda shows how far one is."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="discussed")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "action"], name="action_discussed_once")]

    def __str__(self) -> str:
        return str(self.action)


class PackFile(OwnedByOrganisation):
    """A pack as PDF that is too long to be made while somebody waits. `digest` is of what stands in it: another pack is another file."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="files")
    with_budget = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(db_default=Now())
    made_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "digest"], name="pack_made_once"),
            models.CheckConstraint(
                condition=Q(made_at=None, content=None) | Q(made_at__isnull=False, content__isnull=False),
                name="pack_made_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"Pack of the {self.review}"


def said_day(day: date) -> str:
    """A day in words: "3 March 2027"."""
    return f"{day.day} {day:%B %Y}"
