"""What shows somebody goes when a consent that it rests on ends: pages, pictures in every size, downloads, the pack and the catalogue, at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localdate
from wagtail.models import Page

from desaga.consents.models import Consent
from desaga.consents.states import What
from desaga.consents.uses import Because, Use

from ..consenting import Agreed, agreed_by
from ..models import Download, Picture, SchoolPack
from ..models.exhibition import OfExhibition
from ..queries import (
    downloads_resting_on,
    exhibition_around,
    organisation_of,
    pack_of,
    pictures_of,
    resting_on,
    showing_pictures_of,
)
from ..reach import reach_everything
from .files import hide_picture
from .packs import drop_pack, want_pack


def settle(page: Any) -> bool:
    """What its consents allow is written down with a page that was just published; False where it rests on one that does not hold: it has to be taken away."""
    with reach_everything():
        if page.people == page.People.NOBODY:
            agreed: Agreed | None = Agreed()
        else:
            agreed = agreed_by(organisation_of(page), page.consents, page.rests_on) if page.consents else None
        if agreed is None:
            return False
        told = {"shown_until": agreed.until, "for_schools": agreed.for_schools, "for_print": agreed.for_print}
        kept = {name: value for name, value in told.items() if hasattr(page, name)}
        type(page).objects.filter(pk=page.pk).update(**kept)
        for name, value in kept.items():
            setattr(page, name, value)
    return True


def settle_or_take_away(page: Any) -> None:
    with reach_everything():
        if settle(page):
            drop_what_holds_more(page)
        else:
            take_away(page)


def end_with_consent(consent: Consent, because: Because) -> None:
    """Told by `consents`, in the transaction that ends it."""
    with reach_everything():
        resting = resting_on(consent.pk)
        for page in [*resting, *showing_too(consent, resting)]:
            take_away_for(consent, page)
        downloads_resting_on(consent.pk).update(shown_until=localdate())


def follow_renewal(former: Consent, new: Consent) -> None:
    """Told by `consents` when another comes in the place of one: what rested on it rests on the new one, as far as that goes."""
    with reach_everything():
        for page in resting_on(former.pk):
            page.consents = renumbered(page.consents, former, new)
            type(page).objects.filter(pk=page.pk).update(consents=page.consents)
            if not page.live:
                continue
            if settle(page):
                drop_what_holds_more(page)
                wanted_anew(page)
                continue
            for one in [page, *showing_too(new, [page])]:
                take_away_for(new, one)
        for file in downloads_resting_on(former.pk):
            file.consents = renumbered(file.consents, former, new)
            file.shown_until = until_of(former.organisation, file.consents)
            file.save(update_fields=["consents", "shown_until"])


def renumbered(numbers: list[int], former: Consent, new: Consent) -> list[int]:
    return [new.pk if one == former.pk else one for one in numbers]


def until_of(organisation: Any, numbers: list[int]) -> date | None:
    """The first day on which a file that rests on these consents is not given out any more: today, where one does not hold."""
    agreed = agreed_by(organisation, numbers, Download.rests_on)
    return agreed.until if agreed else localdate()


def showing_too(consent: Consent, resting: list[Any]) -> list[Any]:
    """Live pages that do not name the consent, and show a picture of those that do."""
    shown = [page for page in resting if page.people == page.People.AGREED]
    numbers = {page.pk for page in resting}
    asked = What.IMAGE in consent.asked_what
    return [page for page in showing_pictures_of(shown) if page.pk not in numbers] if asked else []


def take_away_for(consent: Consent, page: Any) -> None:
    """It names the consent from now on: what was taken home of it is told by that."""
    if consent.pk not in page.consents:
        page.consents = [*page.consents, consent.pk]
    take_away(page)


def take_away(page: Any) -> None:
    """The page is down, its pictures in every size are gone, and so are packs and catalogues in which it stood."""
    exhibition, pictures = exhibition_around(page), pictures_of(page)
    put_down(page)
    for picture in Picture.objects.filter(pk__in=pictures):
        hide_picture(picture)
    pack = SchoolPack.objects.filter(exhibition_id=exhibition.pk).first() if exhibition else None
    if pack and page.pk in {*pack.shown, *pack.printed}:
        drop_pack(pack)
    if exhibition and exhibition.live:
        want_pack(exhibition)


def put_down(page: Any) -> None:
    """Nobody reads it any more, or it is read without its pictures and quotations. Its editors still have it as it was, as a draft."""
    if not Page.objects.filter(pk=page.pk, live=True).exists():
        return
    if not page.stays:
        page.unpublish()
        return
    consents = page.consents
    page.leave_people_out()
    page.consents, page.has_unpublished_changes = consents, True
    page.save(clean=False)


def wanted_anew(page: Any) -> None:
    if exhibition := exhibition_around(page):
        want_pack(exhibition)


def drop_what_holds_more(page: Any) -> None:
    """A pack in which somebody stands who is not for packs any more goes at once: the worker may be long in making another."""
    if not isinstance(page, OfExhibition) or (page.for_schools and page.for_print):
        return
    pack = pack_around(page)
    if pack and (page.pk in pack.shown and not page.for_schools or page.pk in pack.printed and not page.for_print):
        drop_pack(pack)


def pack_around(page: Any) -> SchoolPack | None:
    exhibition = exhibition_around(page)
    return pack_of(exhibition) if exhibition else None


def uses_of_consent(consent: Consent) -> Iterator[Use]:
    """Where somebody is shown on the site: its pages and downloads, and the files that were taken home, which cannot be called back."""
    with reach_everything():
        resting = resting_on(consent.pk)
        too = showing_too(consent, resting)
        for page in [*(one for one in resting if one.live and one.people == one.People.AGREED), *too]:
            address = page.get_url() or ""
            yield Use(kind=kind_of(page), title=page.title, address=address, since=page.first_published_at)
        in_files = [page for page in [*resting, *too] if isinstance(page, OfExhibition)]
        # Once, however many pages of an exhibition rest on it.
        yield from dict.fromkeys(use for page in in_files for use in (*still_offered(page), *taken_home(page)))
        for file in downloads_resting_on(consent.pk):
            yield from uses_of_file(file)


def kind_of(page: Any) -> str:
    """ "Exhibition" for all that hangs in one; else what kind of page it is."""
    return "Exhibition" if isinstance(page, OfExhibition) else capfirst(page._meta.verbose_name)


def uses_of_file(file: Download) -> Iterator[Use]:
    if not file.is_over:
        yield Use(kind="Download", title=file.title, address=file.url, since=file.created_at)
    if file.taken:
        title = f"{file.title}: {times(file.taken)}"
        yield Use(kind="Download", title=title, since=file.created_at, may_be_taken_down=False)


def times(taken: int) -> str:
    return f"taken {taken} time{'' if taken == 1 else 's'}"


def still_offered(page: Any) -> Iterator[Use]:
    """The files in which it stands today, which everybody may take; they are gone when the consent ends."""
    pack = pack_around(page)
    if pack is None:
        return
    for kind, file, numbers in (("School pack", pack.pack, pack.shown), ("Catalogue", pack.catalogue, pack.printed)):
        if file is not None and not file.is_over and page.pk in numbers:
            yield Use(kind=kind, title=pack.exhibition.title, address=file.url, since=pack.made_at)


def taken_home(page: Any) -> Iterator[Use]:
    pack = pack_around(page)
    if pack is None:
        return
    for kind, numbers, taken in (
        ("School pack", {*pack.shown, *pack.once_shown}, pack.times_taken),
        ("Catalogue", {*pack.printed, *pack.once_printed}, pack.times_printed),
    ):
        if taken and page.pk in numbers:
            title = f"{pack.exhibition.title}: {times(taken)}"
            yield Use(kind=kind, title=title, since=pack.made_at, may_be_taken_down=False)
