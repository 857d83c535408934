"""The data map, the record of processing, and what is made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import FORMATS, PAPERS, Format, Imprint
from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from .. import facts, papers, queries
from ..facts import Processing
from ..forms import ContactForm, ProcessingForm
from ..operations import record

TABLE_FORMATS = (("xlsx", "Excel"), ("csv", "CSV"), ("docx", "Word"), ("pdf", "PDF"))
PAPER_FORMATS = (("docx", "Word"), ("pdf", "PDF"))


class PrivacyMixin:
    section = "organisations"
    permission = "privacy.see_record"


class ShowRecordView(PrivacyMixin, WorkspaceView):
    template_name = "privacy/show_record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said, rules = queries.words_of_processing(), queries.rules()
        shown = [
            {
                "one": one,
                "basis": papers.basis_of(one, said.get(key)),
                "holds": papers.holds_of(key),
                "recipients": papers.recipients_of(one, said.get(key)),
                "kept": papers.kept_words(one, rules),
                "note": papers.note_of(said.get(key)),
            }
            for key, one in facts.processings().items()
        ]
        return super().get_context_data(
            shown=shown, contact=queries.contact(), measures=papers.MEASURES, formats=TABLE_FORMATS, papers=PAPER_FORMATS,
            perms_keep=self.request.user.has_perm("privacy.keep_record", self.organisation), **kwargs,
        )  # fmt: skip


class ShowDataMapView(PrivacyMixin, WorkspaceView):
    """Every field; so many as the models have, which is bounded."""

    template_name = "privacy/show_data_map.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = facts.data_map()
        wanted = self.request.GET.get("holds", "")
        shown = [fact for fact in found if not wanted or fact.holds == wanted]
        kinds = [(one.value, one.label, sum(fact.holds == one for fact in found)) for one in facts.DataClass]
        return super().get_context_data(
            facts=shown, kinds=[kind for kind in kinds if kind[2]], wanted=wanted, formats=TABLE_FORMATS, **kwargs
        )


class TakePaperOutView(PrivacyMixin, WorkspaceMixin, View):
    """Data map, record or impact assessment as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said, rules, contact = queries.words_of_processing(), queries.rules(), queries.contact()
        match self.kwargs["paper"]:
            case "data-map":
                return self.table(papers.data_map_table(rules))
            case "record":
                if self.kwargs["format"] in PAPERS:
                    return self.paper(papers.record_paper(said, rules, contact), "Record of processing")
                return self.table(papers.record_table(said, rules, contact))
            case "impact-assessment":
                return self.paper(papers.dpia_paper(said, rules, contact), "Data protection impact assessment")
        raise Http404

    def imprint(self, title: str) -> Imprint:
        return Imprint(title, self.organisation.name, timezone.localdate(), font_files())

    def table(self, table: Any) -> HttpResponse:
        format = known(FORMATS, self.kwargs["format"])
        return as_file(format.write([table], self.imprint(table.title)), format, table.title)

    def paper(self, blocks: Any, title: str) -> HttpResponse:
        format = known(PAPERS, self.kwargs["format"])
        return as_file(format.write_paper(blocks, self.imprint(title)), format, title)


def known(formats: Any, ending: str) -> Format:
    if ending not in formats:
        raise Http404
    return formats[ending]  # type: ignore[no-any-return]


def as_file(content: bytes, format: Format, title: str) -> HttpResponse:
    name = f"{slugify(title)}-{timezone.localdate().isoformat()}.{format.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)


def export_file(content: Mapping[str, Any], ending: str, title: str, *, made_by: str = "Desaga") -> HttpResponse:
    """A person's export as JSON, or as a paper; 404 where it is neither."""
    if ending == "json":
        headers = {"Content-Disposition": f'attachment; filename="{slugify(title)}.json"', "Cache-Control": "private, no-store"}  # fmt: skip
        text = json.dumps(content, ensure_ascii=False, indent=2)
        return HttpResponse(text, content_type="application/json", headers=headers)
    format = known(PAPERS, ending)
    imprint = Imprint(title, made_by, timezone.localdate(), font_files())
    return as_file(format.write_paper(papers.export_paper(content), imprint), format, title)


class DescribeProcessingView(PrivacyMixin, WorkspaceFormView):
    permission = "privacy.keep_record"
    form_class = ProcessingForm
    button, said = "Save", "The record says it in your words now."
    goes_to = "privacy:show_record"

    @cached_property
    def processing(self) -> Processing:
        found = facts.processings().get(self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.processing.name

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": queries.words_of_processing().get(self.processing.key)}

    def perform(self, form: ProcessingForm) -> None:
        record.say_of_processing(
            actor=self.request.user, organisation=self.organisation, key=self.processing.key, **form.cleaned_data
        )


class NameContactView(PrivacyMixin, WorkspaceFormView):
    permission = "privacy.keep_record"
    form_class = ContactForm
    title, button, said = "Who answers for data protection", "Save", "The record names them now."
    goes_to = "privacy:show_record"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": queries.contact()}

    def perform(self, form: ContactForm) -> None:
        record.name_contact(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
