"""Where search engines find what everybody may read: pages of all sites, published plans, open schemes (https://www.sitemaps.org)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.models import Page

from desaga.placements.queries.schemes import every_open_scheme
from desaga.public.queries import every_copy

from . import queries


class OurSitemap(Sitemap[Any]):
    """Addresses under the one that the server is known by, whoever asks."""

    #: A file holds fifty thousand addresses at most; several thousand are read at ease.
    limit = 5_000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).netloc


class PagesSitemap(OurSitemap):
    """What editors published, while it may be seen. No query for each page: an address is the page's own path below all sites."""

    def items(self) -> Any:
        return queries.pages_to_be_found()

    def location(self, item: Page) -> str:
        return reverse("wagtail_serve", args=[item.url_path.split("/", 2)[2]])

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at  # type: ignore[no-any-return]


class PlansSitemap(OurSitemap):
    """Action plans as their organisations publish them."""

    def items(self) -> Any:
        return every_copy()

    def lastmod(self, item: Any) -> datetime:
        return item.published_at  # type: ignore[no-any-return]


class SchemesSitemap(OurSitemap):
    """Schemes that are open to applications or were."""

    def items(self) -> Any:
        return every_open_scheme()

    def location(self, item: Any) -> str:
        return reverse("placements:show_open_scheme", args=[item.organisation.slug, item.slug])


SITEMAPS: dict[str, type[Sitemap[Any]]] = {"pages": PagesSitemap, "plans": PlansSitemap, "schemes": SchemesSitemap}


def addresses_of_sitemaps() -> list[str]:
    """Each file of each sitemap, for robots.txt."""
    found = []
    for section, kind in SITEMAPS.items():
        address = f"{settings.SITE_ADDRESS}{reverse('website:show_sitemap', args=[section])}"
        pages = kind().paginator.num_pages
        found += [address, *(f"{address}?p={page}" for page in range(2, pages + 1))]
    return found
