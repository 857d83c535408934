"""Business as usual: what a plan does as a matter of course, and moving an action to and fro."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils import timezone

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView

from ..forms import FromUsualForm, StillUsualForm, ToUsualForm
from ..models import Action, Plan
from ..operations import takingup, usual
from ..queries.usual import actions_as_usual, plans_taking_in, usual_due
from ..rechecking import a_year_after
from ..states import PlanState
from .actions import ActionMixin
from .plans import ACTIONS_A_PAGE, PlanMixin, at_home


class ShowPlanUsualView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan_usual.html"
    tab = "plans:show_plan_usual"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(actions_as_usual(self.plan), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        rows = rows_looked_at(page)
        return super().get_context_data(page_obj=page, rows=rows, today=timezone.localdate(), **kwargs)


def rows_looked_at(actions: Iterable[Action]) -> list[tuple[Action, date]]:
    """Each with the day by which it is looked at again."""
    return [(action, a_year_after(action.looked_at)) for action in actions]  # type: ignore[attr-defined]


def plans_offered(user: Any, plans: Iterable[Plan]) -> dict[int, Plan]:
    """For those of these plans that are closed, the plan at work that takes in their business as usual, where this user may change it."""
    found = plans_taking_in([plan for plan in plans if plan.state == PlanState.CLOSED])
    return {pk: into for pk, into in found.items() if user.has_perm("plans.edit_plan", into)}


class ListUsualDueView(WorkspaceView):
    """Business as usual of all plans that is due to be looked at again."""

    permission = "plans.see_plans"
    section = "plans"
    template_name = "plans/list_usual_due.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(usual_due(timezone.localdate()), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        may = self.request.user.has_perm
        looked = rows_looked_at(page)
        plans = {one.plan_id: at_home(one.plan, self.organisation) for one, _ in looked}
        into = plans_offered(self.request.user, plans.values())
        rows = [(one, by, may("plans.edit_plan", plans[one.plan_id]), into.get(one.plan_id)) for one, by in looked]
        return super().get_context_data(page_obj=page, rows=rows, today=timezone.localdate(), **kwargs)


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


class ConfirmUsualView(MoveActionView):
    """One press: it is still done as a matter of course. A page of its own for those who come from elsewhere."""

    form_class = StillUsualForm
    title = "Look at it again"
    button = "It is still business as usual"
    said = "Still business as usual. It is looked at again in a year."
    lead = "What is done as a matter of course fades unseen, so it is looked at once a year. Is it still done?"

    def perform(self, form: StillUsualForm) -> None:
        usual.confirm_usual(actor=self.request.user, action=self.action, **form.cleaned_data)

    def get_success_url(self) -> str:
        """Back to where one pressed: the list of those due, the plan's, or the action."""
        came = self.request.POST.get("from")
        if came == "due":
            return self.address("plans:list_usual_due")
        return self.address("plans:show_plan_usual", plan_pk=self.action.plan_id) if came == "plan" else self.back()


class TakeUpAgainView(ActionMixin, PressView):
    """One press: business as usual of a closed plan is copied into the plan at work."""

    permission = "plans.edit_plan"
    taken: Action | None = None

    def perform(self) -> str:
        into = plans_taking_in([self.action.plan]).get(self.action.plan_id)
        if into and not self.request.user.has_perm("plans.edit_plan", into):
            raise PermissionDenied
        self.taken = takingup.take_up_again(actor=self.request.user, action=self.action)
        return f"It is part of {self.taken.plan.title} now. Say there by when it is due."

    def back(self) -> str:
        """Back to the list of those due, where one pressed there; else to what it became."""
        if self.request.POST.get("from") == "due":
            return self.address("plans:list_usual_due")
        action = self.taken or self.action
        return self.address("plans:show_action", plan_pk=action.plan_id, pk=action.pk)
