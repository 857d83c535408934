"""How the organisation presents itself, and who did what in it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from desaga.audit import queries as audit
from desaga.ui.colour import accent_stylesheet

from ..doors import WorkspaceFormView, WorkspaceView
from ..forms import EntryFilter, SettingsForm
from ..models import Organisation
from ..operations import organisation as operations
from ..sentences import sentence_of

ROWS_A_PAGE = 50


class ShowSettingsView(WorkspaceView):
    section = "organisations"
    template_name = "organisations/show_settings.html"


class EditSettingsView(WorkspaceFormView):
    section = "organisations"
    permission = "organisations.change_settings"
    form_class = SettingsForm
    title, button, said = "Settings of the organisation", "Save the settings", "The settings are saved."
    goes_to = "organisations:show_settings"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.organisation}

    def perform(self, form: SettingsForm) -> Organisation:
        return operations.change_settings(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class ShowLogoView(WorkspaceView):
    """The logo; the form let only pictures of at most 1 MB through, and kept their points alone."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        logo = self.organisation.logo
        if not logo:
            raise Http404("No logo.")
        with logo.open("rb") as file:
            content = file.read()
        return HttpResponse(content, content_type="image/png" if content.startswith(b"\x89PNG") else "image/jpeg")


class ShowLookView(WorkspaceView):
    """The stylesheet with the organisation's accent; empty where it has none."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        accent = self.organisation.accent
        response = HttpResponse(accent_stylesheet(accent) if accent else "", content_type="text/css")
        response["Cache-Control"] = "private, max-age=300"
        return response


class ListEntriesView(WorkspaceView):
    section = "organisations"
    permission = "organisations.read_audit"
    template_name = "organisations/list_entries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = EntryFilter(self.request.GET, kinds=audit.kinds())
        form.is_valid()
        data = form.cleaned_data
        entries = audit.entries(
            words=data.get("q", ""), kind=data.get("kind", ""), since=data.get("since"), until=data.get("until")
        )
        page = Paginator(entries, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        for entry in page.object_list:
            entry.sentence, entry.lines = sentence_of(entry)
        return super().get_context_data(filter_form=form, page_obj=page, **kwargs)
