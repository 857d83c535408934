"""What can be read of mail: what became of it; what is in doubt; and in the demo, all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Now
from django_scopes import get_scope
from procrastinate.contrib.django.models import ProcrastinateJob

from desaga.tenancy.context import within_platform

from .models import NOT_SETTLED, OutgoingMail
from .states import Fate, fate_of

LATEST = 50
MOST_BROUGHT_BACK = 1000
#: The task that delivers one mail.
DELIVER = "desaga.notifications.tasks.deliver_mail"
#: Three times as long as a worker takes between two signs of life.
SILENT = timedelta(seconds=30)


def fates_of(mail_ids: Iterable[int]) -> dict[int, Fate]:
    """What became of mails, by their ids: one query, whatever their number.

    In an organisation's scope only of mails in its name. Of what is not there, or is another's, nothing is said.
    """
    organisation = get_scope().get("organisation")
    ours = Q() if organisation is None else Q(organisation=organisation)
    with within_platform():
        found = OutgoingMail.objects.filter(ours, pk__in=list(mail_ids)).order_by().defer("text", "html")
        return {mail.pk: fate_of(mail, mail.bounce_status) for mail in found}


def doubtful_mail(organisation: Any) -> list[OutgoingMail]:
    """The mails in an organisation's name of which nobody can know whether they were taken, the oldest first.

    None is the platform itself. What they say is not read.
    """
    with within_platform():
        found = OutgoingMail.objects.filter(organisation=organisation, doubtful_at__isnull=False)
        return list(found.defer("text", "html").order_by("doubtful_at", "pk"))


#: (user, organisation, ids) to those of the ids of which that user may know.
Knows = Callable[[Any, Any, set[int]], set[int]]
_sealed: dict[str, Knows] = {}


def seal(kind: str, knows: Knows) -> None:
    """Mails about things of this kind are told only to whoever may know of the thing, as `knows` answers in the organisation's scope. Repeats harmlessly."""
    _sealed[kind] = knows


def doubtful_mail_for(user: Any, organisation: Any) -> list[OutgoingMail]:
    """Those in doubt of which somebody may be told. Call in the organisation's scope."""
    found = doubtful_mail(organisation)
    known = {
        kind: _known(found, kind, user, organisation) for kind in {mail.about_kind for mail in found} & set(_sealed)
    }
    sees_others = user.has_perm("notifications.settle_any_mail", organisation)
    return [
        mail for mail in found if (mail.about_id in known[mail.about_kind] if mail.about_kind in known else sees_others)
    ]


def _known(mails: Iterable[OutgoingMail], kind: str, user: Any, organisation: Any) -> set[int]:
    ids = {mail.about_id for mail in mails if mail.about_kind == kind and mail.about_id is not None}
    return _sealed[kind](user, organisation, ids)


def doubtful_mail_of(user: Any, organisation: Any, mail_id: int) -> OutgoingMail | None:
    """One of them; None where there is none, it is another's, or not everybody may know of it."""
    return next((mail for mail in doubtful_mail_for(user, organisation) if mail.pk == mail_id), None)


def stalled_deliveries() -> list[int]:
    """The deliveries that are being done by a worker that has given no sign of life."""
    return stalled_jobs(DELIVER)


def stalled_jobs(task_name: str) -> list[int]:
    """The jobs of a task that are being done by a worker that has given no sign of life."""
    gone = Q(worker=None) | Q(worker__last_heartbeat__lt=Now() - SILENT)
    stalled = ProcrastinateJob.objects.filter(gone, task_name=task_name, status="doing").order_by("pk")
    return list(stalled.values_list("pk", flat=True)[:MOST_BROUGHT_BACK])


def mail_without_job() -> list[int]:
    """The mails that wait, or are being handed over, and that no job is about to deliver. Call as the platform."""
    of_mail = Cast(KeyTextTransform("mail_id", "args"), BigIntegerField())
    jobs = ProcrastinateJob.objects.filter(task_name=DELIVER, status__in=("todo", "doing"))
    cared_for = Exists(jobs.annotate(of_mail=of_mail).filter(of_mail=OuterRef("pk")))
    lost = OutgoingMail.objects.filter(NOT_SETTLED, ~cared_for, doubtful_at=None).order_by("pk")
    return list(lost.values_list("pk", flat=True)[:MOST_BROUGHT_BACK])


def latest_mail() -> list[OutgoingMail]:
    """The mails made last, the latest first."""
    with within_platform():
        return list(OutgoingMail.objects.all()[:LATEST])


def mail_in_mailbox(mail_id: int) -> OutgoingMail | None:
    with within_platform():
        return OutgoingMail.objects.filter(pk=mail_id).first()
