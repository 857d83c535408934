from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from desaga.organisations.doors import WorkspaceView
from desaga.ui.finding import find
from desaga.website.queries import national_home

from . import queries
from .demo.world import sign_ins
from .forms import SearchForm


class ShowLandingView(TemplateView):
    """The front door. Whoever is signed in goes on to what waits for them."""

    template_name = "home/show_landing.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("home:list_waiting")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = sign_ins() if settings.DEMO else []
        return super().get_context_data(demo_sign_ins=demo, campaign=national_home(), **kwargs)


class ListWaitingView(LoginRequiredMixin, TemplateView):
    template_name = "home/list_waiting.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.navigation_section = "my-work"  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        workspaces = queries.waiting_everywhere(self.request.user)
        own = queries.own_waiting(self.request.user)
        return super().get_context_data(
            workspaces=workspaces,
            own=own,
            total=sum(len(workspace.items) for workspace in workspaces) + len(own),
            today=timezone.localdate(),
            **kwargs,
        )


class ShowOrganisationView(WorkspaceView):
    template_name = "home/show_organisation.html"
    section = "overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            overview=queries.overview_of(self.request.membership),  # type: ignore[attr-defined]
            search_form=SearchForm(),
            today=timezone.localdate(),
            sees_schemes=self.request.user.has_perm("placements.see_schemes", self.organisation),  # type: ignore[union-attr]
            **kwargs,
        )


class SearchOrganisationView(WorkspaceView):
    template_name = "home/search_organisation.html"
    section = "search"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(self.request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        kinds = find(words, self.request.user, self.organisation)
        return super().get_context_data(
            search_form=form, words=words, kinds=kinds, total=sum(len(kind.finds) for kind in kinds), **kwargs
        )


class ShowAccessibilityView(TemplateView):
    template_name = "home/show_accessibility.html"
    extra_context = {"contact": settings.CONTACT_ADDRESS}


class ShowPrivacyView(TemplateView):
    template_name = "home/show_privacy.html"
    extra_context = {"contact": settings.CONTACT_ADDRESS}


class ShowCookiesView(TemplateView):
    template_name = "home/show_cookies.html"
    extra_context = {"session_cookie": settings.SESSION_COOKIE_NAME, "forgery_cookie": settings.CSRF_COOKIE_NAME}
