"""Who fetches a file that was given with a report or a follow-up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.generic import View

from desaga.organisations.doors import WorkspaceMixin

from ..letter_files import SEALED
from ..models import Award
from ..queries.after import outcome_file_or_404
from .own import OfAwardMixin
from .staff import AwardMixin


def as_attachment(award: Award, pk: int) -> HttpResponse:
    """As an attachment and nothing else, once the virus scanner is past it."""
    file, content = outcome_file_or_404(award, pk)
    if not file.can_be_fetched:
        raise Http404
    headers = SEALED | {"Content-Disposition": content_disposition_header(True, file.name) or "attachment"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


class FetchOwnOutcomeFileView(OfAwardMixin, View):
    """A file that one gave with a report or a follow-up."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_attachment(self.award, self.kwargs["pk"])


class FetchOutcomeFileView(AwardMixin, WorkspaceMixin, View):
    """The same, for those who run the scheme."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_attachment(self.award, self.kwargs["pk"])
