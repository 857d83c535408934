"""Which sites there are, and which pages stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.timezone import localdate
from wagtail.models import Page

from desaga.ui.languages import WELSH

from .people import showing_people

if TYPE_CHECKING:
    from ..models import NationalHomePage, OrganisationHomePage


def pages_below(page: Any) -> list[Any]:
    """The pages under one, without what it says itself in Welsh."""
    from ..models import StandardPage

    return list(page.get_children().live().exclude(pk__in=StandardPage.objects.child_of(page).filter(language=WELSH)))


def pages_to_be_found() -> QuerySet[Page]:
    """What search engines may be told of: whatever of all open sites may be seen today. Two queries, however many pages."""
    from ..models import SitesPage, StoryPage

    sites = SitesPage.objects.first()
    if sites is None:
        return Page.objects.none()
    gone = [StoryPage, *(kind for kind in showing_people() if not kind.stays)]
    # A page's path begins with that of its site's front page.
    front = sites.get_children().live()
    of_site = Substr("path", 1, len(sites.path) + Page.steplen)
    hidden = [kind.objects.filter(shown_until__lte=localdate()).order_by().values("pk") for kind in gone]
    pages = Page.objects.live().alias(of_site=of_site).filter(of_site__in=front.values("path"))
    return pages.exclude(pk__in=hidden[0].union(*hidden[1:])).order_by("path")


def is_national(page: Any) -> bool:
    """Whether a page stands in the national site."""
    from ..models import NationalHomePage

    return NationalHomePage.objects.ancestor_of(page, inclusive=True).exists()


def home_of(page: Any) -> NationalHomePage | OrganisationHomePage | None:
    """The front page of the site in which a page stands; None at the root."""
    from ..models import NationalHomePage, OrganisationHomePage

    for kind in (OrganisationHomePage, NationalHomePage):
        if isinstance(page, kind):
            return page
        home = kind.objects.ancestor_of(page).select_related("belongs_to").first()
        if home is not None:
            return home
    return None


def home_belonging_to(organisation: Any) -> NationalHomePage | OrganisationHomePage | None:
    """The front page of an organisation's site, published or not, with what there is to say of it to its editors."""
    from ..models import NationalHomePage, OrganisationHomePage
    from ..reach import reach_everything

    with reach_everything():
        for kind in (OrganisationHomePage, NationalHomePage):
            if found := kind.objects.filter(belongs_to=organisation).first():
                return found
    return None


def open_home_of(organisation: Any) -> NationalHomePage | OrganisationHomePage | None:
    """The front page of an organisation's site, where everybody may read it."""
    from ..models import NationalHomePage, OrganisationHomePage

    rows = (kind.objects.live().filter(belongs_to=organisation).select_related("belongs_to").first() for kind in (OrganisationHomePage, NationalHomePage))  # fmt: skip
    return next((home for home in rows if home is not None), None)


def organisations_with_sites() -> list[Any]:
    """Whose site there is, published or not."""
    from ..models import NationalHomePage, OrganisationHomePage
    from ..reach import reach_everything

    with reach_everything():
        return [
            home.belongs_to
            for kind in (NationalHomePage, OrganisationHomePage)
            for home in kind.objects.select_related("belongs_to").order_by("pk")
        ]


def national_home() -> NationalHomePage | None:
    """The front page of the campaign, where there is one and it is published."""
    from ..models import NationalHomePage

    return NationalHomePage.objects.live().first()


def organisation_of(page: Any) -> Any:
    """Whose site a page stands in."""
    home = home_of(page)
    return home.belongs_to if home else None


def page_at(path: str) -> Any:
    """The page at an address below all sites, or the one of which it is a part; published or not. Call where all is reached."""
    from ..models import SitesPage

    sites = SitesPage.objects.first()
    if sites is None:
        return None
    steps = [one for one in path.split("/") if one]
    paths = ["/".join([sites.url_path.rstrip("/"), *steps[:number], ""]) for number in range(1, len(steps) + 1)]
    found = Page.objects.filter(url_path__in=paths).order_by("-depth").first()
    return found.specific if found else None
