"""Files of a site that no editor hands in."""

from __future__ import annotations

import io

from django.core.files.images import ImageFile

from desaga.organisations.models import Organisation

from ..models import Picture
from .sites import collection_of


def keep_picture(organisation: Organisation, data: bytes, name: str, *, title: str, credit: str = "") -> Picture:
    """A picture in the organisation's collection."""
    # Given on making: that is when its width and height are read.
    file = ImageFile(io.BytesIO(data), name=name)
    return Picture.objects.create(title=title, file=file, credit=credit, collection=collection_of(organisation))
