"""Cards that were drawn are kept, one a page, under the mark of what is on them; another is drawn when that changes. Gone with the page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from .cards import Card, drawn

#: Beside the sizes of pictures, which alone are served by their names.
FOLDER = "cards"
#: Another number, where cards are drawn otherwise than before.
DRAWN_AS = 2


def mark_of(card: Card) -> str:
    """The same for the same card."""
    told = [str(DRAWN_AS), card.title, card.under, card.whose, card.accent, hashlib.sha256(card.picture).hexdigest()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def card_kept(page_pk: int, card: Card) -> bytes:
    """The card of a page as JPEG: drawn once."""
    storage, name = kept_in(), f"{FOLDER}/{page_pk}/{mark_of(card)}.jpg"
    if storage.exists(name):
        with storage.open(name) as file:
            return bytes(file.read())
    content = drawn(card)
    drop_card(page_pk)
    storage.save(name, ContentFile(content))
    return content


def drop_card(page_pk: int) -> None:
    """Nothing is left of what was drawn for a page."""
    storage = kept_in()
    for name in names_in(storage, f"{FOLDER}/{page_pk}"):
        storage.delete(name)


def names_in(storage: Storage, folder: str) -> Iterable[str]:
    try:
        _, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files]


def kept_in() -> Storage:
    return storages["pictures"]
