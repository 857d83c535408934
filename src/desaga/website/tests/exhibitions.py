"""An exhibition for tests: rooms, things and a scene, drawn by rule."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from desaga.tenancy.context import within

from ..models import Download, ExhibitionPage, ExhibitPage, RoomPage, ScenePage
from ..operations.files import keep_picture
from ..operations.sites import collection_of
from ..reach import reach_everything

FILM = b"\x1a\x45\xdf\xa3" + b"\x00" * 20 + b"webm" + b"\x00" * 400
CAPTIONS = (
    b"WEBVTT\n\n00:01.000 --> 00:04.000\nThe flame must be blue.\n\n00:04.500 --> 00:06.000\n<v Ada>Listen to it.</v>\n"
)


def drawn(size: tuple[int, int] = (800, 600), colour: str = "teal") -> bytes:
    held = io.BytesIO()
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).rectangle((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill="white")
    picture.save(held, "JPEG")
    return held.getvalue()


def shown(home: Any, name: str, words: str, size: tuple[int, int] = (800, 600)) -> dict[str, Any]:
    """The value of a picture block's picture."""
    picture = keep_picture(home.belongs_to, drawn(size), f"{name}.jpg", title=name, credit="Drawn for a test")
    return {"image": picture.pk, "alt_text": words, "decorative": False}


def put(parent: Any, page: Any, home: Any, *, live: bool = True) -> Any:
    page.slug = page.slug or page.title.lower().replace(" ", "-")
    parent.add_child(instance=page)
    revision = page.save_revision(user=home.editor)
    if live:
        revision.publish()
    return type(page).objects.get(pk=page.pk)


def make_exhibition(home: Any, *, rooms: int = 2, things: int = 1, scene: bool = True) -> ExhibitionPage:
    """A published exhibition: `rooms` rooms, each with `things` photographs, and a scene in the first."""
    with within(home.belongs_to, user=home.lead), reach_everything():
        exhibition = put(
            home,
            ExhibitionPage(title="Made visible", slug="exhibition", summary="Work that nobody sees.", live=False),
            home,
        )
        for number in range(1, rooms + 1):
            room = put(exhibition, RoomPage(title=f"Hall {number}", summary="A hall.", live=False), home)
            for at in range(1, things + 1):
                make_exhibit(home, room, f"Picture {number} {at}")
            if scene and number == 1:
                make_scene(home, room)
    return exhibition


def make_exhibit(home: Any, room: Any, title: str, **fields: Any) -> ExhibitPage:
    with within(home.belongs_to, user=home.lead), reach_everything():
        page = ExhibitPage(
            **{"title": title, "summary": f"{title}, seen from near.", "kind": "photograph", "live": False, **fields}
        )
        page.picture = [{"type": "picture", "value": {"picture": shown(home, title, f"What {title} shows")}}]
        return put(room, page, home)


def make_film(home: Any, room: Any, title: str = "The flame", film: bytes = FILM) -> ExhibitPage:
    with within(home.belongs_to, user=home.lead), reach_everything():
        files = [
            Download.objects.create(
                title=title, file=ContentFile(content, name=name), collection=collection_of(home.belongs_to)
            )
            for content, name in ((film, "flame.webm"), (CAPTIONS, "flame.vtt"))
        ]
        blocks = [
            {"type": "film", "value": {"film": files[0].pk, "captions": files[1].pk, "shows": "A flame turns blue."}}
        ]
        return make_exhibit(home, room, title, kind="film", film=blocks)


def make_scene(home: Any, room: Any, title: str = "The workshop", spots: int = 2, **fields: Any) -> ScenePage:
    """A scene with places; the first leads to the first thing of the room."""
    with within(home.belongs_to, user=home.lead), reach_everything():
        page = ScenePage(**{"title": title, "summary": "Stand in the middle of it.", "live": False, **fields})
        page.panorama = [
            {"type": "panorama", "value": {"picture": shown(home, title, "A workshop all around", (1600, 800))}}
        ]
        first = room.get_children().first()
        page.hotspots = [
            {"type": "hotspot", "value": {
                "name": f"Lathe {number}", "words": f"<p>It turns {number}.</p>", "yaw": 40.0 * number, "pitch": -5.0, "picture": None,
                "leads_to": [{"type": "page", "value": first.pk}] if number == 1 and first else [],
            }}
            for number in range(1, spots + 1)
        ]  # fmt: skip
        return put(room, page, home)
