"""The definition of technical staff: read by everybody here, written by the HR data steward."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import defined, queries
from ..defining import STARTING, Counting, Definition, Outcome, to_data
from ..defining_forms import AdoptForm, RuleForm, SettingsForm, TakeInForm
from ..defining_presenting import shown_rules
from ..models import DefinitionVersion
from ..operations import classifying, definitions

VERSIONS_A_PAGE = 25


class ReadsDefinition(WorkspaceMixin):
    """Open to everybody of the organisation: the definition stands beside every headcount, and has no person in it."""

    section = "workforce"

    @cached_property
    def may_define(self) -> bool:
        return bool(self.request.user.has_perm("workforce.define", self.organisation))  # type: ignore[union-attr]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_define=self.may_define, **kwargs)  # type: ignore[misc]


class ShowDefinitionView(ReadsDefinition, WorkspaceView):
    """The version in force, and all others."""

    template_name = "workforce/show_definition.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = defined.in_force()
        page = Paginator(self._versions(), VERSIONS_A_PAGE).get_page(self.request.GET.get("page"))
        told = {"version": version, "definition": version.definition if version else STARTING}
        return super().get_context_data(
            **told,
            rules=shown_rules(told["definition"]),
            page_obj=page,
            draft=defined.draft() if self.may_define else None,
            snapshot=queries.snapshots_in_force().first() if self.may_define else None,
            **kwargs,
        )

    def _versions(self) -> Any:
        return defined.versions() if self.may_define else defined.versions().exclude(adopted_at=None)


class VersionMixin(ReadsDefinition):
    """A page about one version; a draft is the steward's alone."""

    @cached_property
    def version(self) -> DefinitionVersion:
        version = defined.version_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]
        if version.is_draft and not self.may_define:
            raise Http404
        version.organisation = self.organisation
        return version


class ShowVersionView(VersionMixin, WorkspaceView):
    template_name = "workforce/show_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.version.definition
        return super().get_context_data(
            version=self.version, definition=definition, rules=shown_rules(definition), **kwargs
        )


class TakeDefinitionOutView(VersionMixin, View):
    """A version as data, to be kept, compared or taken in elsewhere."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        content = json.dumps(to_data(self.version.definition), ensure_ascii=False, indent=2)
        name = f"technical-staff-version-{self.version.number}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type="application/json", headers=headers)


class DefinesMixin(WorkspaceMixin):
    permission = "workforce.define"
    section = "workforce"


class StartDraftView(DefinesMixin, View):
    """Starts the next version from the one in force, else from the definition that Desaga brings."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        last = defined.in_force()
        try:
            definitions.start_draft(
                actor=request.user, organisation=self.organisation, definition=last.definition if last else STARTING
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.address("workforce:edit_draft"))


class TakeDefinitionInView(DefinesMixin, WorkspaceFormView):
    form_class = TakeInForm
    template_name = "workforce/define.html"
    title = "Take in a definition from a file"
    button = "Make it the draft"
    goes_to = "workforce:edit_draft"

    def perform(self, form: TakeInForm) -> DefinitionVersion:
        content = form.cleaned_data["document"]
        return definitions.start_draft(actor=self.request.user, organisation=self.organisation, definition=content)


class DraftMixin(DefinesMixin):
    """A page about the draft; 404 where there is none."""

    @cached_property
    def draft(self) -> DefinitionVersion:
        draft = defined.draft()
        if draft is None:
            raise Http404
        draft.organisation = self.organisation
        return draft

    @cached_property
    def seen(self) -> int:
        """Which state of the draft the form was made from."""
        told = self.request.POST.get("seen", "")
        return (
            int(told)
            if told.isdecimal() and len(told) < 10
            else self.draft.edits
            if self.request.method == "GET"
            else -1
        )

    def change(self, change: Callable[[Definition], Definition]) -> DefinitionVersion:
        return definitions.change_draft(actor=self.request.user, version=self.draft, seen=self.seen, change=change)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(draft=self.draft, seen=self.seen, **kwargs)  # type: ignore[misc]


class EditDraftView(DraftMixin, WorkspaceView):
    """The draft's rules in their order, each with what can be done with it."""

    template_name = "workforce/edit_draft.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.draft.definition
        snapshot = queries.snapshots_in_force().first()
        return super().get_context_data(
            definition=definition, rules=shown_rules(definition), snapshot=snapshot, **kwargs
        )


class DraftFormView(DraftMixin, WorkspaceFormView):
    template_name = "workforce/define.html"
    goes_to = "workforce:edit_draft"


class EditDraftSettingsView(DraftFormView):
    form_class = SettingsForm
    title = "Title, several contracts, and the rest"
    button = "Save"

    def get_initial(self) -> dict[str, Any]:
        return SettingsForm.initial_of(self.draft.definition)

    def perform(self, form: SettingsForm) -> DefinitionVersion:
        told = dict(form.cleaned_data)
        told |= {"counting": Counting(told["counting"]), "rest": Outcome(told["rest"])}
        return self.change(lambda definition: replace(definition, **told))


class AddRuleView(DraftFormView):
    template_name = "workforce/edit_rule.html"
    form_class = RuleForm
    title = "Add a rule"
    button = "Add the rule"

    def perform(self, form: RuleForm) -> DefinitionVersion:
        return self.change(lambda definition: definition.with_rule(form.rule))


class RuleMixin(DraftMixin):
    """About one rule of the draft; 404 where there is none of that number."""

    @cached_property
    def number(self) -> int:
        number: int = self.kwargs["number"]  # type: ignore[attr-defined]
        if not 1 <= number <= len(self.draft.content["rules"]):
            raise Http404
        return number


class EditRuleView(RuleMixin, DraftFormView):
    template_name = "workforce/edit_rule.html"
    form_class = RuleForm
    button = "Save the rule"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Rule {self.number}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rule": self.draft.definition.rule(self.number)}

    def perform(self, form: RuleForm) -> DefinitionVersion:
        return self.change(lambda definition: definition.with_rule(form.rule, self.number))


class MoveRuleView(RuleMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = -1 if "up" in request.POST else 1
        try:
            self.change(lambda definition: definition.moved(self.number, by))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.address('workforce:edit_draft')}#rule-{self.number + by}")


class RemoveRuleView(RuleMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.change(lambda definition: definition.without_rule(self.number))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Rule {self.number} is removed. The rules after it have moved up.")
        return redirect(self.address("workforce:edit_draft"))


class AdoptDraftView(DraftFormView):
    form_class = AdoptForm
    title = "Put the draft in force"
    button = "Put it in force"
    goes_to = "workforce:show_definition"
    said = "{0.name} is adopted. Figures are counted by it from the day that you gave."

    def perform(self, form: AdoptForm) -> DefinitionVersion:
        adopted = definitions.adopt(actor=self.request.user, version=self.draft, **form.cleaned_data)
        # So that whom it leaves to a person stand in the queue without anybody asking for it.
        if newest := queries.snapshots_to_count().first():
            classifying.have_classified(actor=self.request.user, snapshot=newest)
        return adopted


class ThrowDraftAwayView(DraftMixin, ConfirmView):
    title = "Throw the draft away"
    sentence = "The draft and what was tried with it are gone. Versions that were adopted stay as they are."
    button = "Throw it away"
    said = "The draft is thrown away."
    goes_to = "workforce:show_definition"

    def thing(self) -> DefinitionVersion:
        return self.draft

    def perform(self) -> None:
        definitions.throw_draft_away(actor=self.request.user, version=self.draft)
