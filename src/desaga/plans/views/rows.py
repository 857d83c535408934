"""What can be done to rows of an import before they become a plan: one at a time, several at once, and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import View

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..forms import ActionForm, SplitForm, ThemeForm
from ..models import ImportedDocument, StagedRow
from ..operations import imports
from ..presenting import field_label, field_texts, shown_conflicts
from ..queries.steps import STEPS_SHOWN
from ..reviewing import seen_in, version_in
from .imports import ImportMixin

#: What one types at length into the forms of a row.
TYPED = ("title", "how", "success", "comments", "text_title", "text_how", "text_success", "text_comments", "owners")


class ThemeNotUsable(Refused):
    """That theme cannot be used. Choose one of the list."""


class NothingTicked(Refused):
    """No row is ticked. Tick the rows that you mean, then press again."""


class BackMixin(WorkspaceMixin):
    """Goes back to the review page as one left it."""

    permission = "plans.bring_in"
    section = "imports"

    def back_to(self, document_pk: int, row_pk: int | None) -> str:
        given = self.request.POST.get("next") or self.request.GET.get("next") or ""
        if not url_has_allowed_host_and_scheme(given, {self.request.get_host()}) or not given.startswith("/"):
            given = self.address("plans:review_import", pk=document_pk)
        at = self.request.POST.get("at", "")
        row = at if at.isdecimal() else row_pk
        return f"{given.split('#')[0]}#row-{row}" if row else f"{given.split('#')[0]}#rows"


class RowMixin(BackMixin):
    """Something about one row of an import."""

    @cached_property
    def row(self) -> StagedRow:
        return queries.staged_row(self.kwargs["document_pk"], self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        """The review page as one left it, at this row."""
        return self.back_to(self.row.document_id, self.row.pk)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if not queries.row_was(self.kwargs["document_pk"], self.kwargs["pk"]):
                raise
            return self.say_gone()

    def say_gone(self) -> HttpResponse:
        """That the row was joined or undone, with what was typed for it."""
        typed = [
            {"label": field_label(name.removeprefix("text_")), "text": text}
            for name in TYPED
            if (text := self.request.POST.get(name, "").strip())
        ]
        document = queries.document(self.kwargs["document_pk"])
        return render(self.request, "plans/row_gone.html", {"document": document, "typed": typed}, status=410)


class EditRowView(RowMixin, WorkspaceFormView):
    """Correct a row. What somebody else changed in it meanwhile is put together with what was typed, or shown beside it."""

    template_name = "plans/edit_row.html"
    form_class = ActionForm

    @cached_property
    def seen(self) -> int:
        """The version of the row that this page showed, or shows."""
        return version_in(self.request.POST.get("version")) or self.row.version

    @cached_property
    def base(self) -> Any:
        return queries.row_as_seen(self.row, self.seen)

    def get_form(self, form_class: Any = None, **now: Any) -> ActionForm:
        kwargs = {**self.get_form_kwargs(), **now}
        kwargs.pop("initial")
        reading = queries.reading_of(self.row.document)
        themes = queries.staged_themes(self.row.document, reading)
        return ActionForm(**{"themes": themes, "data_now": self.base or self.row.data, **kwargs})

    def form_valid(self, form: ActionForm) -> HttpResponse:
        try:
            imports.edit_row(actor=self.request.user, row=self.row, data=form.as_data(), seen=self.seen, base=self.base)
        except imports.EditedMeanwhile as both:
            return self.ask(both)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(self.back())

    def ask(self, both: imports.EditedMeanwhile) -> HttpResponse:
        """The form again, with all that was typed in it and theirs beside it."""
        form = self.get_form(data=None, files=None, data_now=both.merged)
        context = self.get_context_data(form=form, both=both, conflicts=shown_conflicts(both))
        return self.render_to_response({**context, "version": both.row.version, "has_errors": True})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notices = [{**notice, "label": field_label(notice["field"])} for notice in self.row.notices]
        return super().get_context_data(
            row=self.row, document=self.row.document, notices=notices, version=self.seen, **kwargs
        )


class SplitRowView(RowMixin, WorkspaceFormView):
    """Cut a row in two where one says; everything else goes along."""

    template_name = "plans/split_row.html"
    form_class = SplitForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "data_now": self.row.data, "said": field_texts(self.row.data, {})}

    def perform(self, form: SplitForm) -> Any:
        seen = version_in(self.request.POST.get("version"))
        imports.split_row(actor=self.request.user, row=self.row, cut=form.as_cut(), seen=seen)

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # After a refusal the page shows the row as it is now beside what was typed, so the next press knows of it.
        return super().get_context_data(row=self.row, document=self.row.document, version=self.row.version, **kwargs)


class ChangeRowView(RowMixin, PressView):
    """Something done to one row with one button."""

    @property
    def seen(self) -> dict[int, int | None]:
        return {self.row.pk: version_in(self.request.POST.get("version"))}

    def change(self) -> Any:
        """Make the one call."""
        raise NotImplementedError

    def perform(self) -> str:
        self.change()
        return ""


class KeepRowView(ChangeRowView):
    def change(self) -> Any:
        return imports.keep_rows(actor=self.request.user, document=self.row.document, seen=self.seen)


class DropRowView(ChangeRowView):
    def change(self) -> Any:
        return imports.drop_rows(actor=self.request.user, document=self.row.document, seen=self.seen)


class RestoreRowView(ChangeRowView):
    def change(self) -> Any:
        return imports.restore_rows(actor=self.request.user, document=self.row.document, seen=self.seen)


class MarkRowView(ChangeRowView):
    """Business as usual, or with `usual=0` an action after all."""

    def change(self) -> Any:
        is_usual = self.request.POST.get("usual") != "0"
        return imports.mark_rows(actor=self.request.user, document=self.row.document, seen=self.seen, is_usual=is_usual)


class JoinRowView(ChangeRowView):
    """Join a row with the one that `with` names, as the page showed both."""

    def change(self) -> Any:
        seen = self.seen | seen_in(self.request.POST.getlist("with"))
        row = imports.join_rows(actor=self.request.user, document=self.row.document, seen=seen)
        messages.success(self.request, f"{row.short_name} now holds both rows.")


class RethemeRowView(ChangeRowView):
    def change(self) -> Any:
        theme = theme_in(self.request)
        return imports.retheme_rows(actor=self.request.user, document=self.row.document, seen=self.seen, theme=theme)


def theme_in(request: HttpRequest) -> str:
    """The theme that was chosen. Raises `ThemeNotUsable`."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        raise ThemeNotUsable
    return form.cleaned_data["theme"]


