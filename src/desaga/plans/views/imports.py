"""Pages on which a document becomes a plan."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import View

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..forms import HandInForm, PlanForm, ReviewFilterForm
from ..models import ImportedDocument
from ..operations import imports
from ..presenting import NOTICE_WORDS, shown_changes, shown_rows
from ..queries import newer
from ..reviewing import way_to_plan
from ..sources import place
from ..states import DocumentState

ROWS_A_PAGE = 50
PIECES_SHOWN = 300


class ImportMixin(WorkspaceMixin):
    """A page about one document that was handed in."""

    permission = "plans.bring_in"
    section = "imports"

    @cached_property
    def document(self) -> ImportedDocument:
        return queries.document(self.kwargs["pk"])  # type: ignore[attr-defined]


class ListImportsView(WorkspaceView):
    permission = "plans.bring_in"
    section = "imports"
    template_name = "plans/list_imports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.documents(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class HandInDocumentView(WorkspaceFormView):
    permission = "plans.bring_in"
    section = "imports"
    template_name = "plans/hand_in_document.html"
    form_class = HandInForm
    goes_to = "plans:list_imports"

    def get_form_kwargs(self) -> dict[str, Any]:
        plans = [(str(plan.pk), f"A newer state of “{plan.title}”") for plan in newer.plans_to_update()]
        return {**super().get_form_kwargs(), "plans": plans}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "updates": self.request.GET.get("updates", "")}

    def form_valid(self, form: HandInForm) -> HttpResponse:
        typed = form.cleaned_data
        plan = newer.plans_to_update().filter(pk=typed["updates"]).first() if typed.get("updates") else None
        file, text = typed["document"], typed["text"]
        name, content = (file.name, file.read()) if file else ("Pasted text.txt", text.encode())
        try:
            handed_in = imports.hand_in(
                actor=self.request.user,
                organisation=self.organisation,
                name=name,
                content=content,
                submission=typed["submission"],
                is_pasted=not file,
                updates_plan=plan,
            )
        except Refused as refusal:
            form.add_error("document" if file else "text", str(refusal))
            return self.form_invalid(form)
        address = self.address("plans:show_import", pk=handed_in.document.pk)
        return redirect(f"{address}?known=1" if handed_in.is_known else address)


class ShowImportView(ImportMixin, WorkspaceView):
    """Where a document stands: being read, refused, ready, committed or discarded. Looks again by itself while it is read."""

    template_name = "plans/show_import.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.document.state == DocumentState.READ and "known" not in request.GET:
            address = self.address("plans:review_import", pk=self.document.pk)
            if request.htmx:  # type: ignore[attr-defined]
                return HttpResponse(headers={"HX-Redirect": address})
            return redirect(address)
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        part = "#progress" if self.request.htmx else ""  # type: ignore[attr-defined]
        return [f"{self.template_name}{part}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            document=self.document,
            is_known="known" in self.request.GET,
            submission=uuid4(),
            changes=shown_changes(queries.history_of(self.document)),
            **kwargs,
        )


class DownloadDocumentView(ImportMixin, View):
    """The document as it was handed in; never shown in the browser itself."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = queries.content_of(self.document)
        headers = {"Content-Disposition": content_disposition_header(True, self.document.name) or "attachment"}
        return HttpResponse(bytes(content.content), content_type="application/octet-stream", headers=headers)


