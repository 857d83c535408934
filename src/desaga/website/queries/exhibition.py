"""The exhibition: its rooms, what is shown in them, and its films."""

from __future__ import annotations

from typing import Any

from .people import still_agreed
from .sites import home_belonging_to, organisation_of


def rooms_of(exhibition: Any) -> list[Any]:
    """The rooms that are open, in their order."""
    from ..models import RoomPage

    return list(RoomPage.objects.child_of(exhibition).live().order_by("path"))


def rooms_beside(room: Any) -> list[Any]:
    """The rooms of the exhibition in which a room is, itself included."""
    from ..models import RoomPage

    return list(RoomPage.objects.sibling_of(room).live().order_by("path"))


def things_under(page: Any) -> list[Any]:
    """What is shown today in the rooms under a page (or in the room that it is), in their order: two queries whatever their number."""
    from ..models import ExhibitPage, ScenePage

    found = [
        one
        for kind in (ExhibitPage, ScenePage)
        for one in kind.objects.descendant_of(page).live().filter(still_agreed())
    ]
    return sorted(found, key=lambda one: one.path)


def with_cards(things: list[Any]) -> list[Any]:
    """Each thing with the picture that stands for it in a list, as `card`: one query for all."""
    from ..models import Picture

    numbers = {one.pk: first_picture(one) for one in things}
    kept = Picture.objects.in_bulk([number for number in numbers.values() if number])
    for one in things:
        one.card = kept.get(numbers[one.pk])
    return things


def first_picture(thing: Any) -> int | None:
    """The number of its first picture, read without fetching it."""
    blocks = getattr(thing, "picture", None) or getattr(thing, "panorama", None)
    told = blocks.raw_data[0]["value"]["picture"] if blocks else None
    return told.get("image") if isinstance(told, dict) else told


def things_by_room(exhibition: Any) -> dict[str, list[Any]]:
    """What is shown, by the path of its room."""
    rooms: dict[str, list[Any]] = {}
    for one in things_under(exhibition):
        rooms.setdefault(one.path[: -one.steplen], []).append(one)
    return rooms


def pack_of(exhibition: Any) -> Any:
    """What was made of an exhibition to take away; None where nothing was yet."""
    from ..models import SchoolPack

    return SchoolPack.objects.filter(exhibition_id=exhibition.pk).select_related("pack", "catalogue").first()


def captions_of(document: Any) -> str:
    """The words of a captions file; nothing where it is gone."""
    try:
        with document.file.open() as file:
            return str(file.read().decode("utf-8-sig")).replace("\r\n", "\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def exhibition_belonging_to(organisation: Any) -> Any:
    """The exhibition of an organisation's site, published or not. Call where its pages are reached."""
    from ..models import ExhibitionPage

    home = home_belonging_to(organisation)
    return ExhibitionPage.objects.child_of(home).first() if home else None


def exhibitions_shown() -> list[tuple[Any, int]]:
    """Whose exhibition is published, and its number."""
    from ..models import ExhibitionPage
    from ..reach import reach_everything

    with reach_everything():
        return [(organisation_of(one), one.pk) for one in ExhibitionPage.objects.live().order_by("pk")]


def exhibition_around(page: Any) -> Any:
    """The exhibition in which a page stands, or that it is; None elsewhere."""
    from ..models import ExhibitionPage

    return ExhibitionPage.objects.ancestor_of(page, inclusive=True).first()


def films_of(page: Any) -> list[Any]:
    """The film of a thing that is shown, and its captions."""
    blocks = getattr(page, "film", None)
    return [blocks[0].value["film"], blocks[0].value["captions"]] if blocks else []


def film_shown(page_pk: int, name: str) -> Any:
    """The file of that name of a film that everybody may see today, or None."""
    from ..models import ExhibitPage

    page = ExhibitPage.objects.live().filter(still_agreed(), pk=page_pk).first()
    return next((one for one in films_of(page) if one and one.filename == name), None) if page else None


def film_addresses(page: Any) -> dict[str, Any]:
    """Each file of a film by its address."""
    from ..exhibiting import film_url

    return {film_url(page, one): one for one in films_of(page)}
