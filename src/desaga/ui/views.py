"""The living style guide: every component, on one page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView

from . import style_guide


class ShowStyleGuideView(TemplateView):
    """Shown where DEBUG is on, and to anyone signed in."""

    template_name = "ui/style_guide.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if not settings.DEBUG and not (user and user.is_authenticated):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | style_guide.examples(self.request)
