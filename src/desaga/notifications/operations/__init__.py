"""Sending mail: it is written down with the change that causes it, leaves after that change is committed, and what
became of it is kept."""

from .bounces import LARGEST_BOUNCE, take_bounce
from .bringing_back import bring_back_mail, queued_anew
from .delivering import MailNotDelivered, deliver_mail
from .forgetting import forget_mails
from .queueing import DELIVER, mail_of, queue_mail, send_mail
from .settling import NotInDoubt, settle_doubtful

__all__ = [
    "DELIVER",
    "LARGEST_BOUNCE",
    "MailNotDelivered",
    "NotInDoubt",
    "bring_back_mail",
    "deliver_mail",
    "forget_mails",
    "mail_of",
    "queue_mail",
    "queued_anew",
    "send_mail",
    "settle_doubtful",
    "take_bounce",
]