class ReviewImportView(ImportMixin, WorkspaceView):
    template_name = "plans/review_import.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.document.state != DocumentState.READ:
            return redirect(self.address("plans:show_import", pk=self.document.pk))
        if self.document.updates_plan_id:
            return redirect(self.address("plans:review_changes", pk=self.document.pk))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = queries.reading_of(self.document)
        summary = queries.review_summary(self.document)
        form = ReviewFilterForm(self.request.GET, kinds=dict(summary.kinds.most_common()), words=NOTICE_WORDS)
        wanted = form.cleaned_data if form.is_valid() else {}
        page = Paginator(queries.staged_rows(self.document, wanted), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        themes = queries.staged_themes(self.document, reading)
        return super().get_context_data(
            document=self.document,
            reading=reading,
            summary=summary,
            too_many=str(imports.TooManyToCommit()) if summary.committed > imports.committing.MOST_COMMITTED else "",
            filter_form=form,
            page_obj=page,
            rows=shown_rows(list(page), dict(themes), queries.following(self.document)),
            last_step=queries.last_step_of(self.document, self.request.user),
            way=way_to_plan(self.document, "rows", summary=summary),
            themes=themes,
            notices=[{**notice, "words": NOTICE_WORDS.get(notice["kind"], "")} for notice in reading["notices"]],
            unplaced=[
                {"where": place(piece["source"]), "text": piece["text"]} for piece in reading["unplaced"][:PIECES_SHOWN]
            ],
            unplaced_count=len(reading["unplaced"]),
            has_no_plan=any(notice["kind"] == "no_plan" for notice in reading["notices"]),
            here=self.request.get_full_path(),
            plans_to_update=newer.plans_to_update(),
            choices_used=queries.choices_used_in(self.document).count(),
            **kwargs,
        )


class CommitImportView(ImportMixin, WorkspaceFormView):
    template_name = "plans/commit_import.html"
    form_class = PlanForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.document.state != DocumentState.READ:
            return redirect(self.address("plans:show_import", pk=self.document.pk))
        if self.document.updates_plan_id:
            return redirect(self.address("plans:review_changes", pk=self.document.pk))
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        period = self.reading["period"]
        return {"title": self.reading["title"] or self.document.name, "starts": period["start"], "ends": period["end"]}

    @cached_property
    def reading(self) -> dict[str, Any]:
        return queries.reading_of(self.document)

    def perform(self, form: PlanForm) -> Any:
        self.was_committed = self.document.plan_id is not None
        self.plan = imports.commit_import(actor=self.request.user, document=self.document, **form.cleaned_data)

    def get_success_url(self) -> str:
        if self.was_committed:
            messages.info(self.request, "This import was committed before; here is its plan.")
        else:
            messages.success(self.request, "The plan is made. The document stays attached to each of its actions.")
        return self.address("plans:show_plan", plan_pk=self.plan.pk)

    def back(self) -> str:
        return self.address("plans:review_import", pk=self.document.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        summary = queries.review_summary(self.document)
        way = way_to_plan(self.document, "commit", summary=summary)
        return super().get_context_data(
            document=self.document, summary=summary, reading=self.reading, way=way, **kwargs
        )


class ChangeImportView(ImportMixin, PressView):
    """Something done to a whole import with one button."""

    said = ""

    def change(self) -> ImportedDocument:
        """Make the one call."""
        raise NotImplementedError

    def perform(self) -> str:
        self.document = self.change()
        return self.said

    def back(self) -> str:
        return self.address("plans:show_import", pk=self.document.pk)


class DiscardImportView(ChangeImportView):
    said = "The import is put aside. Nothing was deleted, and you can take it back."

    def change(self) -> ImportedDocument:
        return imports.discard_import(actor=self.request.user, document=self.document)


class RestoreImportView(ChangeImportView):
    said = "The import is back."

    def change(self) -> ImportedDocument:
        return imports.restore_import(actor=self.request.user, document=self.document)


class ReadAgainView(ChangeImportView):
    said = "The document is read once more."

    def change(self) -> ImportedDocument:
        return imports.read_again(actor=self.request.user, document=self.document)


class HandInAgainView(ChangeImportView):
    said = "The same file is read as a new import; the earlier one is left as it was."

    def change(self) -> ImportedDocument:
        form = HandInForm(self.request.POST)
        submission = form.fields["submission"].clean(self.request.POST.get("submission") or str(uuid4()))
        return imports.hand_in_again(actor=self.request.user, document=self.document, submission=submission)
