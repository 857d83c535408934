"""Saying by hand what an action went on as, and actions that answer what others said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView

from .. import queries
from ..forms import BecameForm, FeedbackForm, FindActionForm
from ..operations import feedback, lineage
from ..queries import lineage as reads
from .actions import ActionMixin
from .plans import PlanMixin


class AddSuccessorView(ActionMixin, WorkspaceFormView):
    """Look for an action of another plan, and say that this one went on as it."""

    permission = "plans.edit_plan"
    template_name = "plans/add_successor.html"
    title = "What it went on as"
    button = "It went on as this"
    said = "It is saved what the action went on as."

    def get_form(self, form_class: Any = None) -> BecameForm:
        words = self.request.GET.get("q", "").replace("\x00", "")
        return BecameForm(**self.get_form_kwargs(), action=self.action, words=words)

    def perform(self, form: BecameForm) -> None:
        lineage.link_actions(actor=self.request.user, earlier=self.action, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        find = FindActionForm(self.request.GET)
        return super().get_context_data(action=self.action, plan=self.action.plan, find_form=find, **kwargs)


class TakeSuccessorBackView(ActionMixin, PressView):
    permission = "plans.edit_plan"

    @cached_property
    def link(self) -> Any:
        return reads.link(self.action, self.kwargs["link_pk"])

    def perform(self) -> str:
        lineage.unlink_actions(actor=self.request.user, link=self.link)
        return "The link is taken back. What was said of the action’s end stays."

    def back(self) -> str:
        if self.request.POST.get("compares") != str(self.link.later_plan_id):
            return super().back()
        compares = self.address("plans:review_predecessors", plan_pk=self.link.later_plan_id)
        return f"{compares}?before={self.link.earlier_plan_id}"


class AddFeedbackView(PlanMixin, WorkspaceFormView):
    """What somebody from outside said becomes an action that keeps their words."""

    permission = "plans.edit_plan"
    template_name = "plans/add_feedback.html"
    title = "Add an action from feedback"
    button = "Add the action"

    def get_form(self, form_class: Any = None) -> FeedbackForm:
        themes = [(theme.code or theme.title, theme.name) for theme in queries.themes_of(self.plan)]
        return FeedbackForm(**self.get_form_kwargs(), themes=themes)

    def perform(self, form: FeedbackForm) -> None:
        self.added = feedback.add_action_from_feedback(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("plans:show_plan", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        messages.success(self.request, "The action is added, with the words that it answers.")
        return self.address("plans:show_action", plan_pk=self.plan.pk, pk=self.added.pk)
