"""The applicant's page of one application."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.tenancy.context import enter

from ..models import Application
from ..queries.applications import own_application_or_404
from ..queries.asking import asked_told


class OwnApplicationMixin(LoginRequiredMixin):
    """A page about one application, for whoever made it; to all others there is no such page."""

    kwargs: dict[str, Any]
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        if organisation is None:
            raise Http404
        enter(organisation, user=request.user)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def application(self) -> Application:
        return own_application_or_404(self.request.user, self.kwargs["scheme_slug"], self.kwargs["reference"])


class ShowApplicationView(OwnApplicationMixin, TemplateView):
    template_name = "placements/show_application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, asked=asked_told(self.application), **kwargs)
