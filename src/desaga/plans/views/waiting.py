"""Saying for which other action an action waits, and taking that back."""

from __future__ import annotations

from typing import Any

from desaga.organisations.doors import PressView, WorkspaceFormView

from ..forms import FindActionForm, WaitForm
from ..operations import waiting
from ..queries import waiting as reads
from .actions import ActionMixin


class AddWaitView(ActionMixin, WorkspaceFormView):
    """Look for an action by its words, and say that this one waits for it."""

    permission = "plans.edit_plan"
    template_name = "plans/add_wait.html"
    title = "What it waits for"
    button = "Say that it waits for this"
    said = "It is saved what the action waits for."

    def get_form(self, form_class: Any = None) -> WaitForm:
        words = self.request.GET.get("q", "").replace("\x00", "")
        return WaitForm(**self.get_form_kwargs(), action=self.action, words=words)

    def perform(self, form: WaitForm) -> None:
        waiting.wait_for(actor=self.request.user, action=self.action, on=form.cleaned_data["on"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        find = FindActionForm(self.request.GET)
        return super().get_context_data(action=self.action, plan=self.action.plan, find_form=find, **kwargs)


class TakeWaitBackView(ActionMixin, PressView):
    permission = "plans.edit_plan"

    def perform(self) -> str:
        dependency = reads.dependency(self.action, self.kwargs["dependency_pk"])
        waiting.take_wait_back(actor=self.request.user, dependency=dependency)
        return f"The action no longer waits for {dependency.text}."
