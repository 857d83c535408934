"""The versions of a scheme: each to read, two beside each other, as a file and from one; and the form as an applicant sees it, before anybody does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import View

from desaga.organisations.doors import WorkspaceMixin, WorkspaceView

from ..answering import parts
from ..comparing import compare
from ..defined_files import as_file
from ..defining import EMPLOYER_LEARNS, Section
from ..forms.applying import PartForm
from ..forms.definition import EMPLOYER, DefinitionFileForm
from ..models import SchemeVersion
from ..operations.schemes import write_version
from ..queries import schemes as queries
from .definition import DefinitionMixin
from .schemes import RUNS, SchemeFormView


class VersionMixin(DefinitionMixin):
    """About one version; there is no other way to it than its number."""

    @cached_property
    def version(self) -> SchemeVersion:
        return queries.version_or_404(self.scheme, self.kwargs["number"])


class ShowVersionView(VersionMixin, WorkspaceView):
    """One version, as it was or is; only what is being written can be changed, on its own page."""

    template_name = "placements/show_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.version.definition
        told = super().get_context_data(
            version=self.version,
            definition=definition,
            employer_learns=dict(EMPLOYER)[definition.tells_employer],
            versions=list(queries.versions_of(self.scheme)),
            **kwargs,
        )
        return told | {"may_run": False}


class TakeVersionOutView(VersionMixin, WorkspaceMixin, View):
    """The definition as a file: it names nobody."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = as_file(self.version.definition, scheme=self.scheme.name, version=self.version.number)
        name = f"{self.scheme.slug}-version-{self.version.number}.json"
        headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
        return HttpResponse(content, content_type="application/json", headers=headers)


class CompareVersionsView(DefinitionMixin, WorkspaceView):
    """What differs between two versions; the latest two unless others are chosen."""

    template_name = "placements/compare_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(queries.versions_of(self.scheme))
        if len(versions) < 2:
            raise Http404("There are not two versions yet.")
        old, new = self.chosen("from", versions[1].number), self.chosen("to", versions[0].number)
        told = compare(old.definition, new.definition)
        return super().get_context_data(versions=versions, old=old, new=new, differences=told, **kwargs)

    def chosen(self, name: str, usual: int) -> SchemeVersion:
        said = self.request.GET.get(name, "")
        return queries.version_or_404(self.scheme, int(said) if said.isascii() and said.isdigit() else usual)


class UploadDefinitionView(DefinitionMixin, SchemeFormView):
    """A definition from a file becomes the next version, to be looked at before it is put in force."""

    permission = RUNS
    form_class = DefinitionFileForm
    template_name = "placements/upload_definition.html"
    title, button = "Load a definition from a file", "Load it"
    said = "It is the next version now. Look at it, then put it in force."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_written=self.is_written, **kwargs)

    def perform(self, form: forms.Form) -> None:
        data, note = form.cleaned_data["file"], form.cleaned_data["note"]
        write_version(actor=self.request.user, scheme=self.scheme, data=data, note=note)


class PreviewView(DefinitionMixin, WorkspaceView):
    """The form as an applicant sees it, of what is being written, else of what is in force. Nothing can be typed into it."""

    template_name = "placements/preview_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.version.definition
        every = [*parts(definition)]
        if definition.equality:
            every.append(
                Section(key="equality", title="About you, for equality figures", questions=definition.equality)
            )
        shown = [(part, PartForm(part=part, definition=definition, typed={}).asked({}, {})) for part in every]
        return super().get_context_data(
            version=self.version, definition=definition, parts=shown, employer_learns=EMPLOYER_LEARNS[definition.tells_employer], **kwargs
        )  # fmt: skip
