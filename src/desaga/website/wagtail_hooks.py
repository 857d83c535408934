"""What Wagtail asks us before it does something."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as TagDownloads
from wagtail.images.views.bulk_actions import AddTagsBulkAction as TagPictures

from .queries import NOT_TO_TAKE

# Nothing is tagged (`editing.TAGS`): a button that does so is offered for no kind of thing.
TagPictures.models = TagDownloads.models = []


@hooks.register("before_serve_document")
def keep_films_with_their_page(document: Any, request: HttpRequest) -> None:
    if document.filename.lower().endswith(NOT_TO_TAKE):
        raise Http404("Films are shown on their page.")


@hooks.register("before_serve_document")
def keep_back_what_nobody_agrees_to_any_more(document: Any, request: HttpRequest) -> None:
    if document.is_over:
        raise Http404("This is no longer given out.")
