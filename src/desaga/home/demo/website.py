"""The demo's sites: a national campaign and an institute's own, with invented people and pictures drawn by us."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.website.models import StandardPage
from desaga.website.operations.files import keep_picture
from desaga.website.operations.sites import found_site
from desaga.website.queries import home_belonging_to
from desaga.website.reach import reach_everything

from .pictures import workshop_picture
from .world import email_of, world


def load_website() -> None:
    """Found and publish the sites that are not there yet."""
    for number, told in enumerate(world()["sites"]):
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            if home_belonging_to(organisation) is None:
                load_site(actor, organisation, told, number)


def load_site(actor: User, organisation: Organisation, told: dict[str, Any], number: int) -> None:
    home = found_site(
        actor=actor,
        organisation=organisation,
        title=told["title"],
        summary=told["summary"],
        is_national=told.get("is_national", False),
    )
    with reach_everything():
        picture = keep_picture(
            organisation,
            workshop_picture(number),
            f"bench-{number}.jpg",
            title="The bench by the window",
            credit="Drawn for the demo",
        )
        shown = {"image": picture.pk, "alt_text": told["picture_words"], "decorative": False}
        home.picture = [{"type": "picture", "value": {"picture": shown}}]
        home.body = [{"type": kind, "value": value} for kind, value in told.get("body", [])]
        home.save_revision(user=actor).publish()
        for shelf in home.get_children().specific():
            shelf.save_revision(user=actor).publish()
        for page in told.get("pages", []):
            load_page(actor, home, page)


def load_page(actor: User, home: Any, told: dict[str, Any]) -> None:
    page = StandardPage(title=told["title"], slug=told["slug"], summary=told["summary"], show_in_menus=False)
    page.body = [{"type": kind, "value": value} for kind, value in told["body"]]
    home.add_child(instance=page)
    page.save_revision(user=actor).publish()
