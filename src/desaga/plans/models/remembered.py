from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.models import Party
from desaga.organisations.ownership import OwnedByOrganisation

from ..states import ChoiceKind
from .imports import ImportedDocument


class RememberedChoice(OwnedByOrganisation):
    """What somebody said that words of a document mean, for this document and the organisation's next ones.

    `meaning` by kind: a heading `{"role"}` ("" to leave the column out), a status `{"status"}` ("" for none), a phase
    `{"start", "end"}`, an alignment `{"principles": [[framework, code]]}`; a name means its `party`.
    """

    kind = models.CharField("kind", max_length=10, choices=ChoiceKind)
    words = models.CharField("words", max_length=300)
    key = models.CharField(max_length=300, help_text="The words as the reader compares them.")
    meaning = models.JSONField(default=dict)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="party")
    document = models.ForeignKey(ImportedDocument, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("chosen", default=timezone.now)
    times_used = models.PositiveIntegerField("documents read with it", default=0)

    class Meta:
        ordering = ["kind", "key"]
        verbose_name = "remembered choice"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChoiceKind.values), name="choice_kind_known"),
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="choice_once_for_words"),
            models.CheckConstraint(
                condition=Q(kind=ChoiceKind.NAME, party__isnull=False) | (~Q(kind=ChoiceKind.NAME) & Q(party=None)),
                name="choice_of_name_has_party",
            ),
        ]

    def __str__(self) -> str:
        return self.words
