"""The pages of whoever was awarded: theirs alone, wherever the scheme is; 404 for everybody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from desaga.organisations.refusals import Refused

from ..models import Award
from ..queries.awards import own_award_or_404
from .applicants import OwnerMixin


class OwnMixin(OwnerMixin):
    """A page of whoever runs the scheme, for one with an account; what is read there starts from whose it is."""

    def address(self, name: str, *more: Any) -> str:
        """The address of a page of this application."""
        slugs = [self.kwargs[one] for one in ("organisation_slug", "scheme_slug", "reference")]
        return reverse(f"placements:{name}", args=[*slugs, *more])

    def back(self) -> str:
        return self.address("show_application")


class OfAwardMixin(OwnMixin):
    """A page about one's own award."""

    @cached_property
    def award(self) -> Award:
        award = own_award_or_404(self.request.user, self.kwargs["scheme_slug"], self.kwargs["reference"])
        award.application.organisation = self.organisation
        return award


class OwnView(OwnMixin, TemplateView):
    """A page to read."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.organisation, **kwargs)


class OwnFormView(OfAwardMixin, FormView):
    """A page with one form: a refusal comes back as an error above it."""

    template_name = "placements/own_form.html"
    title = button = intro = said = ""

    def perform(self, form: Any) -> Any:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.perform(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if self.said:
            messages.success(self.request, self.said)
        return redirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            organisation=self.organisation, award=self.award, application=self.award.application,
            title=self.title, button=self.button, intro=self.intro, back=self.back(), **kwargs,
        )  # fmt: skip


class OwnPressView(OfAwardMixin, View):
    """One press, then back to where one was."""

    http_method_names = ["post"]

    def perform(self) -> str:
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
