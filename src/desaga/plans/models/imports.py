from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..states import DocumentState
from .plans import Plan

GIVEN_UP_AFTER = timedelta(minutes=3)
# Between two rows of a document: a row can be cut forty times over before there is no place left for a new one.
GAP = 2**40
TONES = {
    DocumentState.UPLOADED: "going",
    DocumentState.READING: "going",
    DocumentState.READ: "waiting",
    DocumentState.COMMITTED: "done",
    DocumentState.REFUSED: "late",
    DocumentState.DISCARDED: "stopped",
}


class ImportedDocument(OwnedByOrganisation):
    """A document that somebody handed in so that the plan in it is read. It is kept for good with what was read."""

    name = models.CharField("name", max_length=255)
    size = models.PositiveBigIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    is_pasted = models.BooleanField("pasted as text", default=False)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField("handed in", default=timezone.now)
    submission = models.UUIDField(help_text="The form that it came with: one form makes one import.")
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.UPLOADED)
    began_at = models.DateTimeField("reading began", null=True)
    refusal = models.TextField("why it could not be read", blank=True)
    format = models.CharField(max_length=10, blank=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="documents")
    updates_plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="a newer state of"
    )

    class Meta:
        ordering = ["-handed_in_at", "-id"]
        verbose_name = "document"
        indexes = [models.Index(fields=["organisation", "sha256"], name="document_by_sha256")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="document_state_known"),
            models.UniqueConstraint(fields=["organisation", "submission"], name="document_once_per_form"),
            models.CheckConstraint(
                condition=Q(state=DocumentState.COMMITTED, plan__isnull=False)
                | (~Q(state=DocumentState.COMMITTED) & Q(plan=None)),
                name="document_has_plan_once_committed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans:show_import", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        """The tone of the tag that names the state."""
        return TONES[DocumentState(self.state)]

    @property
    def is_waiting(self) -> bool:
        """Whether the reader still has to answer."""
        return self.state in (DocumentState.UPLOADED, DocumentState.READING)

    @property
    def is_given_up(self) -> bool:
        """Whether the reader has not answered for so long that it will not: its worker was stopped."""
        return self.is_waiting and timezone.now() - (self.began_at or self.handed_in_at) > GIVEN_UP_AFTER


class DocumentContent(OwnedByOrganisation):
    """The document itself, and what the reader understood of it, in the interchange format. Never in a list.

    `sheet` holds the cells of a sheet that Desaga wrote itself (`roundtrip.sheet.Sheet`); null for other documents.
    """

    document = models.OneToOneField(ImportedDocument, on_delete=models.PROTECT, related_name="content")
    content = models.BinaryField()
    reading = models.JSONField(null=True)
    sheet = models.JSONField(null=True)
    choices_used = models.JSONField(default=list, help_text="Kind and words of each remembered choice that was of use.")

    def __str__(self) -> str:
        return str(self.document)


class StagedRow(OwnedByOrganisation):
    """An action as the reader understood it, and as somebody corrected it, before it becomes part of a plan."""

    document = models.ForeignKey(ImportedDocument, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveBigIntegerField(help_text="In steps of `GAP`, so that a row can come between two others.")
    understood = models.JSONField()
    edited = models.JSONField(null=True)
    source_rows = models.JSONField(default=list)
    is_dropped = models.BooleanField(default=False)
    is_kept = models.BooleanField("looked at and kept", default=False)
    holds = models.JSONField(default=list, help_text="Id and source of each reading that was joined into this row.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change: a page knows what it showed.")

    class Meta:
        ordering = ["document", "order"]
        verbose_name = "row"
        constraints = [models.UniqueConstraint(fields=["document", "order"], name="staged_row_order_once")]

    def __str__(self) -> str:
        data = self.data
        return f"{data['code'] or ''} {' '.join(data['title'].split())[:120] or '(no title)'}".strip()

    @property
    def data(self) -> Mapping[str, Any]:
        """The action in the interchange format, as it would be committed."""
        return self.edited or self.understood

    @property
    def notices(self) -> list[Mapping[str, str]]:
        """What the reader was not sure of, less what joining or splitting has settled."""
        return self.data["notices"]

    @property
    def short_name(self) -> str:
        """The row in a sentence: its code, or the beginning of its words."""
        words = " ".join(self.data["title"].split())
        clipped = words if len(words) <= 40 else f"{words[:39].rsplit(' ', 1)[0]}…"
        return self.data["code"] or (f"“{clipped}”" if words else "a row without words")

    @property
    def notice_kinds(self) -> Counter[str]:
        return Counter(notice["kind"] for notice in self.notices)
