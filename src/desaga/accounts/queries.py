"""What can be read of accounts and invitations, and by whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from desaga.organisations.models import (
    Elevation,
    Employment,
    Organisation,
    Person,
    PersonalDetails,
    RoleAssignment,
    Unit,
)
from desaga.organisations.ownership import current_on
from desaga.tenancy.context import within

from .keys import hash_of
from .models import Invitation, User

NUDGE_FOR = timedelta(days=30)


def invitations_listed() -> QuerySet[Invitation]:
    """The current organisation's invitations, the latest first, with who sent them and what they are for."""
    return Invitation.objects.select_related("invited_by__person", "unit")


def invitation_for_key(organisation: Organisation, key: str) -> Invitation | None:
    """The invitation that a key belongs to, whatever has become of it. Reads within that organisation only."""
    with within(organisation):
        found = Invitation.objects.filter(key_hash=hash_of(key)).select_related("organisation", "person", "unit")
        return found.first()


def invitations_lapsed(now: datetime | None = None) -> QuerySet[Invitation]:
    """Invitations that ran out unanswered within the last month."""
    now = now or timezone.now()
    open_still = Q(accepted_at=None, revoked_at=None)
    return Invitation.objects.filter(open_still, expires_at__lte=now, expires_at__gt=now - NUDGE_FOR)


def people_without_account() -> QuerySet[Person]:
    """The people of the current organisation who cannot sign in yet."""
    return Person.objects.exclude(pk__in=User.objects.exclude(person=None).values("person_id"))


def units_to_choose() -> QuerySet[Unit]:
    return Unit.objects.filter(closed_on=None)


def work_email_of(person: Person) -> str:
    """The address that the current organisation has for a person; empty where it has none."""
    employment = person.employments.filter(current_on()).exclude(work_email="").order_by("-starts_on").first()
    return employment.work_email if employment else ""


def is_known_elsewhere(person_id: int, organisation: Organisation) -> bool:
    """Whether a person is, or was, something to another organisation too. Read in their own standing, whoever asks."""
    with within(person=Person(pk=person_id)):
        return any(
            held.exclude(organisation=organisation).exists() for held in (Employment.theirs, RoleAssignment.theirs)
        )


def has_account(email: str) -> bool:
    return User.objects.filter(email=email.lower()).exists()


def own_person(user: User) -> Person | None:
    return user.person if user.person_id else None


def own_details(user: User) -> PersonalDetails | None:
    """What is the user's own as a person. Call in the person's own standing."""
    return PersonalDetails.objects.filter(person=user.person_id).first() if user.person_id else None


def workspaces() -> QuerySet[Organisation]:
    """Every organisation with a workspace, for those who run the platform."""
    return Organisation.objects.with_workspace()


def elevations_in_force(user: User) -> list[Elevation]:
    """Where a platform administrator acts just now."""
    return list(Elevation.objects.filter(Elevation.in_force(), user=user).select_related("organisation"))


def own_elevation(user: User, pk: int) -> Elevation | None:
    return Elevation.objects.filter(user=user, pk=pk).select_related("organisation").first()


def has_second_step(user: Any) -> bool:
    """Whether a stolen password would not be enough: codes from an app, or a passkey."""
    return user.authenticator_set.filter(type__in=["totp", "webauthn"]).exists()


def number_of_passkeys(user: Any) -> int:
    return user.authenticator_set.filter(type="webauthn").count()
