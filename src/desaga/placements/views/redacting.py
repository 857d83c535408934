"""Copies of files without names, for the panel that reads without names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import View

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin

from ..forms import RedactForm
from ..letter_files import as_answer
from ..operations import redacting
from ..queries import redacting as reads
from .eligibility import ApplicationMixin


class RedactFilesView(ApplicationMixin, WorkspaceFormView):
    """The files of an application, each with the copy that the panel reads in its place."""

    template_name = "placements/redact_files.html"
    form_class = RedactForm
    title = "Copies without names"
    button = "Put it in its place"
    said = "While names are hidden the panel reads this copy."

    def get_form_kwargs(self) -> dict[str, Any]:
        given = [(one.pk, one.name) for one in reads.files_with_copies(self.application)]
        return {**super().get_form_kwargs(), "given": given}

    def perform(self, form: RedactForm) -> None:
        told = {"file_id": int(form.cleaned_data["file"]), "copy": form.cleaned_data["copy"]}
        redacting.put_redacted(actor=self.request.user, application=self.application, **told)

    def get_success_url(self) -> str:
        return self.address(
            "placements:redact_files", scheme_slug=self.scheme.slug, reference=self.application.reference
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(files=reads.files_with_copies(self.application), **kwargs)


class FetchRedactedView(ApplicationMixin, WorkspaceMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_answer(reads.redacted_or_404(self.application, self.kwargs["pk"]))


class RemoveRedactedView(ApplicationMixin, PressView):
    def perform(self) -> str:
        redacting.remove_redacted(
            actor=self.request.user, redacted=reads.redacted_or_404(self.application, self.kwargs["pk"])
        )
        return "While names are hidden the panel reads nothing of that file."

    def back(self) -> str:
        return reverse(
            "placements:redact_files", args=[self.organisation.slug, self.scheme.slug, self.application.reference]
        )
