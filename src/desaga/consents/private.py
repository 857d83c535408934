"""What `privacy` is told of consents: how long ended links are kept, and what of them is in a person's export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain
from desaga.privacy.sources import Source, tell

from . import queries
from .models import ConsentKey
from .uses import uses_of


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    return {"keys of links": gone(ConsentKey.objects.filter(organisation=organisation, expires_at__lt=before), dry)}


def own_told(person: Any, user: Any, organisation: Any) -> Iterator[Mapping[str, Any]]:
    """Each consent of a person with the words by which it was asked, what they said, and where it is used."""
    for one in queries.consents_of(person):
        yield {
            "What for": one.about,
            "State": one.state_words,
            "What may be shown": ", ".join(one.what_words),
            "Where": ", ".join(one.where_words),
            "Until": one.until.isoformat(),
            "By these words": one.wording.text,
            "Shown in": "\n".join(f"{use.kind}: {use.title} {use.address}".strip() for use in uses_of(one)),
        }


def register() -> None:
    tell(Source(key="consents", title="Consents to be shown", collect=own_told))
    retain(
        Retained(
            key="ended_consent_links",
            name="Ended links of consents",
            what="The hashes of keys that let somebody answer when asked for consent, once they have ended",
            days=90,
            reason="An ended link opens nothing; three months help to answer why a link did not work",
            counted_from="the day on which the link ended",
            stays="The consent itself, with what was said and by which words; the link that withdraws stays as long as the consent",
            delete=delete_ended,
        )
    )
