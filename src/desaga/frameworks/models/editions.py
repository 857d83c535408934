from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..moving import Relation
from ..states import RELATIONS, EditionState, Kind
from ..wordings import LONGEST_CODE, LONGEST_TITLE

OWN = "own-"


@pghistory.track(context_field=None)
class Edition(OwnedByOrganisation):
    """One dated edition of a framework of the organisation's own.

    Alignments name an edition by its `name` alone, so that no two have the same, nor one that Desaga ships. It may follow
    another edition of the organisation's (`replaces`) or a shipped framework (`replaces_name`); see docs/adr/0009.
    """

    name = models.CharField("name", max_length=120, help_text="As plans name it, for example Our values 2026.")
    kind = models.CharField("what its principles are", max_length=20, choices=Kind, default=Kind.VALUES)
    version = models.CharField("edition", max_length=80, blank=True, help_text="For example March 2026.")
    source = models.CharField(
        "where it is written", max_length=500, blank=True, help_text="A web address, or the name of the document."
    )
    state = models.CharField(max_length=12, choices=EditionState, default=EditionState.DRAFT, editable=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors", editable=False
    )
    replaces_name = models.CharField(max_length=120, blank=True, editable=False)
    begun_at = models.DateTimeField("begun", default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="edition_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_known"),
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(replaces_name=""), name="edition_follows_one_framework"
            ),
            models.UniqueConstraint("organisation", Lower("name"), name="edition_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("frameworks:show_framework", args=[self.organisation.slug, self.key])

    @property
    def key(self) -> str:
        """The short name that addresses use."""
        return f"{OWN}{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == EditionState.DRAFT

    @property
    def follows(self) -> bool:
        """Whether it comes after another edition, so that its principles need a mapping."""
        return self.replaces_id is not None or bool(self.replaces_name)


class PartOfEdition(OwnedByOrganisation):
    """A row that belongs to an edition, and goes with it."""

    edition: models.ForeignKey

    class Meta:
        abstract = True


@pghistory.track(context_field=None)
class Principle(PartOfEdition):
    """One value, recommendation, pledge or pillar; `text` is its wording as its author wrote it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="principles")
    order = models.PositiveIntegerField("order")
    code = models.CharField("code", max_length=LONGEST_CODE)
    title = models.CharField("title", max_length=LONGEST_TITLE, blank=True)
    text = models.TextField("wording", blank=True)
    names = ArrayField(models.CharField(max_length=LONGEST_CODE), default=list, blank=True, verbose_name="other names")
    optional = models.BooleanField("optional", default=False)

    class Meta:
        ordering = ["edition_id", "order"]
        constraints = [
            models.UniqueConstraint("edition", Lower("code"), name="principle_code_once"),
            models.CheckConstraint(condition=~Q(code=""), name="principle_has_code"),
        ]

    def __str__(self) -> str:
        return self.code


class PrincipleMove(PartOfEdition):
    """What becomes, in this edition, of a principle of the one that it follows."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="moves")
    old = models.CharField(max_length=LONGEST_CODE)
    new = ArrayField(models.CharField(max_length=LONGEST_CODE), default=list, blank=True)
    relation = models.CharField(max_length=10, choices=RELATIONS)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["edition_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "old"], name="move_once_for_principle"),
            models.CheckConstraint(
                condition=Q(relation__in=[relation.value for relation in Relation]), name="move_relation_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {', '.join(self.new) or '–'}"


class EditionChange(OwnedByOrganisation):
    """That an edition went from one state to another: when, by whom. Never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="state_changes")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    was = models.CharField(max_length=12)
    became = models.CharField(max_length=12)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.was} to {self.became}"

    @property
    def words(self) -> str:
        """What happened, in words: "In use"."""
        return str(EditionState(self.became).label)
