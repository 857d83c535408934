"""The list of frameworks, one framework, and the steps from a draft to an edition in use."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.functional import cached_property

from desaga.documents import UnreadableDocument
from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import operations, queries
from ..forms import AddFrameworkForm, EditionForm, FrameworkFilter, NewEditionForm
from ..forms.editions import LARGEST_DOCUMENT
from ..links import links_for
from ..models import Edition
from ..queries.listing import families
from ..queries.shown import Shown, framework_or_404, history_of, mapping_of, neighbours_of
from ..reading import Part, part_from, read_confined, read_pasted
from ..states import Kind
from ..wordings import Wording

FAMILIES_A_PAGE = 20
SALT = "desaga.frameworks.read"
A_DAY = 24 * 3600
NOTHING_FOUND = (
    "No principles were found in it. They are looked for in tables, lists and labelled lines. "
    "Paste them below, one a line, or go on without and type them."
)


class FrameworkMixin(WorkspaceMixin):
    """A page about frameworks; `key` in the address names one."""

    section = "plans"
    permission = "frameworks.see_frameworks"

    @cached_property
    def may_keep(self) -> bool:
        return bool(self.request.user.has_perm("frameworks.keep_frameworks", self.organisation))  # type: ignore[union-attr]

    @cached_property
    def shown(self) -> Shown:
        return framework_or_404(self.kwargs["key"], with_drafts=self.may_keep)  # type: ignore[attr-defined]

    @cached_property
    def edition(self) -> Edition:
        """The edition of the organisation's own that the address names, or 404."""
        return queries.edition(self.kwargs["key"])  # type: ignore[attr-defined]

    def home_of(self, key: str) -> str:
        return self.address("frameworks:show_framework", key=key)


class ListFrameworksView(FrameworkMixin, WorkspaceView):
    template_name = "frameworks/list_frameworks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FrameworkFilter(self.request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        found = families(words=words, with_drafts=self.may_keep)
        page = Paginator(found, FAMILIES_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, filter_form=form, can_keep=self.may_keep, **kwargs)


class ShowFrameworkView(FrameworkMixin, WorkspaceView):
    template_name = "frameworks/show_framework.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edition = self.shown.edition
        before, after = neighbours_of(self.shown, with_drafts=self.may_keep)
        return super().get_context_data(
            framework=self.shown,
            links=links_for(self.request, self.shown.name),
            has_names=any(row.names for row in self.shown.principles),
            kind=dict(Kind.choices).get(self.shown.kind, self.shown.kind.capitalize()),
            edition=edition,
            mapping=mapping_of(self.shown),
            before=before,
            after=after,
            changes=history_of(edition) if edition else [],
            can_keep=self.may_keep,
            **kwargs,
        )


class KeepFrameworkMixin(FrameworkMixin):
    """A page of those who keep frameworks."""

    permission = "frameworks.keep_frameworks"


class ReadPrinciplesView(KeepFrameworkMixin, WorkspaceFormView):
    """A form whose principles may come from a document or from pasted words; what was read is kept through every error."""

    form_class = AddFrameworkForm
    template_name = "frameworks/add_framework.html"
    parts: list[Part] = []
    unreadable: tuple[str, str] | None = None

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.parts = self._read(request)
        return super().post(request, *args, **kwargs)

    def _read(self, request: Any) -> list[Part]:
        """From the document, else from the pasted words, else what was read before."""
        document, pasted = request.FILES.get("document"), request.POST.get("pasted", "")
        if document and document.size <= LARGEST_DOCUMENT:
            try:
                return self._found("document", read_confined(document.name, document.read()))
            except UnreadableDocument as refusal:
                self.unreadable = ("document", str(refusal))
                return []
        if pasted.strip():
            return self._found("pasted", read_pasted(pasted))
        return _unsigned(request.POST.get("read", ""))

    def _found(self, field: str, parts: list[Part]) -> list[Part]:
        if not parts:
            self.unreadable = (field, NOTHING_FOUND)
        return parts

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(), "parts": [(str(at), _said(p)) for at, p in enumerate(self.parts)]}
        if self.parts and "data" in kwargs:
            kwargs["data"] = kwargs["data"].copy()
            kwargs["data"]["read"] = _signed(self.parts)
        return kwargs

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if form.is_bound and self.unreadable:
            form.full_clean()
            form.add_error(*self.unreadable)
        return form

    def chosen(self, form: Any) -> Part | None:
        if not self.parts:
            return None
        return self.parts[int(form.cleaned_data.get("part") or 0)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(parts=self.parts, **kwargs)

    def said_of(self, form: Any) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("name", "kind", "version", "source")}

    def begin(self, form: Any, principles: list[Wording]) -> Edition:
        raise NotImplementedError

    def without_document(self) -> list[Wording]:
        return []

    def perform(self, form: Any) -> Edition:
        part = self.chosen(form)
        self.begun = self.begin(form, part.principles if part else self.without_document())
        if part:
            number = len(part.principles)
            told = [
                f"{number} principle{'' if number == 1 else 's'} read. Look at them, and correct what is not right."
            ]
            messages.success(self.request, " ".join([*told, *part.notices[:5]]))
        return self.begun

    def get_success_url(self) -> str:
        return self.address("frameworks:edit_principles", key=self.begun.key)


