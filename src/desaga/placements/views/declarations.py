"""What somebody declared, and taking it back: later on something stands in the way after all, or it was said by mistake."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView

from ..forms import RecuseForm
from ..operations import conflicts, scoring
from ..queries import declared
from .reviewing import OneReadingMixin, ReadingMixin


class ListDeclarationsView(ReadingMixin, WorkspaceView):
    """What one declared on what a panel still decides on."""

    template_name = "placements/list_declarations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.organisation
        return super().get_context_data(
            clear=declared.declared_clear(user, organisation, self.scheme),
            in_the_way=declared.declared_in_the_way(user, self.scheme),
            **kwargs,
        )


class TakeDeclarationBackView(ReadingMixin, PressView):
    """A conflict that was said by mistake: one declares anew."""

    def perform(self) -> str:
        interest = declared.own_conflict_or_404(self.request.user, self.scheme, self.kwargs["pk"])
        conflicts.take_declaration_back(actor=self.request.user, interest=interest)
        return (
            f"It is taken back, and that is kept. Declare on {interest.application.reference} anew before you read it."
        )

    def back(self) -> str:
        return reverse("placements:list_declarations", args=[self.organisation.slug, self.scheme.slug])


class StepBackView(OneReadingMixin, WorkspaceFormView):
    """Something stands in the way after all: access ends, and it is minuted with its kind."""

    template_name = "placements/reading_form.html"
    form_class = RecuseForm
    title = "Step back"
    button = "Step back from it"
    said = "You have stepped back, and see no more of it. That is minuted; the applicant is not told."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kinds": self.application.definition.conflict_kinds}

    def perform(self, form: RecuseForm) -> None:
        scoring.step_back(actor=self.request.user, application=self.application, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.list_url()
