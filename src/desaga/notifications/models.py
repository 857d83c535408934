from __future__ import annotations

from django.db import models
from django.db.models import Q

from .states import TONES, MailState, fate_of, label_of

STATUS = r"^[245]\.[0-9]{1,3}\.[0-9]{1,3}$"
NOT_SETTLED = Q(sent_at=None, failed_at=None, bounced_at=None)


class OutgoingMail(models.Model):
    """A mail on its way, and the ledger of what became of it.

    What it says is wiped when that is known: it may hold a link that lets somebody in. The platform's, not the
    organisation's in whose name it goes: nobody but the one who delivers may read it. What it is about is kept where not
    everybody may know of that (`queries.seal`).
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
    reply_to = models.EmailField("answers go to", blank=True)
    leave_url = models.URLField("where one press ends it", max_length=500, blank=True)
    subject = models.CharField("subject", max_length=300)
    text = models.TextField("text", blank=True)
    html = models.TextField("the same as HTML", blank=True)
    message_id = models.CharField("Message-ID", max_length=300)
    bounce_key = models.CharField("key of its return address", max_length=32)
    about_kind = models.CharField("kind of what it is about", max_length=100, blank=True)
    about_id = models.BigIntegerField("what it is about", null=True)
    made_at = models.DateTimeField("made")
    handing_over_at = models.DateTimeField("began to be handed over", null=True)
    sent_at = models.DateTimeField("sent", null=True)
    failed_at = models.DateTimeField("given up", null=True)
    bounced_at = models.DateTimeField("came back", null=True)
    bounce_status = models.CharField("why it came back", max_length=9, blank=True)
    doubtful_at = models.DateTimeField("in doubt", null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = "mail"
        verbose_name_plural = "outgoing mail"
        indexes = [models.Index(fields=["made_at"], condition=NOT_SETTLED, name="mail_not_settled")]
        constraints = [
            models.UniqueConstraint(fields=["message_id"], name="mail_has_its_message_id"),
            models.UniqueConstraint(fields=["bounce_key"], name="mail_has_its_bounce_key"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(failed_at=None), name="mail_sent_or_given_up"),
            models.CheckConstraint(
                condition=Q(failed_at=None) | Q(handing_over_at=None, bounced_at=None), name="mail_given_up_is_over"
            ),
            models.CheckConstraint(
                condition=Q(doubtful_at=None)
                | Q(handing_over_at__isnull=False, sent_at=None, failed_at=None, bounced_at=None),
                name="mail_in_doubt_was_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(bounced_at=None, bounce_status="")
                | Q(bounced_at__isnull=False, bounce_status__regex=STATUS),
                name="mail_came_back_with_status",
            ),
        ]

    def __str__(self) -> str:
        return f"Mail {self.pk}"

    @property
    def state(self) -> MailState:
        return fate_of(self).state

    @property
    def label(self) -> str:
        return label_of(self.state, self.bounce_status)

    @property
    def tone(self) -> str:
        return TONES[self.state]
