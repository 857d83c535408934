from __future__ import annotations

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager


class Entry(models.Model):
    """One thing that somebody did, in words that can still be read when the thing itself is gone.

    Written once: the database refuses to change or remove it. `changes` maps a field to what was and what is.
    """

    at = models.DateTimeField()
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey("organisations.Person", on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    elevated = models.BooleanField(default=False)
    verb = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=100)
    thing_id = models.CharField(max_length=40)
    thing_name = models.CharField(max_length=300)
    changes = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    objects = ScopedManager(organisation="organisation")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["organisation", "-at"], name="entry_by_organisation"),
            models.Index(fields=["thing_kind", "thing_id"], name="entry_by_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.thing_name}"
