from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from .states import TONES, KeyState, Scope

LONGEST = timedelta(days=366)
ENDS_SOON = timedelta(days=14)


class ApiKey(OwnedByOrganisation):
    """That a program may read on an organisation's behalf until a day. Of its words only a hash is kept.

    `submission` names the form that it came with: one form makes one key, sent once or twice.
    """

    name = models.CharField("name", max_length=120)
    prefix = models.CharField("begins with", max_length=12, editable=False)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=40, choices=Scope), verbose_name="opens")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("made", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("ends")
    last_used_at = models.DateTimeField("last used", null=True, editable=False)
    revoked_at = models.DateTimeField("taken back", null=True, editable=False)
    submission = models.UUIDField(editable=False)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = "key"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "prefix"], name="key_prefix_once"),
            models.UniqueConstraint(fields=["organisation", "submission"], name="key_once_per_form"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values, scopes__len__gt=0), name="key_scopes_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"), expires_at__lte=F("made_at") + LONGEST),
                name="key_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> KeyState:
        """What has become of it by now."""
        return self.state_at(timezone.now())

    def state_at(self, now: datetime) -> KeyState:
        if self.revoked_at:
            return KeyState.REVOKED
        return KeyState.HOLDS if now < self.expires_at else KeyState.ENDED

    @property
    def tone(self) -> str:
        """The tone of the tag that names the state."""
        return TONES[self.state]

    @property
    def ends_soon(self) -> bool:
        return self.state == KeyState.HOLDS and self.expires_at - timezone.now() < ENDS_SOON

    @property
    def last_day(self) -> date:
        """The last day on which it opens anything, here."""
        return timezone.localdate(self.expires_at - timedelta(microseconds=1))

    @property
    def beginning(self) -> str:
        """What the key begins with, to tell it from others."""
        return f"desaga_{self.organisation_id}_{self.prefix}…"

    @property
    def scope_names(self) -> list[str]:
        return [str(Scope(scope).label) for scope in Scope.values if scope in self.scopes]

    def opens(self, *scopes: str) -> bool:
        """Whether one of the scopes is among the key's."""
        return bool(set(scopes) & set(self.scopes))