class AddFrameworkView(ReadPrinciplesView):
    title, button = "Add a framework of your own", "Go on to its principles"
    goes_to = "frameworks:list_frameworks"

    def begin(self, form: Any, principles: list[Wording]) -> Edition:
        return operations.begin_edition(
            actor=self.request.user, organisation=self.organisation, principles=principles, **self.said_of(form)
        )


class StartEditionView(ReadPrinciplesView):
    """A new edition of a framework, own or shipped; its mapping comes next."""

    form_class = NewEditionForm
    title, button = "New edition", "Go on to its principles"

    def back(self) -> str:
        return self.home_of(self.shown.key)

    def get_initial(self) -> dict[str, Any]:
        kind = self.shown.kind if self.shown.kind in Kind.values else Kind.RECOMMENDATIONS
        return {"kind": kind}

    def without_document(self) -> list[Wording]:
        return [Wording(row.code, row.title, row.text, row.names, row.optional) for row in self.shown.principles]

    def begin(self, form: Any, principles: list[Wording]) -> Edition:
        follows = {"replaces": self.shown.edition} if self.shown.edition else {"replaces_name": self.shown.name}
        return operations.begin_edition(
            actor=self.request.user,
            organisation=self.organisation,
            principles=principles,
            **follows,
            **self.said_of(form),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(follows=self.shown, **kwargs)


class EditFrameworkView(KeepFrameworkMixin, WorkspaceFormView):
    """What is said about an edition: its name, kind, edition, source."""

    form_class = EditionForm
    template_name = "frameworks/edit_framework.html"
    title, button, said = "Change what is said about it", "Save", "{} is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "name_stays": not self.edition.is_draft}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.edition, name) for name in ("name", "kind", "version", "source")}

    def back(self) -> str:
        return self.home_of(self.edition.key)

    def perform(self, form: EditionForm) -> Edition:
        return operations.change_edition(actor=self.request.user, edition=self.edition, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(edition=self.edition, **kwargs)


class StepView(KeepFrameworkMixin, ConfirmView):
    """Asks once before an edition goes on to its next state."""

    def thing(self) -> Edition:
        return self.edition

    def back(self) -> str:
        return self.home_of(self.edition.key)


class PutInUseView(StepView):
    template_name = "frameworks/put_in_use.html"
    title, button, said = "Put this edition in use?", "Put it in use", "{} is in use."
    sentence = (
        "Plans can be held against it, and your next document is read with its principles. "
        "While it is in use its wording can be mended, but principles stay as they are."
    )

    def perform(self) -> Edition:
        return operations.put_in_use(actor=self.request.user, edition=self.edition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mapping=mapping_of(self.shown), **kwargs)


class TakeOutOfUseView(StepView):
    title, button, said = "Take this edition out of use?", "Take it out of use", "{} is out of use."
    sentence = "It is no longer offered or looked for in documents. Actions that name it keep what they say, and you can put it in use again."

    def perform(self) -> Edition:
        return operations.take_out_of_use(actor=self.request.user, edition=self.edition)


class DiscardDraftView(StepView):
    title, button, said = "Discard this draft?", "Discard the draft", "The draft is discarded."
    sentence = "Its principles and its mapping are removed. No plan names it yet."

    def back(self) -> str:
        return self.address("frameworks:list_frameworks")

    def perform(self) -> None:
        operations.discard_draft(actor=self.request.user, edition=self.edition)


def _signed(parts: list[Part]) -> str:
    return signing.dumps([asdict(part) for part in parts], salt=SALT, compress=True)


def _unsigned(words: str) -> list[Part]:
    """What was read before; nothing where it is too old or not ours."""
    try:
        return [part_from(one) for one in signing.loads(words, salt=SALT, max_age=A_DAY)] if words else []
    except signing.BadSignature:
        return []


def _said(part: Part) -> str:
    """A part in one line: its name, how many principles, and the first of them."""
    number = len(part.principles)
    codes = ", ".join(row.code for row in part.principles[:4]) + (" …" if number > 4 else "")
    return f"{part.name or 'Without a heading'}: {number} principle{'' if number == 1 else 's'} ({codes})"
