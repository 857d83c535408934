from __future__ import annotations

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Party, Unit
from desaga.organisations.ownership import OwnedByOrganisation
from desaga.organisations.states import PartyKind

from ..dates import said
from ..states import ASKED_FOR, PASSED_ON, SETTLED, Basis, OwnerRole, Precision, Rag, Status, Way
from .imports import ImportedDocument
from .plans import PartOfPlan, Plan, Theme, is_partial_date, partial_date


def still_to_do(of: str = "") -> Q:
    """Neither settled nor business as usual: somebody is to chase it. `of` is the way to the action, such as `action__`."""
    return Q(**{f"{of}business_as_usual": False}) & ~Q(**{f"{of}status__in": SETTLED})


def late_on(day: date, of: str = "") -> Q:
    """Still to do, and the last day is past. Of one action: `Action.is_late_on`."""
    return still_to_do(of) & Q(**{f"{of}last_day__lt": day})


@pghistory.track(context_field=None, exclude=["changed_at"])
class Action(PartOfPlan):
    """One undertaking of a plan.

    When it is to be done is a range and the author's words: `starts` and `ends` are as exact as the author was, and
    `last_day` is the last day that the end covers, for sorting. `source_rows` keeps the rows of the document
    as they stand there: `[{"where", "cells": [{"head", "text"}]}]`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    order = models.PositiveIntegerField("order")
    reading_id = models.CharField("the reader’s id", max_length=200, blank=True, editable=False)
    code = models.TextField("code", blank=True)
    title = models.TextField("what will be done", blank=True)
    how = models.TextField("how", blank=True)
    success = models.TextField("how we will know", blank=True)
    when_text = models.TextField("when, in the author’s words", blank=True)
    starts = partial_date("from")
    ends = partial_date("until")
    precision = models.CharField("how exact", max_length=10, choices=Precision, default=Precision.NONE)
    continuous = models.BooleanField("goes on all the time", default=False)
    last_day = models.DateField(null=True, editable=False)
    status = models.CharField("status", max_length=20, choices=Status, blank=True)
    rag = models.CharField("RAG", max_length=10, choices=Rag, blank=True)
    comments = models.TextField("comments", blank=True)
    business_as_usual = models.BooleanField("business as usual", default=False)
    usual_since = models.DateField("business as usual since", null=True, blank=True)
    usual_reason = models.TextField("why it is business as usual", blank=True)
    document = models.ForeignKey(
        ImportedDocument, on_delete=models.PROTECT, null=True, editable=False, related_name="actions"
    )
    source_sheet = models.TextField(blank=True, editable=False)
    source_page = models.PositiveIntegerField(null=True, editable=False)
    source_row = models.PositiveIntegerField(null=True, editable=False)
    source_rows = models.JSONField(default=list, editable=False)
    # The database keeps it, whatever writes the action, a part of it or its theme: see migration keep_changes.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["plan", "theme__order", "order"]
        indexes = [
            models.Index(fields=["plan", "last_day"], name="action_by_last_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="action_order_once"),
            models.UniqueConstraint(
                fields=["plan", "reading_id"], condition=~Q(reading_id=""), name="action_reading_id_once"
            ),
            models.CheckConstraint(condition=Q(status__in=["", *Status.values]), name="action_status_known"),
            models.CheckConstraint(condition=Q(rag__in=["", *Rag.values]), name="action_rag_known"),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="action_precision_known"),
            models.CheckConstraint(condition=is_partial_date("starts", "ends"), name="action_when_partial_dates"),
            models.CheckConstraint(
                condition=Q(business_as_usual=True) | Q(usual_since=None, usual_reason=""),
                name="action_usual_since_only_where_usual",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("plans:show_action", args=[self.organisation.slug, self.plan_id, self.pk])

    @property
    def short_title(self) -> str:
        """The title on one line of at most 120 characters; a sentence where there is none."""
        line = " ".join(self.title.split()) or "(no title)"
        return line if len(line) <= 120 else f"{line[:119].rsplit(' ', 1)[0]}…"

    @property
    def when(self) -> str:
        """When, never more exact than its author: dates where they were understood, else the author's words."""
        if self.continuous and not self.ends:
            return f"Ongoing, from {said(self.starts)}" if self.starts else "Ongoing"
        dates = " to ".join(filter(None, [said(self.starts), said(self.ends)]))
        if self.precision in (Precision.TERM, Precision.QUARTER) and self.when_text:
            return self.when_text
        return dates if self.starts or self.ends else self.when_text

    @property
    def status_member(self) -> Status | None:
        """The status as the tag for it wants it."""
        return Status(self.status) if self.status else None

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    def is_late_on(self, day: date) -> bool:
        """Whether it is still to do, and its last day is past; business as usual is never late. In queries: `late_on`."""
        return not self.is_settled and not self.business_as_usual and self.last_day is not None and self.last_day < day

    @property
    def is_late(self) -> bool:
        return self.is_late_on(timezone.localdate())


