"""Looking where the links of a site lead: read, asked outside of any transaction, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.models import Page

from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from ..linking.addresses import OUTSIDE, Written, fault_of
from ..linking.asking import THERE, Asker, Heard
from ..linking.gathering import links_of
from ..models import Download, LinkCheck, LostLink, SitesPage
from ..models.links import LONGEST_ADDRESS, LONGEST_WORDS
from ..queries import home_belonging_to
from ..reach import reach_everything

#: Addresses of other servers in one look; the rest has its turn when these are mended.
MOST_OUTSIDE = 2000
#: Where nobody at all answers, it is our own line that is cut.
ENOUGH_TO_KNOW = 3
NOBODY = Heard("unchecked", "No server answered: ours could not ask.")


class NoSite(Refused):
    """Your organisation has no site yet."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link, and on which page."""

    page: int
    title: str
    link: Written


def want_check(*, actor: Any, organisation: Organisation, now: datetime | None = None) -> LinkCheck:
    """The worker looks, once this is committed. Raises `NoSite`."""
    from ..tasks import check_links

    if home_belonging_to(organisation) is None:
        raise NoSite
    now = now or timezone.now()
    check, _ = LinkCheck.objects.update_or_create(organisation=organisation, defaults={"wanted_at": now})
    check_links.later(organisation=organisation, actor=actor)
    return check


def check_site(
    organisation: Organisation, *, ask: Callable[[str], Heard] | None = None, now: datetime | None = None
) -> None:
    """All links of all pages of a site, drafts too. Twice on a day is once more."""
    now = now or timezone.now()
    with within(organisation), reach_everything():
        found = gathered(organisation)
        told = {one: inside(one.link) for one in found}
    outside = sorted({one.link.address for one, heard in told.items() if heard is None})
    answers = asked(outside[:MOST_OUTSIDE], ask or Asker().ask)
    with within(organisation):
        keep(
            organisation,
            {one: heard or answers.get(one.link.address, THERE) for one, heard in told.items()},
            set(outside),
            now,
        )


def gathered(organisation: Organisation) -> list[Found]:
    home = home_belonging_to(organisation)
    pages = Page.objects.descendant_of(home, inclusive=True).specific().iterator() if home else []
    return [Found(page.pk, page.draft_title or page.title, link) for page in pages for link in links_of(page)]


def inside(link: Written) -> Heard | None:
    """What is known without asking anybody; None of an address outside."""
    if link.kind == "page":
        page = Page.objects.filter(pk=link.number).first()
        if page is None:
            return Heard("lost", "The page is gone.")
        return THERE if page.live else Heard("lost", "The page is not published.")
    if link.kind == "document":
        return THERE if Download.objects.filter(pk=link.number).exists() else Heard("lost", "The file is gone.")
    if fault_of(link.address):
        return Heard("lost", "It is no address.")
    own = link.address.removeprefix(settings.SITE_ADDRESS) if is_own(link.address) else link.address
    if own.startswith("/"):
        return THERE if is_ours(own) else Heard("lost", "There is no such page here.")
    return None if own.lower().startswith(tuple(f"{one}:" for one in OUTSIDE)) else THERE


def is_own(address: str) -> bool:
    return address == settings.SITE_ADDRESS or address.startswith(f"{settings.SITE_ADDRESS}/")


def is_ours(path: str) -> bool:
    """Whether an address of our own leads to a page that is shown, or to something else that is not a page of the sites."""
    path = path.split("#")[0].split("?")[0] or "/"
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.view_name != "wagtail_serve":
        return True
    root = SitesPage.objects.first()
    try:
        root.route(HttpRequest(), [one for one in match.args[0].split("/") if one] if match.args else [])
    except (Http404, AttributeError):
        return False
    return True


def asked(addresses: list[str], ask: Callable[[str], Heard]) -> dict[str, Heard]:
    answers = {one: ask(one) for one in addresses}
    if len(answers) >= ENOUGH_TO_KNOW and not any(one == THERE for one in answers.values()):
        return {address: NOBODY if one.state == "lost" else one for address, one in answers.items()}
    return answers


def keep(organisation: Organisation, told: Mapping[Found, Heard], outside: set[str], now: datetime) -> None:
    """What is lost once more keeps since when; what leads somewhere again goes."""
    kept = []
    for one, heard in told.items():
        if heard.state == THERE.state:
            continue
        address = one.link.address or f"{one.link.kind} {one.link.number or 'that is gone'}"
        row, is_new = LostLink.objects.get_or_create(
            organisation=organisation, page_number=one.page, address=address[:LONGEST_ADDRESS], words=one.link.words[:LONGEST_WORDS],
            defaults={"page_title": one.title, "state": heard.state, "why": heard.why, "is_outside": one.link.address in outside, "since": now, "looked_at": now},
        )  # fmt: skip
        kept.append(row.pk)
        if not is_new:
            again = row.state == heard.state
            LostLink.objects.filter(pk=row.pk).update(
                page_title=one.title, state=heard.state, why=heard.why, looked_at=now, since=row.since if again else now, times=F("times") + 1 if again else 1,
            )  # fmt: skip
    LostLink.objects.exclude(pk__in=kept).delete()
    LinkCheck.objects.update_or_create(
        organisation=organisation, defaults={"looked_at": now, "wanted_at": None, "links": len(told)}
    )
