"""Making both files, page by page: each in a transaction of its own, so that others see how far it is."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from desaga.tenancy.context import within

from .. import queries
from ..models import ExhibitionPage
from ..operations import packs
from ..reach import reach_everything
from .catalogue import catalogue_of
from .gathering import Gathered, ends_first, gather
from .mirroring import Folder, mirrored
from .people import asker
from .reading import reader

#: The folder within the zip.
TOP = "exhibition"
FIRST = "index.html"
READ_ME = "Read me first.txt"


def make(*, organisation: Any, actor: Any, exhibition_id: int, now: datetime) -> bool:
    """The pack and the catalogue of an exhibition. Says whether they were made; what is the same is left, what is no longer shown is dropped."""
    with within(organisation, user=actor), reach_everything():
        exhibition = ExhibitionPage.objects.live().filter(pk=exhibition_id).first()
        if exhibition is None:
            pack = packs.pack_of_number(exhibition_id)
            if pack:
                packs.drop_pack(pack)
            return False
        whole = gather(exhibition)
        if not packs.still_to_make(exhibition_id, whole.fingerprint):
            packs.nothing_to_do(exhibition_id, now)
            return False
        packs.begin_making(exhibition_id, len(whole.pages) + 1)
    for_schools, for_print = whole.without("for_schools"), whole.without("for_print")
    folder = folder_for(organisation, for_schools)
    lying = {}
    for done, page in enumerate(for_schools.pages, 1):
        with within(organisation, user=actor), reach_everything():
            lying[folder.pages[page.get_url()]] = mirrored(written(page, for_schools), folder)
            packs.make_known(exhibition_id, done)
    with within(organisation, user=actor), reach_everything():
        catalogue = catalogue_of(for_print, organisation, now)
        # Somebody may have taken back a consent meanwhile: then this is not kept, and made again.
        if fingerprint_now(exhibition_id) != whole.fingerprint:
            packs.want_pack(exhibition, actor=actor)
            return False
        packs.keep_pack(
            exhibition=exhibition, fingerprint=whole.fingerprint, zipped=zipped(lying, folder, read_me(exhibition, organisation, now)),
            catalogue=catalogue, shown=[one.pk for one in whole.in_pack], printed=[one.pk for one in whole.in_catalogue],
            pack_until=ends_first(whole.in_pack), catalogue_until=ends_first(whole.in_catalogue), left_out=whole.left_out, began_at=now,
        )  # fmt: skip
    return True


def fingerprint_now(exhibition_id: int) -> str:
    exhibition = ExhibitionPage.objects.live().filter(pk=exhibition_id).first()
    return gather(exhibition).fingerprint if exhibition else ""


def is_behind(organisation: Any, exhibition_id: int) -> bool:
    """Whether there is something to make."""
    with within(organisation), reach_everything():
        return packs.still_to_make(exhibition_id, fingerprint_now(exhibition_id))


def folder_for(organisation: Any, gathered: Gathered) -> Folder:
    """An empty folder that knows what each page is called in it."""
    with within(organisation), reach_everything():
        pages = {page.get_url(): name for page, name in names_of(gathered)}
        films = {
            address: document for page in gathered.things for address, document in queries.film_addresses(page).items()
        }
        return Folder(read=reader(organisation, films), names_at=asker(), site=settings.SITE_ADDRESS, pages=pages)


def names_of(gathered: Gathered) -> list[tuple[Any, str]]:
    """Each page with its file: `room-1-the-cold.html`, `room-1-2-the-pump.html`."""
    named = [(gathered.exhibition, FIRST)]
    for number, (room, things) in enumerate(gathered.rooms, 1):
        named.append((room, f"room-{number}-{slugify(room.slug)}.html"))
        named += [(one, f"room-{number}-{at}-{slugify(one.slug)}.html") for at, one in enumerate(things, 1)]
    return named


def written(page: Any, gathered: Gathered) -> str:
    """The page as on the site, without what may not be in the pack."""
    context = page.get_context(None)
    inside = {one.pk for one in gathered.pages}
    for name in ("things", "rooms"):
        if name in context:
            context[name] = [
                one for one in context[name] if (one["page"] if isinstance(one, dict) else one).pk in inside
            ]
    for spot in context.get("spots", []):
        if spot["page"] and spot["page"].pk not in inside:
            spot["page"] = None
    room_things = next((things for room, things in gathered.rooms if page in things), None)
    if room_things is not None:
        from ..exhibiting import beside

        context["before"], context["after"] = beside(room_things, page)
        if context["after"] is None:
            context["next_room"] = beside([room for room, _ in gathered.rooms], page.get_parent())[1]
    if "rooms" in context and page.pk == gathered.exhibition.pk:
        from ..exhibiting import kinds_in

        held = {room.pk: things for room, things in gathered.rooms}
        context["rooms"] = [{**one, "kinds": kinds_in(held.get(one["page"].pk, []))} for one in context["rooms"]]
    site = replace(context["site"], menu=(), more=())
    packed = {"is_packed": True, "inside": inside, "site": site, "tour": None, "packed": None}
    return render_to_string(page.template, {**context, **packed})


def read_me(exhibition: Any, organisation: Any, now: datetime) -> str:
    return render_to_string(
        "website/pack/read_me.txt",
        {
            "exhibition": exhibition,
            "organisation": organisation,
            "now": now,
            "first": FIRST,
            "site": settings.SITE_ADDRESS,
        },
    )


def zipped(pages: dict[str, bytes], folder: Folder, words: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(f"{TOP}/{READ_ME}", words)
        for name, content in [*pages.items(), *folder.files.items()]:
            kind = (
                zipfile.ZIP_STORED
                if name.endswith((".jpg", ".jpeg", ".png", ".webm", ".mp4"))
                else zipfile.ZIP_DEFLATED
            )
            pack.writestr(f"{TOP}/{name}", content, kind)
    return held.getvalue()
