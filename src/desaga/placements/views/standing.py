"""The page on which somebody sees who answers for them, and ends it: behind the link of a mail, without an account."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from ..operations import standing_deputies
from ..queries.asking import deputy_opened


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class EndDeputyView(TemplateView):
    """Opening it writes nothing. The key is a query word, and a hidden field of the form."""

    template_name = "placements/end_deputy.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        self.owner = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        self.deputy = deputy_opened(self.owner, self.key) if self.owner else None
        if self.deputy is None:
            return self.render_to_response({"organisation": self.owner}, status=404)
        enter(self.owner, user=request.user if request.user.is_authenticated else None)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(deputy=self.deputy, organisation=self.owner, key=self.key, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.deputy is not None
        # Pressed twice it is ended once, and the page says so.
        with suppress(Refused):
            standing_deputies.end_deputy(deputy=self.deputy)
        return redirect(f"{request.path}?{urlencode({'key': self.key})}")
