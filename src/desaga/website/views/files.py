"""Files that pages of the site name: the same for everybody."""

from __future__ import annotations

import hashlib
import mimetypes
import re

from django.contrib.sitemaps.views import sitemap
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.generic import View

from desaga.organisations.models import Organisation
from desaga.ui.colour import accent_stylesheet

from .. import queries
from ..sitemaps import SITEMAPS, addresses_of_sitemaps

RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
#: A film is answered in pieces no larger than this, whatever is asked.
PIECE = 4 * 1024 * 1024
A_MINUTE = 60
#: What a page shows can be gone within a minute, its pictures too, wherever they are kept.
KEPT = f"public, max-age={A_MINUTE}"
PNG = b"\x89PNG"
A_WHILE = "public, max-age=3600"
#: Renditions alone are for everybody; originals stay with the editors.
OPEN_FOLDER = "images/"


#: Workspaces, accounts and what programs ask: nothing there is for readers. Pages opened by links of mails are named nowhere.
NOT_FOR_SEARCH = ("/account/", "/api/", "/editing/", "/my-work/", "/o/")

#: Downloads are counted, and gone at once: whoever keeps one asks each time whether it still is what it was.
asked_each_time = cache_control(no_cache=True, public=True)


class ShowSiteLookView(View):
    """The stylesheet with an organisation's accent; empty where it has none."""

    def get(self, request: HttpRequest, owner: str) -> HttpResponse:
        organisation = get_object_or_404(Organisation, slug=owner)
        accent = organisation.accent
        answer = HttpResponse(accent_stylesheet(accent) if accent else "", content_type="text/css")
        answer.headers["Cache-Control"] = A_WHILE
        return answer


class ShowSiteLogoView(View):
    """The logo of an organisation whose site is open. Its settings let only small pictures in, and kept their points alone."""

    def get(self, request: HttpRequest, owner: str) -> HttpResponse:
        organisation = get_object_or_404(Organisation, slug=owner)
        if not organisation.logo or queries.open_home_of(organisation) is None:
            raise Http404("There is no such logo.")
        with organisation.logo.open("rb") as file:
            content = file.read()
        answer = HttpResponse(content, content_type="image/png" if content.startswith(PNG) else "image/jpeg")
        answer.headers["Cache-Control"] = A_WHILE
        return answer


class ShowRobotsView(View):
    """What programs need not look at, and where all that may be found is listed. What is nobody's business asks who one is; this keeps nothing secret."""

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_SEARCH), "", *(f"Sitemap: {one}" for one in addresses_of_sitemaps())]  # fmt: skip
        return HttpResponse(
            "\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": A_WHILE}
        )


class ShowSitemapView(View):
    """Addresses of one kind of page for search engines (https://www.sitemaps.org)."""

    def get(self, request: HttpRequest, section: str) -> HttpResponse:
        answer: HttpResponse = sitemap(request, SITEMAPS, section)
        answer.headers["Cache-Control"] = KEPT
        return answer


class ShowPictureView(View):
    """One size of a picture that a page shows."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        storage = storages["pictures"]
        if not name.startswith(OPEN_FOLDER) or ".." in name or not storage.exists(name):
            raise Http404("There is no such picture.")
        with storage.open(name) as file:
            content = file.read()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        told = {"Cache-Control": KEPT, "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
        # Whoever has it already is told that it is the same; it is not sent again.
        answer = HttpResponse(content, content_type=kind, headers=told)
        return get_conditional_response(request, etag=told["ETag"], response=answer) or answer


class ShowFilmView(View):
    """A film of the exhibition, or its captions; in pieces where a player asks for pieces. Gone with the page that shows it."""

    def get(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        document = queries.film_shown(pk, name)
        if document is None:
            raise Http404("There is no such film.")
        kind = mimetypes.guess_type(name)[0] or ("text/vtt" if name.endswith(".vtt") else "application/octet-stream")
        size = document.file.size
        asked = RANGE.match(request.headers.get("Range", ""))
        first, last = piece(asked, size) if asked else (0, size - 1)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        with document.file.open() as file:
            file.seek(first)
            answer = HttpResponse(file.read(last - first + 1), content_type=kind, status=206 if asked else 200)
        answer.headers["Accept-Ranges"] = "bytes"
        if asked:
            answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        patch_cache_control(answer, public=True, max_age=A_MINUTE)
        return answer


def piece(asked: re.Match[str], size: int) -> tuple[int, int]:
    """The first and last byte of what a player asks for (RFC 9110, 14.1.2); the first after the last where there is no such piece."""
    start, end = asked.groups()
    if not start:
        return (max(0, size - int(end)), size - 1) if end else (1, 0)
    last = min(int(end), size - 1) if end else size - 1
    return int(start), min(last, int(start) + PIECE - 1)
