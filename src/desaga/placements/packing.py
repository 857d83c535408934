"""Letters and files of several applications in one .zip, in a folder for each. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile

from desaga.organisations.refusals import Refused

#: So much goes into one .zip, in bytes: it is made in memory, while one waits.
LARGEST_PACK = 100 * 2**20


class TooLarge(Refused):
    """The letters and files together are more than 100 MB. Take them from each application’s page."""


def name_in(folder: str, what: str, name: str, taken: set[str]) -> str:
    """A path in the .zip that no system stumbles over, and that no other file has."""
    stem, ending = PurePath(name).stem, PurePath(name).suffix
    plain = re.sub(r"[^\w.-]+", "-", f"{what} {stem}".strip()).strip("-.")[:100] or "file"
    end = re.sub(r"[^\w.]+", "", ending)[:10]
    path, number = f"{folder}/{plain}{end}", 2
    while path.lower() in taken:
        path, number = f"{folder}/{plain}-{number}{end}", number + 1
    taken.add(path.lower())
    return path


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A .zip of these, in their order."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as pack:
        for name, content in files:
            pack.writestr(name, content)
    return buffer.getvalue()
