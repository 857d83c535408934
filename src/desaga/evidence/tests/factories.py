"""Evidence to test with, made through the operations; and files with something in them that should not leave."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from desaga.tenancy.context import within

from ..checking import CheckedFile
from ..models import Evidence
from ..operations import GivenPiece, keep_evidence
from ..states import Scan

#: Where the picture was taken, as a camera writes it, and as a photograph program does.
PLACE_IN_EXIF = (53.0, 48.0, 25.0)
PLACE_IN_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>53,48.4170N</exif:GPSLatitude></x:xmpmeta>'
#: The harmless file that every scanner is tested with (https://www.eicar.org), in two parts so that none finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def a_file(
    title: str = "Minutes", *, name: str = "minutes.txt", content: bytes = b"All agreed.", **fields: Any
) -> GivenPiece:
    """A piece that is a file, as if it had been looked at."""
    scan = fields.pop("scan", Scan.NONE)
    return GivenPiece(title=title, file=CheckedFile(name, "text/plain", content, scan), **fields)


def a_link(title: str = "Announcement", **fields: Any) -> GivenPiece:
    return GivenPiece(**{"title": title, "link": "https://www.northmoor.example/prize", **fields})


def make_evidence(organisation: Any, piece: GivenPiece | None = None, *, actor: Any = None, **fields: Any) -> Evidence:
    """A piece of evidence, waiting to be looked at; given by an office unless told."""
    with within(organisation, user=actor):
        told = {"given_by": "Research office", **fields}
        return keep_evidence(actor=actor, organisation=organisation, piece=piece or a_file(), **told)


def photograph(format: str = "JPEG", *, size: tuple[int, int] = (64, 32), orientation: int = 6, **saved: Any) -> bytes:
    """A picture, left half red and right half blue, lying on its side, that says where it was taken: in EXIF and in XMP."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "CANARY-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE_IN_EXIF, 3: "W", 4: (1.0, 33.0, 7.0)})
    if format == "PNG":
        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", PLACE_IN_XMP.decode())
        saved["pnginfo"] = notes
    out = io.BytesIO()
    image.save(out, format, exif=exif, xmp=PLACE_IN_XMP, **saved)
    return out.getvalue()


def package(*members: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def word_file(*more: tuple[str, bytes], main: str = "wordprocessingml.document.main") -> bytes:
    """A Word document's parts, as far as they are looked at."""
    kind = f"application/vnd.openxmlformats-officedocument.{main}+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'.encode()
    return package(("[Content_Types].xml", types), ("word/document.xml", b"<w:document/>"), *more)


def open_document(kind: str = "text", *more: tuple[str, bytes]) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return package(("mimetype", media_type), ("content.xml", b"<office:document-content/>"), *more)
