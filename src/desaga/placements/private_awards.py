"""What `privacy` is told of awards: how long the keys of ended links may be kept, and what of them is in a person's export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain
from desaga.privacy.sources import Source, tell
from desaga.tenancy.context import within

from .models import (
    Agreement,
    Attendance,
    Award,
    AwardChange,
    AwardLetter,
    Certificate,
    Claim,
    ClaimLine,
    HostOfferLink,
    Outcome,
    OutcomeFile,
    PastAward,
    PlacementReport,
    Receipt,
    SharedSession,
    Signature,
    StoryText,
)


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """The letters with a link that ended: what they said is wiped by the mail itself."""
    found = AwardLetter.objects.filter(organisation=organisation, expires_at__lt=before).exclude(key_hash=None)
    return {"keys of links": gone(found, dry)}


def delete_host_links(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """Who said that a host offers a place, once the offer is over: the offer itself names nobody."""
    found = HostOfferLink.objects.filter(organisation=organisation, offer__until__lt=timezone.localdate(before))
    return {"addresses and keys of hosts": gone(found, dry)}


def own_awards(person: Any, user: Any, organisation: Any) -> Iterator[dict[str, Any]]:
    """What was awarded, claimed and told, wherever the scheme is: no row of it names the person, their application does."""
    for award in Award.mine.select_related("application__scheme", "application__organisation", "application__version"):
        with within(award.application.organisation, user=user):
            yield _told(award)


def _told(award: Award) -> dict[str, Any]:
    report = PlacementReport.objects.filter(award=award).first()
    return {
        "scheme": f"{award.application.scheme.name}, {award.application.organisation.name}",
        "reference": award.application.reference,
        "award": str(award.amount),
        "paid": str(award.paid),
        "days": f"{award.starts_on} to {award.ends_on}",
        "host": award.host,
        "claimed": [f"{one.what}: {one.pounds}" for one in ClaimLine.objects.filter(claim__award=award)],
        "report": report.answers if report else {},
        "what came of it": [one.answers for one in Outcome.objects.filter(award=award).exclude(answered_at=None)],
        "sessions": [f"{one.held_on}, {one.audience}" for one in SharedSession.objects.filter(award=award)],
        "files given": [one.name for one in OutcomeFile.objects.filter(award=award)],
        "agreed to be told of": [
            f"{timezone.localtime(one.consented_at):%Y-%m-%d}: {one.words} {one.sentence}"
            for one in PastAward.objects.filter(award=award)
        ],
        "conditions": award.conditions,
        "signatures under agreements": [
            f"{one.get_party_display()}, {one.name}, {timezone.localtime(one.signed_at):%Y-%m-%d}"
            for one in Signature.objects.filter(agreement__award=award, signed_at__isnull=False)
        ],
        "agreements": [one.text for one in Agreement.objects.filter(award=award)],
        "days confirmed": [
            ", ".join(map(str, one.days)) + f", by {one.confirmed_by}. {one.words}"
            for one in Attendance.objects.filter(award=award)
        ],
        "certificate": [one.content for one in Certificate.objects.filter(award=award)],
        "changes asked for": [f"{one.because} {one.words}".strip() for one in AwardChange.objects.filter(award=award)],
        "said of claims": [one.words for one in Claim.objects.filter(award=award).exclude(words="")],
        "receipts": [one.name for one in Receipt.objects.filter(line__claim__award=award)],
        "stories": [f"{one.title}: {one.text}" for one in StoryText.objects.filter(story__award=award)],
    }


def register() -> None:
    tell(Source(key="awards", title="Awards of placement schemes", collect=own_awards, asked="person"))
    retain(
        Retained(
            key="ended_award_links",
            name="Ended links about awards",
            what="The hashes of keys that let somebody sign, confirm or answer from an e-mail, once they have ended",
            days=365,
            reason="An ended link opens nothing; a year helps to answer why a link did not work, and keeps reminders from being sent anew",
            counted_from="the day on which the link ended",
            stays="Signatures, confirmed days and answers",
            delete=delete_ended,
        )
    )
    retain(
        Retained(
            key="ended_host_offers",
            name="Who said that a host offers a place",
            what="The e-mail address and the hash of the key of whoever said that a host offers a place, once the offer is over",
            days=90,
            reason="An offer that is over is changed by nobody; three months let the host offer the same again",
            counted_from="the day until which the place was offered",
            stays="What was offered, which names nobody",
            delete=delete_host_links,
        )
    )
