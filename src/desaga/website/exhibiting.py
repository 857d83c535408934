"""What the pages of an exhibition show: the plan, what stands in a room, what comes before and after, the places in a scene."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from desaga.exhibition import queries as touring
from desaga.stories.filming import MP4, WEBM

from . import queries
from .films import spoken

MIDDLE, HALF_TURN, QUARTER_TURN = 0.5, 180, 90
#: The flat picture is drawn on a sheet of 360 by 180: a degree is a unit.
ACROSS, HIGH = 2 * HALF_TURN, 2 * QUARTER_TURN


def exhibition_told(page: Any) -> dict[str, Any]:
    organisation = queries.organisation_of(page)
    return {
        "rooms": plan_of(page),
        "packed": queries.pack_of(page),
        "tour": touring.tour_shown(organisation) if organisation else None,
    }


def plan_of(exhibition: Any) -> list[dict[str, Any]]:
    """The rooms in their order, each with its number, what kinds of things are in it, and the page."""
    things = queries.things_by_room(exhibition)
    rooms = queries.rooms_of(exhibition)
    return [
        {"number": number, "page": room, "kinds": kinds_in(things.get(room.path, []))}
        for number, room in enumerate(rooms, 1)
    ]


def kinds_in(things: Iterable[Any]) -> str:
    """ "Photographs, a film and a 360-degree scene": each kind once, in the order in which one comes to it."""
    numbers: dict[str, int] = {}
    for thing in things:
        numbers[thing.kind_words] = numbers.get(thing.kind_words, 0) + 1
    words = [several(kind) if number > 1 else one(kind) for kind, number in numbers.items()]
    told = ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""
    return told[:1].upper() + told[1:]


def one(kind: str) -> str:
    lower = kind[:1].lower() + kind[1:]
    return f"{'an' if lower[:1] in 'aeiou' else 'a'} {lower}"


def several(kind: str) -> str:
    return f"{kind[:1].lower()}{kind[1:]}s"


def room_told(room: Any) -> dict[str, Any]:
    rooms = queries.rooms_beside(room)
    before, after = beside(rooms, room)
    return {
        "things": queries.with_cards(queries.things_under(room)),
        "rooms": [{"number": number, "page": one} for number, one in enumerate(rooms, 1)],
        "number": next((number for number, one in enumerate(rooms, 1) if one.pk == room.pk), 1),
        "before": before,
        "after": after,
    }


def shown_told(page: Any) -> dict[str, Any]:
    """What stands beside it in the room; after the last thing comes the next room."""
    room = page.get_parent()
    before, after = beside(queries.things_under(room), page)
    next_room = None if after else beside(queries.rooms_beside(room), room)[1]
    return {"room": room, "before": before, "after": after, "next_room": next_room, "kind_words": page.kind_words}


def beside(pages: list[Any], page: Any) -> tuple[Any, Any]:
    """The page before and the one after; None at the ends."""
    numbers = [one.pk for one in pages]
    if page.pk not in numbers:
        return None, None
    at = numbers.index(page.pk)
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)


def exhibit_told(page: Any) -> dict[str, Any]:
    film = page.film[0].value if page.film else None
    if not film:
        return {}
    return {
        "film_url": film_url(page, film["film"]),
        "captions_url": film_url(page, film["captions"]),
        "media_type": WEBM if film["film"].filename.endswith(".webm") else MP4,
        "transcript": spoken(queries.captions_of(film["captions"])),
        "shows": film.get("shows") or "",
    }


def film_url(page: Any, document: Any) -> str:
    return reverse("website:show_film", args=[page.pk, document.filename])


def scene_told(page: Any) -> dict[str, Any]:
    panorama = page.panorama[0].value["picture"] if page.panorama else None
    return {"panorama": panorama, "spots": spots_of(page), "across": ACROSS, "high": HIGH}


def spots_of(page: Any) -> list[dict[str, Any]]:
    """The places of a scene, numbered, each with where it lies on the flat picture, and the page to which it leads if that is published."""
    return [
        {
            "number": number,
            "name": block.value["name"],
            "words": block.value["words"],
            "yaw": block.value["yaw"],
            "pitch": block.value["pitch"],
            "x": round(block.value["yaw"] + HALF_TURN, 1),
            "y": round(QUARTER_TURN - block.value["pitch"], 1),
            "picture": block.value["picture"],
            "page": leads_to(block.value["leads_to"]),
        }
        for number, block in enumerate(page.hotspots, 1)
    ]


def leads_to(doors: Any) -> Any:
    page = doors[0].value if doors else None
    return page if page and page.live else None
