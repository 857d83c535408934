from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutgoingMail(models.Model):
    """A mail on its way. What it says is wiped when it has left: it may hold a link that lets somebody in.

    The platform's, not the organisation's in whose name it goes: nobody but the one who delivers may read it.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="in the name of",
    )
    sender = models.CharField("from", max_length=320)
    recipient = models.EmailField("to")
    subject = models.CharField("subject", max_length=300)
    text = models.TextField("text", blank=True)
    html = models.TextField("the same as HTML", blank=True)
    made_at = models.DateTimeField("made")
    sent_at = models.DateTimeField("sent", null=True)
    failed_at = models.DateTimeField("given up", null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name_plural = "outgoing mail"
        constraints = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(failed_at=None), name="mail_sent_or_given_up"),
        ]

    def __str__(self) -> str:
        return f"Mail {self.pk}"
