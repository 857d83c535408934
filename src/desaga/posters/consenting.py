"""Posters as uses of consents: what is printed cannot be taken back."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.consents.models import Consent
from desaga.consents.uses import Use

from . import queries
from .models import Poster


def uses_of_consent(consent: Consent) -> Iterator[Use]:
    for poster in queries.posters_resting_on(consent):
        title = f"{poster.title}: {poster.get_design_display()}, {poster.paper}"
        yield Use(kind="Poster", title=title, since=poster.made_at, may_be_taken_down=False)


@transaction.atomic
def follow_renewal(former: Consent, new: Consent) -> None:
    """Told by `consents` when another comes in the place of one: what was printed before is still told to whoever withdraws, also where the new one is not for print."""
    now = timezone.now()
    for poster in queries.posters_resting_on(former):
        Poster.objects.filter(pk=poster.pk).update(consent=new)
        audit.record(actor=None, verb="rests on a renewed consent:", thing=poster, now=now)
