"""The pages of whoever was awarded: theirs alone, wherever the scheme is; 404 for everybody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from desaga.organisations.refusals import Refused

from ..models import Award
from ..queries.awards import own_award_or_404
from .applicants import OwnMixin


class OfAwardMixin(OwnMixin):
    """A page about one's own award."""

    @cached_property
    def award(self) -> Award:
        award = own_award_or_404(self.request.user, self.kwargs["scheme_slug"], self.kwargs["reference"])
        award.application.organisation = self.organisation
        return award


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
