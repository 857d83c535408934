"""What the pages of applicants share: they stand outside the workspace of whoever runs the scheme, and are about one's own application alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from desaga.accounts.queries import workspaces
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from ..models import Application, Scheme
from ..queries.applications import own_application_or_404
from ..queries.schemes import open_scheme_or_404


class OwnerMixin:
    """A page of whoever runs schemes, that one opens without belonging there. `enter` makes it read in their name, so what it may read is up to its queries."""

    request: HttpRequest
    kwargs: dict[str, Any]
    needs_account = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.needs_account and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        if organisation is None:
            raise Http404("There is no such scheme.")
        self.organisation = organisation
        enter(organisation, user=request.user if request.user.is_authenticated else None)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class OpenSchemeMixin(OwnerMixin):
    """About a scheme that is open to the public."""

    @cached_property
    def scheme(self) -> Scheme:
        return open_scheme_or_404(self.kwargs["scheme_slug"])


class OwnMixin(OwnerMixin):
    """About an application of one's own, or what it was awarded."""

    def address(self, name: str, *more: Any) -> str:
        """The address of a page of this application."""
        ids = [self.kwargs[one] for one in ("organisation_slug", "scheme_slug", "reference")]
        return reverse(f"placements:{name}", args=[*ids, *more])

    def back(self) -> str:
        return self.address("show_application")


class OwnPressView(OwnMixin, View):
    """One press, then back to where one was: `perform` answers what is said of it."""

    http_method_names = ["post"]

    def perform(self) -> str:
        """Make the one call. Raise a `Refused` to say no."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            said = self.perform()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            if said:
                messages.success(request, said)
        return redirect(self.back())


@method_decorator(never_cache, name="dispatch")
class OwnApplicationMixin(OwnMixin):
    """About an application of one's own; to everybody else there is no such thing."""

    @cached_property
    def application(self) -> Application:
        return own_application_or_404(self.request.user, self.kwargs["scheme_slug"], self.kwargs["reference"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"application": self.application, "scheme": self.application.scheme, "owner": self.organisation}
        return super().get_context_data(**(told | kwargs))  # type: ignore[misc]


class OwnApplicationView(OwnApplicationMixin, TemplateView):
    """A page to read."""


class OwnConfirmView(OwnApplicationMixin, OwnPressView, TemplateView):
    """Asks once before something is done that cannot be undone."""

    http_method_names = ["get", "post"]
    template_name = "placements/apply_confirm.html"
    title = sentence = button = ""
    takes_words = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "sentence": self.sentence, "button": self.button, "takes_words": self.takes_words}
        return super().get_context_data(back=self.back(), **words, **kwargs)
