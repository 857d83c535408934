"""A plan's pages as files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import View

from desaga.documents.out import FORMATS

from ..exports import NotForThePublic, TooLongForPDF, take_out, views
from .plans import PlanMixin


class TakeOutView(PlanMixin, View):
    """One view of a plan as a file, narrowed by the same query as its page; `public=yes` for what the public may read."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view, format = views().get(self.kwargs["view"]), FORMATS.get(self.kwargs["format"])
        if view is None or format is None:
            raise Http404
        wanted, public = view.wanted(self.plan, request.GET), bool(request.GET.get("public"))
        try:
            file = take_out(self.plan, view, format, wanted, public=public, today=timezone.localdate())
        except NotForThePublic as refusal:
            raise Http404 from refusal
        except TooLongForPDF as refusal:
            messages.error(request, str(refusal))
            return redirect(self.plan)
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(file.content, content_type=file.media_type, headers=headers)
