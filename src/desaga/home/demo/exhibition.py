"""The demo's exhibition: rooms with pictures, a film, objects and scenes, all drawn by us; people who do not exist agreed to be in it. And its tour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from desaga.accounts.models import User
from desaga.consents.models import Consent
from desaga.consents.operations.answering import hear
from desaga.consents.operations.asking import Shown, ask_consent
from desaga.consents.states import By
from desaga.exhibition import queries as touring
from desaga.exhibition.operations import requests, tours
from desaga.exhibition.operations.requests import Asked
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.website.models import Download, ExhibitionPage, ExhibitPage, RoomPage, ScenePage, StoryPage
from desaga.website.operations.files import keep_picture
from desaga.website.operations.sites import collection_of
from desaga.website.queries import home_belonging_to
from desaga.website.reach import reach_everything

from .drawings import DRAWINGS, drawn
from .likenesses import likeness
from .pictures import workshop_picture
from .spheres import looking_at, workshop_sphere
from .world import email_of, world

HERE = Path(__file__).parent
TWO_YEARS = timedelta(days=2 * 365)


def load_exhibitions() -> None:
    """Hang each organisation's exhibition, where it has none yet."""
    for told in world()["exhibitions"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            home = home_belonging_to(organisation)
            with reach_everything():
                is_there = home is None or ExhibitionPage.objects.child_of(home).exists()
            if not is_there:
                load_exhibition(organisation, actor, home, told)
            if "tour" in told and touring.tour_kept() is None:
                load_tour(organisation, actor, told["tour"])


def load_exhibition(organisation: Organisation, actor: User, home: Any, told: dict[str, Any]) -> None:
    with reach_everything():
        exhibition = ExhibitionPage(title=told["title"], slug="exhibition", summary=told["summary"], show_in_menus=True)
        if "picture" in told:
            exhibition.picture = picture_block(organisation, told["picture"])
        exhibition.body = blocks(told.get("body", []))
        put(home, exhibition, actor)
        for one in told["rooms"]:
            room = RoomPage(title=one["title"], slug=one["slug"], summary=one["summary"])
            room.body = blocks(one.get("body", []))
            put(exhibition, room, actor)
            for thing in one["things"]:
                load_thing(organisation, actor, room, thing)


def load_thing(organisation: Organisation, actor: User, room: RoomPage, told: dict[str, Any]) -> None:
    same = {name: told[name] for name in ("title", "slug", "summary")}
    if told["kind"] == "scene":
        page: Any = ScenePage(**same)
        page.panorama = [{"type": "panorama", "value": {"picture": shown(organisation, told["picture"])}}]
        page.hotspots = [hotspot(room, one) for one in told["places"]]
    else:
        page = ExhibitPage(kind=told["kind"], **same)
        for name in ("maker", "made_when", "material"):
            setattr(page, name, told.get(name, ""))
        page.picture = picture_block(organisation, told["picture"])
        if told["kind"] == "film":
            page.film = film(organisation, told["title"])
    page.body = blocks(told.get("body", []))
    if "agreed" in told:
        page.people, page.consents = "agreed", [agreed(organisation, actor, told).pk]
    put(room, page, actor)


def put(parent: Any, page: Any, actor: User) -> None:
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(user=actor).publish()


def blocks(told: list[list[Any]]) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value} for kind, value in told]


def picture_block(organisation: Organisation, told: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "picture", "value": {"picture": shown(organisation, told), "caption": told.get("caption", "")}}]


def shown(organisation: Organisation, told: dict[str, Any]) -> dict[str, Any]:
    """A picture drawn for the demo, with what it shows in words."""
    name, seed = told["draws"], told.get("seed", 0)
    if name in DRAWINGS:
        data = drawn(name)
    else:
        data = {"sphere": workshop_sphere, "likeness": likeness, "bench": workshop_picture}[name](seed)
    picture = keep_picture(
        organisation, data, f"{name}-{seed}.jpg", title=told["words"][:200], credit="Drawn for this demo"
    )
    return {"image": picture.pk, "alt_text": told["words"], "decorative": False}


def film(organisation: Organisation, title: str) -> list[dict[str, Any]]:
    files = [
        Download.objects.create(
            title=f"{title} ({name})",
            file=ContentFile((HERE / name).read_bytes(), name=name),
            collection=collection_of(organisation),
        )
        for name in ("flame.webm", "flame.vtt")
    ]
    return [{"type": "film", "value": {"film": files[0].pk, "captions": files[1].pk}}]


def hotspot(room: RoomPage, told: dict[str, Any]) -> dict[str, Any]:
    yaw, pitch = looking_at(told["wall"], told["along"], told["up"])
    leads_to = place_of(room, told.get("leads_to", ""))
    value = {"name": told["name"], "words": f"<p>{told['words']}</p>", "yaw": yaw, "pitch": pitch, "picture": None}
    return {
        "type": "hotspot",
        "value": {**value, "leads_to": [{"type": "page", "value": leads_to.pk}] if leads_to else []},
    }


def place_of(room: RoomPage, slug: str) -> Any:
    """The page to which a place leads: a thing of the room, or a story."""
    if not slug:
        return None
    return room.get_children().filter(slug=slug).first() or StoryPage.objects.live().filter(slug=slug).first()


def agreed(organisation: Organisation, actor: User, told: dict[str, Any]) -> Consent:
    """What somebody who does not exist said yes to."""
    now, who = timezone.now(), told["agreed"]
    consent = ask_consent(
        actor=actor, organisation=organisation, shown=Shown(name=who["name"], email=who["email"]), about=f"The picture “{told['title']}”",
        what=["name", "image"], where=["site", "schools", "print"], until=timezone.localdate() + TWO_YEARS,
    )  # fmt: skip
    return hear(consent=consent, by=By.PERSON, name=who["name"], what=["name", "image"], where=who["where"], now=now)


def load_tour(organisation: Organisation, actor: User, told: dict[str, Any]) -> None:
    """What is lent, and requests in several states."""
    tours.describe_tour(
        actor=actor,
        organisation=organisation,
        title=told["title"],
        words=told["words"],
        needs=told["needs"],
        longest_days=told["longest_days"],
    )
    tour = tours.open_tour(actor=actor)
    for one in told["requests"]:
        today = timezone.localdate()
        days = {"starts_on": today + timedelta(days=one["from"]), "ends_on": today + timedelta(days=one["until"])}
        names = ("venue", "venue_kind", "place", "contact_name", "contact_email", "words")
        request = requests.ask_for_tour(tour=tour, asked=Asked(**days, **{name: one[name] for name in names}))
        request = requests.confirm_request(request=request)
        for step in one["steps"]:
            words = {"words": one["said"]} if step in ("talk_over", "agree", "refuse") else {}
            request = getattr(requests, step)(actor=actor, request=request, **words)
