"""What everybody takes away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from .. import queries
from ..taking import as_csv

KEPT = "public, max-age=60"


class TakeSignatoriesView(View):
    """Who has signed a published charter, as a table."""

    def get(self, request: HttpRequest, owner: str, slug: str) -> HttpResponse:
        charter = queries.charter_at(owner, slug)
        words = as_csv(charter, queries.with_plans(queries.signatories_shown(charter, request.GET.dict())))
        answer = HttpResponse(words, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{charter.slug}-signatories.csv"'
        answer.headers["Cache-Control"] = KEPT
        return answer
