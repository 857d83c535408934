"""The list of evidence, a piece with its history, and its file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import FORMATS, Imprint
from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from . import operations, queries
from .forms import AboutForm, DeclineForm, EvidenceFilterForm, ReplaceForm
from .models import Evidence
from .states import STANDING, TRANSITIONS, State
from .tables import MOST_ROWS, table_of

PIECES_A_PAGE = 50
ABOUT = ("title", "shows", "is_technician_voice", "given_by", "expires_on")
TITLE = "Evidence"
#: What was given by somebody is never shown by a browser as if it were ours.
SEALED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class EvidenceListMixin(WorkspaceMixin):
    """The evidence that one may see, narrowed by the address."""

    permission = "evidence.see_evidence"
    section = "plans"

    @cached_property
    def filter_form(self) -> EvidenceFilterForm:
        form = EvidenceFilterForm(self.request.GET)
        # A word of the address that is no choice is left out; the others still count.
        form.is_valid()
        return form

    def chosen(self) -> Any:
        seen = queries.evidence_for(self.request.user, self.organisation)
        return queries.narrowed(seen, self.filter_form.cleaned_data)


class ListEvidenceView(EvidenceListMixin, WorkspaceView):
    template_name = "evidence/list_evidence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.chosen(), PIECES_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter_form=self.filter_form,
            page_obj=page,
            rows=queries.shown(list(page)),
            summary=queries.summary_of(self.chosen()),
            **kwargs,
        )


class TakeEvidenceOutView(EvidenceListMixin, View):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format, today = FORMATS.get(self.kwargs["format"]), timezone.localdate()
        if format is None:
            raise Http404
        rows = queries.shown(list(self.chosen()[:MOST_ROWS]))
        tables = [table_of(rows, queries.summary_of(self.chosen()), today)]
        content = format.write(tables, Imprint(TITLE, self.organisation.name, today, font_files()))
        name = f"{slugify(TITLE)}-{today.isoformat()}.{format.ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=format.media_type, headers=headers)


class PieceMixin(WorkspaceMixin):
    """A page about one piece."""

    permission = "evidence.see_evidence"
    section = "plans"

    @cached_property
    def evidence(self) -> Evidence:
        return queries.evidence(self.request.user, self.organisation, self.kwargs["pk"])  # type: ignore[attr-defined]

    def asked_about(self) -> Any:
        return self.evidence if self.permission == "evidence.change_evidence" else self.organisation

    def back(self) -> str:
        return self.address("evidence:show_evidence", pk=self.evidence.pk)


class ShowEvidenceView(PieceMixin, WorkspaceView):
    template_name = "evidence/show_evidence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        piece, user = self.evidence, self.request.user
        [shown] = queries.shown([piece])
        return super().get_context_data(
            evidence=piece,
            shown=shown,
            changes=queries.changes_of(piece),
            can_review=user.has_perm("evidence.review_evidence", self.organisation),  # type: ignore[union-attr]
            can_change=user.has_perm("evidence.change_evidence", piece),  # type: ignore[union-attr]
            stands=piece.state in STANDING,
            can_be_replaced=piece.state in TRANSITIONS["replace"].sources,
            is_taken_back=piece.state == State.TAKEN_BACK,
            **kwargs,
        )


class FetchFileView(PieceMixin, View):
    """The file, as an attachment and nothing else."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = queries.content_of(self.evidence)
        headers = SEALED | {
            "Content-Disposition": content_disposition_header(True, self.evidence.file_name) or "attachment"
        }
        return HttpResponse(content, content_type="application/octet-stream", headers=headers)


class PieceFormView(PieceMixin, WorkspaceFormView):
    template_name = "evidence/piece_form.html"
    permission = "evidence.change_evidence"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(evidence=self.evidence, **kwargs)


class EditEvidenceView(PieceFormView):
    form_class = AboutForm
    title = "Change what stands with it"
    button = "Save"
    said = "It is saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.evidence, name) for name in ABOUT}

    def perform(self, form: AboutForm) -> None:
        reviews = self.request.user.has_perm("evidence.review_evidence", self.evidence)
        operations.correct_evidence(
            actor=self.request.user, evidence=self.evidence, reviews=reviews, **form.cleaned_data
        )


class AcceptEvidenceView(PieceMixin, PressView):
    permission = "evidence.review_evidence"

    def perform(self) -> str:
        operations.accept_evidence(actor=self.request.user, evidence=self.evidence)
        return "It is accepted."


class DeclineEvidenceView(PieceFormView):
    permission = "evidence.review_evidence"
    form_class = DeclineForm
    title = "Do not accept it"
    button = "Do not accept it"
    said = "It is not accepted, and the reason stands with it."

    def perform(self, form: DeclineForm) -> None:
        operations.decline_evidence(actor=self.request.user, evidence=self.evidence, **form.cleaned_data)


class ReplaceEvidenceView(PieceFormView):
    form_class = ReplaceForm
    title = "Put another piece in its place"
    button = "Put it in its place"
    said = "It is replaced."

    def get_form_kwargs(self) -> dict[str, Any]:
        seen = queries.standing_but(self.request.user, self.organisation, self.evidence)
        return {**super().get_form_kwargs(), "choices": seen}

    def perform(self, form: ReplaceForm) -> None:
        operations.replace_evidence(actor=self.request.user, evidence=self.evidence, by=form.cleaned_data["by"])


class TakeEvidenceBackView(PieceMixin, ConfirmView):
    permission = "evidence.change_evidence"
    title = "Take this evidence back"
    sentence = "It shows nothing any more, wherever it was used. Its file is removed for good; that it was there stays in the audit."
    button = "Take it back"
    said = "It is taken back."

    def thing(self) -> Evidence:
        return self.evidence

    def perform(self) -> Evidence:
        return operations.take_back(actor=self.request.user, evidence=self.evidence)

    def back(self) -> str:
        # Whoever took it back may not see it any more.
        return self.address("evidence:list_evidence")
