"""Kinds of report: what their sections are and when they are due, for whoever wants their own wording."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import queries
from ..forms import AddKindForm, DueForm, KindForm, KindSectionForm
from ..kinds import Kind, KindSection
from ..operations import kinds


class ListKindsView(WorkspaceView):
    section = "plans"
    template_name = "reports/list_kinds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_edit = self.request.user.has_perm("reports.edit_kinds", self.organisation)
        head = queries.head_of(self.organisation)
        return super().get_context_data(kinds=queries.kinds_known().values(), can_edit=can_edit, head=head, **kwargs)


class AddKindView(WorkspaceFormView):
    """From one section, or as a copy of another kind."""

    section = "plans"
    permission = "reports.edit_kinds"
    template_name = "reports/kind_form.html"
    form_class = AddKindForm
    title = "Add a kind of report"
    button = "Add the kind of report"
    said = "The kind of report is added. Say what its sections are, and when it is due."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kinds": list(queries.kinds_known().values())}

    def get_initial(self) -> dict[str, Any]:
        return {"copy_of": self.request.GET.get("of", "")}

    def perform(self, form: AddKindForm) -> None:
        self.added = kinds.add_kind(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.address("reports:show_kind", key=self.added.key)

    def back(self) -> str:
        return self.address("reports:list_kinds")


class KindMixin(WorkspaceMixin):
    """A page about one kind."""

    section = "plans"

    @cached_property
    def kind(self) -> Kind:
        return queries.kind_or_404(self.kwargs["key"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("reports:show_kind", key=self.kind.key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_edit = self.request.user.has_perm("reports.edit_kinds", self.organisation)
        return super().get_context_data(kind=self.kind, can_edit=can_edit, **kwargs)  # type: ignore[misc]


class ShowKindView(KindMixin, WorkspaceView):
    template_name = "reports/show_kind.html"


class KindFormView(KindMixin, WorkspaceFormView):
    permission = "reports.edit_kinds"
    template_name = "reports/kind_form.html"


class AddKindSectionView(KindFormView):
    form_class = KindSectionForm
    title = "Add a section"
    button = "Add the section"
    said = "The section is added. Reports that you start from now on have it."

    def get_initial(self) -> dict[str, Any]:
        return {"place": len(self.kind.sections) + 1}

    def perform(self, form: KindSectionForm) -> None:
        kinds.add_section(
            actor=self.request.user, organisation=self.organisation, key=self.kind.key, **form.cleaned_data
        )


class KindSectionMixin(KindMixin):
    """A page about one section of a kind."""

    @cached_property
    def number(self) -> int:
        keys = [one.key for one in self.kind.sections]
        if self.kwargs["section"] not in keys:  # type: ignore[attr-defined]
            raise Http404
        return keys.index(self.kwargs["section"])  # type: ignore[attr-defined]

    @property
    def part(self) -> KindSection:
        return self.kind.sections[self.number]


class EditKindSectionView(KindSectionMixin, KindFormView):
    form_class = KindSectionForm
    title = "Change the section"
    button = "Save the section"
    said = "The section is changed. Reports that you start from now on have it so."

    def get_initial(self) -> dict[str, Any]:
        one = self.part
        return {
            "title": one.title,
            "asks": one.asks,
            "limit": one.limit,
            "drafts": list(one.drafts),
            "place": self.number + 1,
        }

    def perform(self, form: KindSectionForm) -> None:
        kinds.edit_section(
            actor=self.request.user,
            organisation=self.organisation,
            key=self.kind.key,
            section=self.part.key,
            **form.cleaned_data,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(part=self.part, **kwargs)


class RemoveKindSectionView(KindSectionMixin, ConfirmView):
    permission = "reports.edit_kinds"
    title = "Remove the section"
    sentence = "Reports that you start from now on do not have it. Reports that there are stay as they are."
    button = "Remove it"
    said = "The section is removed."

    def thing(self) -> str:
        return self.part.title

    def perform(self) -> Any:
        return kinds.remove_section(
            actor=self.request.user, organisation=self.organisation, key=self.kind.key, section=self.part.key
        )


class EditKindView(KindFormView):
    form_class = KindForm
    title = "Name of the kind of report"
    button = "Save"
    said = "The kind of report is changed."

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.kind.name, "words": self.kind.words}

    def perform(self, form: KindForm) -> None:
        kinds.edit_kind(actor=self.request.user, organisation=self.organisation, key=self.kind.key, **form.cleaned_data)


class EditDueView(KindFormView):
    form_class = DueForm
    title = "When it is due"
    button = "Save the due dates"
    said = "The due dates are saved."

    def get_initial(self) -> dict[str, Any]:
        return {
            "stages": "\n".join(one.line for one in self.kind.stages),
            "cohorts": "\n".join(f"{one.signed}, {one.stage}, {one.due}" for one in self.kind.cohorts),
        }

    def perform(self, form: DueForm) -> None:
        kinds.say_due(actor=self.request.user, organisation=self.organisation, key=self.kind.key, **form.cleaned_data)


class RemoveKindView(KindMixin, ConfirmView):
    """Of one that the organisation added; what Desaga ships is gone back to instead."""

    permission = "reports.edit_kinds"
    title = "Remove the kind of report"
    sentence = "Nobody can start a report of this kind any more."
    button = "Remove it"
    said = "The kind of report is removed."

    @cached_property
    def kind(self) -> Kind:
        kind = queries.kind_or_404(self.kwargs["key"])
        if not kind.is_added:
            raise Http404
        return kind

    def thing(self) -> str:
        return self.kind.name

    def back(self) -> str:
        return self.address("reports:list_kinds")

    def perform(self) -> Any:
        return kinds.remove_kind(actor=self.request.user, organisation=self.organisation, key=self.kind.key)


class GoBackView(KindMixin, ConfirmView):
    permission = "reports.edit_kinds"
    title = "Go back to Desaga’s own wording"
    sentence = "Your changes to this kind of report are given up. Reports that there are stay as they are."
    button = "Go back to it"
    said = "The kind of report is as Desaga ships it."

    def thing(self) -> str:
        return self.kind.name

    def perform(self) -> Any:
        return kinds.go_back_to_shipped(actor=self.request.user, organisation=self.organisation, key=self.kind.key)
