"""What an address of the site stands for, read without asking a server: static files, sizes of pictures, an organisation's colour, films."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages
from django.urls import reverse

from desaga.ui.colour import accent_stylesheet


def reader(organisation: Any, films: dict[str, Any]) -> Callable[[str], bytes | None]:
    """Reads for pages of one organisation's site. `films` are the files that its pages name, by address."""
    look = reverse("website:show_site_look", args=[organisation.slug])
    pictures = reverse("website:show_picture", args=["x"]).removesuffix("x")

    def read(address: str) -> bytes | None:
        if address.startswith(settings.STATIC_URL):
            return static_file(address.removeprefix(settings.STATIC_URL))
        if address == look:
            return accent_stylesheet(organisation.accent).encode() if organisation.accent else b""
        if address.startswith(pictures):
            return stored(address.removeprefix(pictures))
        if document := films.get(address):
            with document.file.open() as file:
                return bytes(file.read())
        return None

    return read


def static_file(name: str) -> bytes | None:
    """A file as it is served: from where files are collected, else from where they are written."""
    if getattr(staticfiles_storage, "location", None) and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    found = finders.find(name)
    return Path(found).read_bytes() if isinstance(found, str) else None


def stored(name: str) -> bytes | None:
    storage = storages["pictures"]
    if ".." in name or not storage.exists(name):
        return None
    with storage.open(name) as file:
        return bytes(file.read())
