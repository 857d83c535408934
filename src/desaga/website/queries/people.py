"""What shows people, and on which consents it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import Resolver404, resolve
from django.utils.timezone import localdate
from wagtail.models import Page, ReferenceIndex

if TYPE_CHECKING:
    from ..models import Download


def still_agreed() -> Q:
    return Q(shown_until=None) | Q(shown_until__gt=localdate())


def showing_people() -> list[Any]:
    """The kinds of pages that may show somebody on the strength of consents."""
    from ..models.people import ShowsPeople

    return [kind for kind in apps.get_app_config("website").get_models() if issubclass(kind, ShowsPeople)]


def resting_on(consent_pk: int) -> list[Any]:
    """What is shown on the strength of a consent, published or not. Call where all is reached."""
    rows = [
        kind.objects.filter(consents__contains=[consent_pk]).values_list("pk", flat=True) for kind in showing_people()
    ]
    found = list(rows[0].union(*rows[1:]))
    return list(Page.objects.filter(pk__in=found).order_by("path").specific()) if found else []


def showing_pictures_of(pages: list[Any]) -> list[Any]:
    """Other live pages that show one of the pictures of these. Call where all is reached."""
    from ..models.people import ShowsPeople

    pictures = [str(number) for page in pages for number in pictures_of(page)]
    named = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=picture_type(),
        to_object_id__in=pictures,
    )
    numbers = {int(number) for number in named.values_list("object_id", flat=True)} - {page.pk for page in pages}
    found = Page.objects.filter(pk__in=numbers).live().order_by("path").specific() if numbers else []
    return [one for one in found if isinstance(one, ShowsPeople)]


def pictures_of(page: Any) -> set[int]:
    """The numbers of all pictures that a page names, whatever block they stand in."""
    named = ReferenceIndex.get_references_for_object(page).filter(to_content_type=picture_type())
    return {int(number) for number in named.values_list("to_object_id", flat=True)}


def picture_type() -> ContentType:
    from ..models import Picture

    return ContentType.objects.get_for_model(Picture)


def is_of_people(page: Any) -> bool:
    """Whether a page is there for whoever is on it: a story, or what goes when a consent ends."""
    from ..models import StoryPage
    from ..models.people import ShowsPeople

    rests = isinstance(page, ShowsPeople) and not page.stays and page.people == page.People.AGREED
    return rests or isinstance(page, StoryPage)


def download_at(path: str) -> Any:
    """The file that is given out at an address. Call where all is reached."""
    from ..models import Download

    try:
        found = resolve(path)
    except Resolver404:
        return None
    return Download.objects.filter(pk=found.kwargs["document_id"]).first() if "document_id" in found.kwargs else None


def downloads_resting_on(consent_pk: int) -> QuerySet[Download]:
    """The files that show somebody on the strength of a consent. Call where all is reached."""
    from ..models import Download

    return Download.objects.filter(consents__contains=[consent_pk]).order_by("pk")
