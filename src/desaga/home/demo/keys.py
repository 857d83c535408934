"""A key for a program, so that the page of keys shows what it is for. Nobody knows its words."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from desaga.accounts.models import User
from desaga.keys.operations import make_key
from desaga.keys.queries import keys_listed
from desaga.keys.states import Scope
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from .world import email_of

WHOSE = "wexcombe"
KEYS = (
    ("Power BI of the planning office", (Scope.PLANS, Scope.FRAMEWORKS), 300),
    ("Website", (Scope.PLANS_PUBLIC,), 120),
)


def load_keys() -> None:
    """Make the keys where the organisation has none."""
    organisation = Organisation.objects.get(slug=WHOSE)
    lead = User.objects.get(email=email_of(WHOSE, "lead"))
    with within(organisation, user=lead):
        if keys_listed().exists():
            return
        for name, scopes, days in KEYS:
            make_key(
                actor=lead,
                organisation=organisation,
                name=name,
                scopes=scopes,
                ends_on=timezone.localdate() + timedelta(days=days),
                submission=uuid4(),
            )
