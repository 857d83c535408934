"""A person's dates in their own calendar."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from .. import queries
from ..calendars import calendar_of
from ..operations import calendars


@method_decorator(never_cache, name="dispatch")
class ShowCalendarView(LoginRequiredMixin, TemplateView):
    """Makes the link, shows it once, ends it."""

    template_name = "rounds/show_calendar.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.person is None:
            raise Http404("This account is of no person.")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "end" in request.POST:
            calendars.end_calendar_link(actor=request.user)
            return redirect("rounds:show_calendar")
        key = calendars.make_calendar_link(actor=request.user)
        address = f"{settings.SITE_ADDRESS}{reverse('rounds:fetch_calendar')}?{urlencode({'key': key})}"
        return self.render_to_response(self.get_context_data(address=address))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_link=queries.has_calendar_link(self.request.user), **kwargs)


@method_decorator(never_cache, name="dispatch")
class FetchCalendarView(View):
    """What a calendar program fetches. It writes nothing, and opens nothing but dates."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        user = queries.user_of_calendar(request.GET.get("key", ""))
        if user is None:
            raise Http404("There is no such calendar.")
        content = calendar_of("Desaga", queries.dates_of(user))
        return HttpResponse(content, content_type="text/calendar; charset=utf-8")
