"""Who is asked to approve an application, what they said, and what a link opens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.accounts.models import User
from desaga.organisations.models import Employment, Organisation, Party, PersonalDetails
from desaga.organisations.ownership import current_on
from desaga.tenancy.context import within

from ..approving import DECIDED, PAST, SAID_YES
from ..models import Application, Asking, AskingKey

WHOLE = ("application__version", "application__scheme", "application__organisation", "application__round")


def askings_of(application: Application) -> QuerySet[Asking]:
    return Asking.objects.filter(application=application).select_related(*WHOLE)


def going(application: Application) -> list[Asking]:
    """Those that hold now: one for each who must approve."""
    return list(askings_of(application).exclude(state__in=PAST))


def going_by_key(application: Application) -> dict[str, Asking]:
    return {one.key: one for one in going(application)}


def addresses_of(application: Application) -> set[str]:
    """Every address at which the applicant is known to be reached: the account's, their own, those of their employments."""
    found = {application.email}
    if application.applicant is None:
        return found
    # The applicant's own rows, of whatever employer: the scheme's organisation does not read them.
    with within(person=application.applicant):
        found |= set(Employment.theirs.values_list("work_email", flat=True))
        found |= set(PersonalDetails.objects.values_list("personal_email", flat=True))
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


def asked_told(application: Application) -> dict[str, Any]:
    """What the applicant's page says of those who are asked: one line each, in the scheme's order, and what happened."""
    by_key = going_by_key(application)
    order = [one.key for one in application.definition.approvers]
    return {"lines": [by_key[key] for key in order if key in by_key]}
