"""The catalogue: every room and everything in it, as PDF/UA to print or to read."""

from __future__ import annotations

import base64
from datetime import datetime
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from desaga.documents.out import Imprint
from desaga.documents.out.portable import pdf_of, style_of
from desaga.ui.fonts import font_files

from ..exhibiting import spots_of
from .gathering import Gathered
from .people import asker, unlinked

STYLE = """
@page { size: A4; margin: 20mm 20mm 18mm; }
body { font-size: 10.5pt; line-height: 1.45; }
h1 { font-size: 26pt; margin: 0 0 4mm; }
h2 { font-size: 18pt; margin: 0 0 3mm; break-before: page; }
h3 { font-size: 13pt; margin: 8mm 0 1mm; break-after: avoid; }
ol.spots { margin: 2mm 0 4mm; padding-left: 7mm; }
ol.spots li { margin: 0 0 2mm; break-inside: avoid; }
ol.spots p { margin: 0; }
.lead { font-size: 13pt; color: #3B4046; }
.picture { margin: 3mm 0; break-inside: avoid; }
.picture img { max-width: 170mm; max-height: 92mm; }
.picture p { margin: 1mm 0 0; font-size: 9pt; color: #565C64; }
"""
SIZE, WIDE = "width-900|format-jpeg|jpegquality-78", "width-1400|format-jpeg|jpegquality-78"


def catalogue_of(gathered: Gathered, organisation: Any, now: datetime) -> bytes:
    """Call where the site is reached."""
    day = timezone.localdate(now)
    imprint = Imprint(gathered.exhibition.title, organisation.name, day, font_files())
    rooms = [
        {"number": number, "page": room, "things": [thing_told(one) for one in things]}
        for number, (room, things) in enumerate(gathered.rooms, 1)
    ]
    context = {
        "exhibition": gathered.exhibition, "organisation": organisation, "day": day, "rooms": rooms,
        "cover": picture_told(gathered.exhibition.picture, WIDE),
    }  # fmt: skip
    inside = {page.get_url(): page.title for page in gathered.pages}
    return pdf_of(sheet(imprint, unlinked(render_to_string("website/pack/catalogue.html", context), inside, asker())))


def sheet(imprint: Imprint, body: str) -> str:
    """The page around it: its language, its title, whose it is, and how it is set."""
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(imprint.title)}</title>'
        f'<meta name="author" content="{escape(imprint.organisation)}"><style>{style_of(imprint)}{STYLE}</style></head>'
        f"<body>{body}</body></html>"
    )


def thing_told(page: Any) -> dict[str, Any]:
    panorama = getattr(page, "panorama", None)
    return {
        "page": page,
        "picture": panorama_told(panorama) if panorama else picture_told(page.picture, SIZE),
        "spots": spots_of(page) if panorama else [],
    }


def picture_told(blocks: Any, size: str) -> dict[str, str] | None:
    """A picture as it stands in the file, with its words."""
    if not blocks:
        return None
    value = blocks[0].value
    picture = value["picture"]
    return {**as_told(picture, size), "caption": value.get("caption", ""), "credit": picture.credit}


def panorama_told(blocks: Any) -> dict[str, str] | None:
    picture = blocks[0].value["picture"]
    return {**as_told(picture, WIDE), "caption": "", "credit": picture.credit}


def as_told(picture: Any, size: str) -> dict[str, str]:
    rendition = picture.get_rendition(size)
    with rendition.file.open() as file:
        data = base64.b64encode(file.read()).decode()
    words = "" if picture.decorative else picture.contextual_alt_text or picture.description
    return {"source": f"data:image/jpeg;base64,{data}", "words": words}