def _retheme(*, actor: Any, document: ImportedDocument, seen: Any, request: HttpRequest) -> Any:
    return imports.retheme_rows(actor=actor, document=document, seen=seen, theme=theme_in(request))


class ChangeRowsView(BackMixin, ImportMixin, View):
    """Something done to all rows that are ticked."""

    http_method_names = ["post"]
    things: dict[str, tuple[Callable[..., Any], str]] = {
        "keep": (imports.keep_rows, "{} rows are kept."),
        "drop": (imports.drop_rows, "{} rows are dropped. They can be taken back."),
        "join": (imports.join_rows, "{} rows are joined into one."),
        "usual": (imports.mark_rows, "{} rows are business as usual."),
        "theme": (_retheme, "{} rows have another theme."),
    }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = seen_in(request.POST.getlist("rows"))
        thing, said = self.things.get(request.POST.get("do", ""), self.things["keep"])
        asked = {"request": request} if thing is _retheme else {}
        try:
            if not seen:
                raise NothingTicked
            thing(actor=request.user, document=self.document, seen=seen, **asked)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said.format(len(seen)).replace("1 rows are", "1 row is"))
        return redirect(self.back_to(self.document.pk, min(seen, default=None)))


class ListStepsView(ImportMixin, WorkspaceView):
    """What was done to the rows, by whom; each can be undone while nobody has built on it."""

    template_name = "plans/list_steps.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.steps_of(self.document), STEPS_SHOWN).get_page(self.request.GET.get("page"))
        return super().get_context_data(document=self.document, page_obj=page, here=self.request.path, **kwargs)


class UndoStepView(BackMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = queries.step(self.kwargs["pk"], self.kwargs["step_pk"])
        try:
            step = imports.undo_step(actor=request.user, step=step)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Undone: {step.words}.")
        rows = [int(pk) for pk in step.before]
        return redirect(self.back_to(step.document_id, min(rows, default=None)))