class PartOfAction(PartOfPlan):
    """A row that follows its action, in the order in which the author named it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()

    class Meta:
        abstract = True


class ActionOwner(PartOfAction):
    """Whoever an action names as responsible, in the document's words; `party` once it is known who that is."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners")
    text = models.TextField()
    code = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=PartyKind, default=PartyKind.TEXT)
    role = models.CharField(max_length=10, choices=OwnerRole, default=OwnerRole.LEAD)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["action_id", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartyKind.values), name="action_owner_kind_known"),
            models.CheckConstraint(condition=Q(role__in=OwnerRole.values), name="action_owner_role_known"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def short(self) -> str:
        return self.code or self.text

    @property
    def full(self) -> str:
        """Who it is, where that is known and says more than the document's words."""
        return self.party.name if self.party and self.party.name.casefold() != self.text.casefold() else ""


class Alignment(PartOfAction):
    """A principle that an action answers: of which framework (where that is known), and why we think so.

    What is only suggested has a `reason` in words, until somebody says whether it holds; it counts as no answer.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="alignments")
    framework = models.TextField(blank=True)
    code = models.TextField()
    text = models.TextField(blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.CELL)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["action_id", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="alignment_basis_known"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(basis=Basis.SUGGESTED), name="alignment_reason_only_where_suggested"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework} {self.code}".strip()

    @property
    def words(self) -> str:
        """What it is, and whether it is only suggested."""
        return f"{self} (suggested)" if self.basis == Basis.SUGGESTED else str(self)


class Milestone(PartOfAction):
    """A dated stage of an action; both ends may be unknown."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    label = models.TextField()
    starts = partial_date("from")
    ends = partial_date("until")

    class Meta:
        ordering = ["action_id", "order"]
        constraints = [
            models.CheckConstraint(condition=is_partial_date("starts", "ends"), name="milestone_partial_dates")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def when(self) -> str:
        """When, in words."""
        return " to ".join(dict.fromkeys(filter(None, [said(self.starts), said(self.ends)])))


class Dependency(PartOfAction):
    """What an action waits for, in the document's words; `on` where that is another action of its plan or of the plan above.

    `is_recognised`: nobody said so, the words name its code. Words that name several have a row without words for each further one.
    The database refuses rings, and actions of other plans.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="dependencies")
    text = models.TextField(blank=True)
    on = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="waited_for_by")
    is_recognised = models.BooleanField(default=False)

    class Meta:
        ordering = ["action_id", "order"]
        verbose_name_plural = "dependencies"
        constraints = [
            models.UniqueConstraint(
                fields=["action", "on"], condition=Q(on__isnull=False), name="action_waits_for_another_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Update(PartOfAction):
    """What was said of an action for one period; never changed (the database sees to it), the next one follows it.

    `given_by` is who said it, in words; `entered_by` the account that wrote it down, which may be another's or nobody's. Of
    an action that each unit answers for itself, `unit` is whose account it is. `submission` keeps a form sent twice from
    being two updates. RAG is confidence and `status` where it is; both stand as they were said (docs/adr/0019).
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    period = models.TextField()
    status = models.CharField(max_length=20, choices=Status, blank=True)
    rag = models.CharField(max_length=10, choices=Rag, blank=True)
    text = models.TextField(blank=True)
    next_step = models.TextField("next step", blank=True)
    reason = models.TextField("why it is red", blank=True)
    recovery = models.TextField("how it gets back on course", blank=True)
    evidence = models.TextField("what shows it", blank=True)
    nothing_new = models.BooleanField("nothing new", default=False)
    way = models.CharField("how it came", max_length=10, choices=Way, default=Way.DOCUMENT)
    said_at = models.DateTimeField("said", null=True, blank=True)
    given_by = models.CharField("said by", max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submission = models.UUIDField(null=True, blank=True, editable=False)
    written_at = models.DateTimeField("written down", db_default=Now(), editable=False)

    class Meta:
        ordering = ["action_id", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["", *Status.values]), name="update_status_known"),
            models.CheckConstraint(condition=Q(rag__in=["", *Rag.values]), name="update_rag_known"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="update_way_known"),
            models.CheckConstraint(
                condition=~Q(way__in=ASKED_FOR) | ~Q(given_by="") & Q(said_at__isnull=False),
                name="update_asked_for_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=ASKED_FOR)
                | Q(nothing_new=True)
                | (~Q(rag=Rag.RED) | ~Q(reason="") & ~Q(recovery="")) & (~Q(status=Status.COMPLETE) | ~Q(evidence="")),
                name="update_red_has_reason_complete_has_evidence",
            ),
            models.UniqueConstraint(fields=["organisation", "submission"], name="update_sent_once"),
        ]

    def __str__(self) -> str:
        return self.period

    @property
    def source(self) -> str:
        """Who said it and how it came, in words: "Ann Smith, by phone, written down by Tom Reed"."""
        writer = self.entered_by.get_full_name() if self.entered_by_id and self.way in PASSED_ON else ""
        told = [
            self.given_by,
            str(Way(self.way).label) if self.way != Way.PAGE else "",
            writer and f"written down by {writer}",
        ]
        return ", ".join(filter(None, told))

    @property
    def status_member(self) -> Status | None:
        """The status as the tag for it wants it."""
        return Status(self.status) if self.status else None


class Answer(OwnedByOrganisation):
    """That a unit's action answers an action of the institution's plan, and how. `plan` and `action` are the unit's.

    It is the organisation's alone: whoever may read one of the two plans need not know of the other.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="answers")
    answered = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="answered_by")
    note = models.TextField("how", blank=True)

    class Meta:
        ordering = ["action_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["action", "answered"], name="action_answers_another_once")]

    def __str__(self) -> str:
        return f"{self.action} answers {self.answered}"


class Doubt(PartOfAction):
    """Something about an action that the reader was not sure of, until somebody settles it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="doubts")
    field = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    message = models.TextField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["action_id", "order"]

    def __str__(self) -> str:
        return self.message
