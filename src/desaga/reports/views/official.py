"""Official forms: the list and handing one in, matching its fields, and the filled form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import View

from desaga.documents.out import PAPERS
from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..filling.meanings import Meaning
from ..forms import HandInFormForm
from ..matching import matched, meanings_of, values_of
from ..models import OfficialForm
from ..operations import forms
from .reports import ReportMixin


class ListFormsView(ReportMixin, WorkspaceFormView):
    permission = "reports.write_report"
    template_name = "reports/list_forms.html"
    form_class = HandInFormForm
    title = "Fill a Word form"
    button = "Read the form"

    def form_valid(self, form: HandInFormForm) -> HttpResponse:
        file = form.cleaned_data["document"]
        try:
            self.handed_in = forms.hand_in_form(
                actor=self.request.user, organisation=self.organisation, name=file.name, content=file.read()
            )
        except Refused as refusal:
            form.add_error("document", str(refusal))
            return self.form_invalid(form)
        return redirect(self.address("reports:match_form", pk=self.report.pk, form_pk=self.handed_in.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(forms=queries.forms_known(), **kwargs)


class FormMixin(ReportMixin):
    """A page about one form and one report."""

    permission = "reports.write_report"

    @cached_property
    def official(self) -> OfficialForm:
        return queries.form_or_404(self.kwargs["form_pk"])  # type: ignore[attr-defined]

    @cached_property
    def meanings(self) -> list[Meaning]:
        self.report.plan = self.plan
        return meanings_of(self.report)

    @cached_property
    def known(self) -> dict[str, str]:
        return queries.matches_of(self.official.fingerprint)

    def here(self) -> str:
        return self.address("reports:match_form", pk=self.report.pk, form_pk=self.official.pk)


class MatchFormView(FormMixin, WorkspaceView):
    """Each field with what it is filled with: said once, remembered for every form with the same fields."""

    template_name = "reports/match_form.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        keys = {one.key for one in self.meanings} | {""}
        told = {field["key"]: request.POST.get(f"m-{number}", "") for number, field in enumerate(self.official.fields)}
        told = {field: meaning for field, meaning in told.items() if meaning in keys}
        filled = forms.match_fields(actor=request.user, form=self.official, meanings=told)
        messages.success(
            request, f"Remembered: {filled} of {len(self.official.fields)} fields are filled from the report."
        )
        return redirect(self.here())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = matched(self.official, self.known, self.meanings)
        for row in rows:
            row["groups"] = _grouped([one for one in self.meanings if one.fits(row["field"]["kind"])])
        return super().get_context_data(
            official=self.official,
            rows=rows,
            said=sum(1 for row in rows if row["is_said"]),
            long=[row for row in rows if row["over"]],
            unlisted=[row for row in rows if row["is_unlisted"]],
            **kwargs,
        )


class FillFormView(FormMixin, WorkspaceMixin, View):
    """The form with the report's words in it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        values = values_of(self.official, self.known, self.meanings)
        if not any(values.values()):
            messages.error(request, "No field is filled yet: say first what goes where, and save that.")
            return redirect(self.here())
        try:
            content = forms.filled_form(self.official, queries.bytes_of(self.official), values)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.here())
        headers = {
            "Content-Disposition": content_disposition_header(True, self.official.name) or "attachment",
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(content, content_type=PAPERS["docx"].media_type, headers=headers)


def _grouped(meanings: list[Meaning]) -> list[tuple[str, list[Meaning]]]:
    """By what they are: sections, facts, figures."""
    groups: dict[str, list[Meaning]] = {}
    for one in meanings:
        groups.setdefault(one.group, []).append(one)
    return list(groups.items())
