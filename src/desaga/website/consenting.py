"""Which consents things shown in a room may rest on, and what follows from those that they do. Reads `consents`, within the organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from desaga.consents.models import Consent
from desaga.consents.states import ConsentState, What, Where
from desaga.tenancy.context import within


@dataclass(frozen=True, slots=True)
class Agreed:
    """What consents together allow: until the day before `until`, and in which material beside the site."""

    until: date | None = None
    for_schools: bool = True
    for_print: bool = True


def consents_offered(organisation: Any, of: Collection[What] = (What.IMAGE,)) -> list[tuple[int, str]]:
    """Those of an organisation that hold on its site today, for one of these at least, to choose from: number and words."""
    with within(organisation):
        rows = Consent.objects.filter(
            state=ConsentState.GIVEN, until__gte=localdate(), what__overlap=list(of), where__contains=[Where.SITE]
        )
        return [
            (
                one.pk,
                f"{one.name}: {one.about} ({', '.join([*one.what_words, *one.where_words])}; until {one.until:%-d %B %Y})",
            )
            for one in rows.order_by("name", "pk")
        ]


def agreed_by(organisation: Any, numbers: Collection[int], of: Collection[What] = (What.IMAGE,)) -> Agreed | None:
    """What the consents of these numbers allow together; None where one of them does not hold on the site for one of these, or is not ours."""
    if not numbers:
        return Agreed()
    with within(organisation):
        held = [one for one in Consent.objects.filter(pk__in=numbers) if holds(one, of)]
    if len(held) < len(set(numbers)):
        return None
    return Agreed(
        until=min(one.until for one in held) + timedelta(days=1),
        for_schools=all(Where.SCHOOLS in one.where for one in held),
        for_print=all(Where.PRINT in one.where for one in held),
    )


def names_of(organisation: Any, numbers: Collection[int]) -> list[str]:
    """What whoever gave these consents is called, word by word."""
    with within(organisation):
        found = Consent.objects.filter(pk__in=numbers).values_list("name", flat=True)
        return [word for name in found for word in name.split()]


def holds(consent: Consent, of: Collection[What]) -> bool:
    return consent.holds_on(localdate()) and bool(set(of) & set(consent.what)) and Where.SITE in consent.where


def by_mail(organisation: Any, pages: Collection[Any]) -> dict[int, int | None]:
    """The pages whose picture may go out by mail, each with the consent that it rests on there, if any: one that is for newsletters too.

    Of a picture that rests on several consents, a mail could not say which it was struck for: it goes without it. One query.
    """
    numbers = {number for page in pages for number in page.consents}
    today = localdate()
    with within(organisation):
        held = {
            one.pk
            for one in (Consent.objects.filter(pk__in=numbers) if numbers else [])
            if one.holds_on(today) and What.IMAGE in one.what and Where.NEWSLETTER in one.where
        }
    found: dict[int, int | None] = {page.pk: None for page in pages if page.people == page.People.NOBODY}
    return found | {page.pk: page.consents[0] for page in pages if len(page.consents) == 1 and page.consents[0] in held}
