"""The school pack and the catalogue of an exhibition: wanted when it changes, made by the worker, dropped at once when somebody in it takes back their consent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..models import Download, SchoolPack
from ..queries import organisation_of, pack_of
from ..reach import reach_everything
from .files import remove_file
from .sites import collection_of

State = SchoolPack.State


def want_pack(exhibition: Any, *, actor: Any = None, now: datetime | None = None) -> SchoolPack:
    """The worker makes it anew, once this is committed. However often it is wanted before then, it is made once."""
    from ..tasks import make_pack

    now = now or timezone.now()
    with reach_everything():
        pack, is_new = SchoolPack.objects.get_or_create(exhibition_id=exhibition.pk, defaults={"wanted_at": now})
        if not is_new:
            state = State.READY if pack.state == State.READY else State.WAITING
            SchoolPack.objects.filter(pk=pack.pk).update(wanted_at=now, state=state)
        organisation = organisation_of(exhibition)
    make_pack.later(organisation=organisation, actor=actor, exhibition_id=exhibition.pk)
    return pack


def drop_pack(pack: SchoolPack) -> None:
    """Neither file can be had any more: they are removed where they lie."""
    with reach_everything():
        held = SchoolPack.objects.select_for_update(of=("self",)).select_related("pack", "catalogue").get(pk=pack.pk)
        remember_taken(held)
        held.taken_before, held.printed_before = held.times_taken, held.times_printed
        files = [held.pack, held.catalogue]
        held.pack = held.catalogue = None
        held.state, held.fingerprint, held.shown, held.printed = State.WAITING, "", [], []
        held.save()
        for file in files:
            if file is not None:
                file.delete()


def begin_making(exhibition_pk: int, steps: int) -> None:
    with reach_everything():
        SchoolPack.objects.filter(exhibition_id=exhibition_pk).update(state=State.MAKING, done=0, steps=steps)


def make_known(exhibition_pk: int, done: int) -> None:
    """How far the worker is."""
    with reach_everything():
        SchoolPack.objects.filter(exhibition_id=exhibition_pk).update(done=done)


def give_up(exhibition_pk: int) -> None:
    with reach_everything():
        SchoolPack.objects.filter(exhibition_id=exhibition_pk).update(state=State.FAILED)


def keep_pack(
    *,
    exhibition: Any,
    fingerprint: str,
    zipped: bytes,
    catalogue: bytes,
    shown: Collection[int],
    printed: Collection[int],
    pack_until: date | None,
    catalogue_until: date | None,
    left_out: list[dict[str, str]],
    began_at: datetime,
) -> SchoolPack:
    """Both files, in the place of those before, each given out until somebody in it has not agreed any more. What somebody took home is remembered with what was in it."""
    organisation = organisation_of(exhibition)
    with reach_everything():
        held = SchoolPack.objects.select_for_update(of=("self",)).select_related("pack", "catalogue")
        pack = held.get(exhibition_id=exhibition.pk)
        remember_taken(pack)
        name = f"{organisation.slug}-exhibition"
        pack.pack = keep_file(
            pack.pack, organisation, f"{exhibition.title}: school pack", f"{name}.zip", zipped, pack_until
        )
        pack.catalogue = keep_file(
            pack.catalogue, organisation, f"{exhibition.title}: catalogue", f"{name}.pdf", catalogue, catalogue_until
        )
        pack.state, pack.made_at, pack.fingerprint = State.READY, began_at, fingerprint
        pack.shown, pack.printed, pack.left_out = sorted(shown), sorted(printed), left_out
        pack.done = pack.steps
        pack.save()
    return pack


def remember_taken(pack: SchoolPack) -> None:
    """Files that somebody took cannot be called back: what was in them is kept with the pack."""
    if pack.pack and pack.pack.taken:
        pack.once_shown = sorted({*pack.once_shown, *pack.shown})
    if pack.catalogue and pack.catalogue.taken:
        pack.once_printed = sorted({*pack.once_printed, *pack.printed})


def keep_file(
    former: Download | None, organisation: Organisation, title: str, name: str, content: bytes, until: date | None
) -> Download:
    """A download of the organisation's; the same one with new content where there was one, so that its count goes on."""
    file = former or Download(collection=collection_of(organisation))
    if file.file:
        remove_file(file.file)
    file.title, file.shown_until = title, until
    file.file = ContentFile(content, name=name)
    file._set_document_file_metadata()
    if former is None:
        file.save()
    else:
        # Its count goes on meanwhile.
        file.save(update_fields=["title", "shown_until", "file", "file_size", "file_hash"])
    return file


def still_to_make(exhibition_pk: int, fingerprint: str) -> bool:
    """Whether what there is was made of something else, or is not there."""
    with reach_everything():
        pack = pack_of_number(exhibition_pk)
        return pack is None or not (pack.fingerprint == fingerprint and pack.pack and pack.catalogue)


def pack_of_number(exhibition_pk: int) -> SchoolPack | None:
    from ..models import ExhibitionPage

    exhibition = ExhibitionPage.objects.filter(pk=exhibition_pk).first()
    return pack_of(exhibition) if exhibition else None


def nothing_to_do(exhibition_pk: int, now: datetime) -> None:
    """What there is, is what would be made."""
    with reach_everything():
        SchoolPack.objects.filter(exhibition_id=exhibition_pk).update(state=State.READY, made_at=now)
