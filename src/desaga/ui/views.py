"""The living style guide: every component, and one page of each kind."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView

from . import style_guide
from .colour import accent_stylesheet


def show_style_guide_look(request: HttpRequest) -> HttpResponse:
    """The stylesheet with the invented organisation's accent."""
    return HttpResponse(accent_stylesheet(style_guide.ACCENT), content_type="text/css; charset=utf-8")


class ShowStyleGuideView(TemplateView):
    """Shown where DEBUG is on, and to anyone signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = getattr(request, "user", None)
        may_see = settings.DEBUG or (user is not None and user.is_authenticated)
        if not may_see or kwargs["kind"] not in style_guide.KINDS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [f"ui/style_guide/{self.kwargs['kind']}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | style_guide.examples(self.request)
