"""Telling an employer that somebody of theirs applied, or has an award: only where the scheme says so, which the applicant reads before they send it."""

from __future__ import annotations

from typing import Literal

from desaga.accounts.models import User
from desaga.notifications.operations import send_mail
from desaga.organisations.models import Organisation, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Application

MOST_LEADS = 10


def tell_employer(application: Application, what: Literal["application", "award"]) -> int:
    """One mail to each lead of the employer, where that is an organisation here; nothing of what was written. Call inside a transaction. Answers how many."""
    if application.definition.tells_employer != what:
        return 0
    emails = leads_of(application.employer, besides=application.organisation)
    for email in emails:
        send_mail(
            template="placements/email/employer_told",
            to=email,
            about=application,
            context={
                "application": application,
                "scheme": application.scheme,
                "what": what,
                "whose_words": f"{application.scheme.name}, {application.organisation.name}, through Desaga.",
            },
            organisation=application.organisation,
            reply_to=application.scheme.contact,
        )
    return len(emails)


def leads_of(employer: str, *, besides: Organisation) -> list[str]:
    """The addresses of those who lead an organisation of exactly this name; none where several have it, or nobody here has."""
    found = list(Organisation.objects.filter(name__iexact=employer.strip()).exclude(pk=besides.pk)[:2])
    if len(found) != 1:
        return []
    with within(found[0]):
        people = list(RoleAssignment.objects.filter(current_on(), role=Role.LEAD).values_list("person", flat=True))
    users = User.objects.filter(person__in=people, is_active=True).exclude(email="")
    return list(users.order_by("email").values_list("email", flat=True)[:MOST_LEADS])
