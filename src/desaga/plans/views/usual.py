"""Business as usual: what a plan does as a matter of course, and moving an action to and fro."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView

from ..forms import FromUsualForm, ToUsualForm
from ..operations import usual
from ..queries.usual import actions_as_usual
from .actions import ActionMixin
from .plans import ACTIONS_A_PAGE, PlanMixin


class ShowPlanUsualView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan_usual.html"
    tab = "plans:show_plan_usual"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(actions_as_usual(self.plan), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class MoveActionView(ActionMixin, WorkspaceFormView):
    """A form that moves an action between the plan's work and business as usual."""

    permission = "plans.edit_plan"
    template_name = "plans/action_form.html"
    lead = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, plan=self.action.plan, lead=self.lead, **kwargs)


class MoveToUsualView(MoveActionView):
    form_class = ToUsualForm
    title = "Move to business as usual"
    button = "Move it to business as usual"
    said = "The action is business as usual now. It is no longer chased."
    lead = "What is done as a matter of course is listed apart, still counts where you ask for it, and is no longer chased. You can move it back."

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def perform(self, form: ToUsualForm) -> None:
        usual.move_to_usual(actor=self.request.user, action=self.action, **form.cleaned_data)


class MoveFromUsualView(MoveActionView):
    form_class = FromUsualForm
    title = "Move back into the plan"
    button = "Move it back into the plan"
    said = "The action is part of the plan’s work again."
    lead = "It stands under its theme again, and is due when it says."

    def perform(self, form: FromUsualForm) -> None:
        usual.move_from_usual(actor=self.request.user, action=self.action, **form.cleaned_data)
