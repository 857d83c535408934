"""What the website does when something else has happened."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from desaga.tenancy.context import within

from .kept_cards import drop_card
from .models import Download, ExhibitionPage, ExhibitPage, NationalHomePage, OrganisationHomePage, RoomPage, ScenePage
from .models.pages import HomePage
from .models.people import ShowsPeople
from .operations.consenting import settle_or_take_away
from .operations.packs import want_pack
from .queries import exhibition_around
from .reach import reach_everything


def count_taken(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A download was taken: one more, and nothing of whom."""
    with reach_everything():
        Download.objects.filter(pk=instance.pk).update(taken=F("taken") + 1)


def show_stories_that_waited(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A front page is published: stories that were published before there was a site are put up."""
    if not isinstance(instance, OrganisationHomePage | NationalHomePage):
        return
    home: HomePage = instance
    from .showing import show_what_waited

    with within(home.belongs_to), reach_everything():
        show_what_waited(home.belongs_to)


def settle_people(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A page that may show people was published: it stays, if they agreed."""
    if isinstance(instance, ShowsPeople):
        settle_or_take_away(instance)


def drop_card_of_page(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A page was taken down or deleted: the card that was drawn of it goes, once that is certain."""
    if isinstance(instance, Page):
        number = instance.pk
        transaction.on_commit(lambda: drop_card(number))


OF_EXHIBITIONS = (ExhibitionPage, RoomPage, ExhibitPage, ScenePage)


def follow_exhibition(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Something of an exhibition was published, taken down, moved or deleted: pack and catalogue made anew."""
    page = getattr(instance, "specific_deferred", None)
    if not isinstance(instance, OF_EXHIBITIONS) and not isinstance(page, OF_EXHIBITIONS):
        return
    thing: Any = instance if isinstance(instance, OF_EXHIBITIONS) else page
    with reach_everything():
        exhibition = exhibition_around(thing)
        if exhibition is not None and exhibition.live:
            want_pack(exhibition)
