"""Files that pages of the site name: the same for everybody."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from desaga.organisations.models import Organisation
from desaga.ui.colour import accent_stylesheet

#: A picture's name changes with what is in it.
FOR_LONG = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=3600"
#: Renditions alone are for everybody; originals stay with the editors.
OPEN_FOLDER = "images/"


class ShowSiteLookView(View):
    """The stylesheet with an organisation's accent; empty where it has none."""

    def get(self, request: HttpRequest, owner: str) -> HttpResponse:
        organisation = get_object_or_404(Organisation, slug=owner)
        accent = organisation.accent
        answer = HttpResponse(accent_stylesheet(accent) if accent else "", content_type="text/css")
        answer.headers["Cache-Control"] = A_WHILE
        return answer


class ShowPictureView(View):
    """One size of a picture that a page shows."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        storage = storages["pictures"]
        if not name.startswith(OPEN_FOLDER) or ".." in name or not storage.exists(name):
            raise Http404("There is no such picture.")
        with storage.open(name) as file:
            answer = HttpResponse(file.read(), content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
        answer.headers["Cache-Control"] = FOR_LONG
        return answer
