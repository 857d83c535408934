"""The newsletter’s archive, and files to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .sites import home_belonging_to

if TYPE_CHECKING:
    from ..models import Download, NewsletterPage

MOST_DOWNLOADS = 500
#: Films and captions are shown by the page that rests on a consent (`views.files.ShowFilmView`), and gone with it: nobody takes them.
NOT_TO_TAKE = (".mp4", ".webm", ".vtt")


def newsletter_page(organisation: Any) -> NewsletterPage | None:
    """The published archive of an organisation's site."""
    from ..models import NewsletterPage

    home = home_belonging_to(organisation)
    return NewsletterPage.objects.child_of(home).live().first() if home and home.live else None


def downloads_of(organisation: Any) -> list[Download]:
    """The downloads of a site, what was taken most first; a short list by its nature. Reads them as the house itself."""
    from ..editing import collections_of
    from ..models import Download
    from ..reach import reach_everything

    with reach_everything():
        rows = Download.objects.filter(collection__in=collections_of([organisation]))
        for ending in NOT_TO_TAKE:
            rows = rows.exclude(file__iendswith=ending)
        return list(rows.order_by("-taken", "title", "pk")[:MOST_DOWNLOADS])
