"""Files of a site that no editor hands in."""

from __future__ import annotations

import io

from django.core.files.images import ImageFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from wagtail.models import Collection

from desaga.organisations.models import Organisation

from ..models import Picture
from .sites import collection_of


def remove_file(file: FieldFile) -> None:
    """A file goes once it is certain that nothing names it any more: what is undone has lost none."""
    storage, name = file.storage, file.name or ""
    transaction.on_commit(lambda: storage.delete(name))


def keep_picture(
    organisation: Organisation,
    data: bytes,
    name: str,
    *,
    title: str,
    credit: str = "",
    collection: Collection | None = None,
) -> Picture:
    """A picture in the collection of the organisation's editors, unless another is named."""
    # Given on making: that is when its width and height are read.
    file = ImageFile(io.BytesIO(data), name=name)
    place = collection or collection_of(organisation)
    return Picture.objects.create(title=title, file=file, credit=credit, collection=place)


def hide_picture(picture: Picture) -> None:
    """No size of it is there any more, nor comes back under an address that somebody knows: its file has another name from now on."""
    picture.renditions.all().delete()
    former = picture.file
    if not former.storage.exists(former.name):
        return
    with former.storage.open(former.name) as held:
        name = former.storage.save(picture.get_upload_to(former.name), held)
    Picture.objects.filter(pk=picture.pk).update(file=name)
    remove_file(former)
