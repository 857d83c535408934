"""Who is asked to approve an application, what they said, and what a link opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.accounts.models import User
from desaga.organisations.models import Employment, Organisation, Party
from desaga.organisations.ownership import current_on
from desaga.tenancy.context import within

from ..approving import BETWEEN_REMINDERS, DECIDED, PAST, SAID_YES, STEPS, WAITING, AskingState
from ..models import Application, Asking, AskingKey, AskingLetter, Scheme, StandingDeputy
from ..states import ApplicationState
from .applications import applications_for, applications_not_hidden
from .own_records import own_records

WHOLE = ("application__scheme", "application__organisation", "application__round")
#: Fetched apart: askings of one version share it, and its definition is read once.
VERSION = "application__version"


def askings_of(application: Application) -> QuerySet[Asking]:
    return Asking.objects.filter(application=application).select_related(*WHOLE).prefetch_related(VERSION)


def going(application: Application) -> list[Asking]:
    """Those that hold now: one for each who must approve."""
    return list(askings_of(application).exclude(state__in=PAST))


def going_by_key(application: Application) -> dict[str, Asking]:
    return {one.key: one for one in going(application)}


def addresses_of(application: Application) -> set[str]:
    """Every address at which the applicant is known to be reached: the account's, their own, those of their employments."""
    found = {application.email}
    if application.applicant_id is None:
        return found
    found |= own_records(application.applicant_id).emails
    users = User.objects.filter(person=application.applicant_id)
    found |= set(users.values_list("email", flat=True))
    found |= set(EmailAddress.objects.filter(user__in=users).values_list("email", flat=True))
    return found - {""}


def key_opened(organisation: Organisation, key: str, now: datetime | None = None) -> AskingKey | None:
    """What a key of a mail opens, with its asking; None where it is unknown or its time is over. Reads within that organisation only."""
    now = now or timezone.now()
    with within(organisation):
        rows = AskingKey.objects.filter(key_hash=hash_of(key), expires_at__gt=now)
        return rows.select_related(*(f"asking__{path}" for path in WHOLE)).first()


def is_known_address(email: str) -> bool:
    """Whether the organisation in scope has dealings with an address: a colleague's, a party's, or one at which somebody answered before."""
    parties = Party.objects.filter(retired_on=None, contacts__icontains=email).values_list("contacts", flat=True)
    return (
        Employment.objects.filter(current_on(), work_email__iexact=email).exists()
        or any(email.casefold() == one.casefold() for contacts in parties for one in contacts)
        or Asking.objects.filter(email__iexact=email, state__in=SAID_YES).exists()
    )


def answered_another(asking: Asking, user: Any) -> bool:
    """Whether this account gave another answer about the same application."""
    rows = Asking.objects.filter(application=asking.application, answered_as=user, state__in=DECIDED)
    return rows.exclude(key=asking.key).exists()


def deputy_standing(email: str, day: date) -> StandingDeputy | None:
    """Who answers for whoever is asked at an address on that day, whatever it is."""
    return StandingDeputy.objects.filter(email=email.casefold(), ended_at=None, until__gte=day).first()


def deputy_opened(organisation: Organisation, key: str) -> StandingDeputy | None:
    """What the link by which somebody ends their deputy opens."""
    with within(organisation):
        return StandingDeputy.objects.filter(key_hash=hash_of(key)).first()


def key_of_mail(mail_id: int) -> AskingKey | None:
    """The link that a mail carried."""
    return AskingKey.objects.filter(mail_id=mail_id).select_related(*(f"asking__{path}" for path in WHOLE)).first()


def waiting() -> QuerySet[Asking]:
    """Those from whom an answer may come, of applications that wait for approval."""
    rows = Asking.objects.filter(state__in=WAITING, application__state=ApplicationState.WITH_APPROVERS)
    return rows.select_related(*WHOLE).prefetch_related(VERSION)


# ---- Who reads and does what


def own_asking_or_404(application: Application, pk: int) -> Asking:
    """Of an application that was found by `own_application_or_404`."""
    return get_object_or_404(askings_of(application).exclude(state__in=PAST), pk=pk)


def askings_for(user: Any, scheme: Scheme) -> QuerySet[Asking]:
    """Whom those who run a scheme may see asked: of applications that wait for approval, without what the applicant wrote."""
    waits = applications_not_hidden(user).filter(scheme=scheme, state=ApplicationState.WITH_APPROVERS)
    rows = Asking.objects.filter(application__in=waits)
    if not user.has_perm("placements.run_schemes", scheme.organisation):
        return rows.none()
    return rows.exclude(state__in=PAST).select_related(*WHOLE).prefetch_related(VERSION).order_by("application", "pk")


def letter_or_404(askings: QuerySet[Asking], pk: int) -> AskingLetter:
    return get_object_or_404(AskingLetter.objects.select_related("asking"), asking__in=askings.filter(pk=pk))


def letters_for(user: Any, scheme: Scheme) -> QuerySet[Asking]:
    """Those whose letters somebody of the scheme may read: of the applications that they may read."""
    return Asking.objects.filter(
        application__in=applications_for(user, scheme.organisation).filter(scheme=scheme), state__in=SAID_YES
    )


@dataclass(frozen=True)
class AskedLine:
    """One who must approve, as a page tells it: what stands, and what the applicant may do about it."""

    asking: Asking
    may_remind: bool = False
    may_replace: bool = False
    must_accept: bool = False

    @property
    def file(self) -> AskingLetter | None:
        return getattr(self.asking, "file", None)


def asked_told(application: Application, *, may_act: bool = True, now: datetime | None = None) -> dict[str, Any]:
    """What a page says of those who must approve: one line each, in the scheme's order.

    For the applicant with what they may do; for those who run the scheme, and read the application, with `may_act=False`.
    """
    now = now or timezone.now()
    rows = askings_of(application).exclude(state__in=PAST).select_related(*WHOLE, "file", "entered_by__person")
    by_key = {one.key: one for one in rows.defer("file__content")}
    keys = [one.key for one in application.definition.approvers if one.key in by_key]
    acts = may_act and application.state == ApplicationState.WITH_APPROVERS
    lines = [_line(by_key[key], now) if acts else AskedLine(by_key[key]) for key in keys]
    return {"lines": lines, "for_applicant": may_act}


def _line(asking: Asking, now: datetime) -> AskedLine:
    rested = asking.mailed_at is None or now - asking.mailed_at >= BETWEEN_REMINDERS
    return AskedLine(
        asking,
        may_remind=rested and asking.state in (*WAITING, AskingState.EXPIRED),
        may_replace=asking.state in STEPS["replace"].sources,
        must_accept=asking.waits_for_applicant,
    )
