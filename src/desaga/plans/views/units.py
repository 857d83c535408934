"""Units' plans under the institution's plan, and what their actions answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView

from ..answering import cells_of, sentence_of
from ..forms import AnswerForm, PlaceForm, UnitPlanForm
from ..listing import addresses_in
from ..models import Plan
from ..operations import units
from ..queries import units as reads
from .actions import ActionMixin
from .plans import PlanMixin

ROWS_A_PAGE = 60


class ShowPlanUnitsView(PlanMixin, WorkspaceView):
    """The units' plans, and the table of what they answer; of a unit's plan, what that unit answers."""

    template_name = "plans/show_plan_units.html"
    tab = "plans:show_plan_units"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        root, by = reads.root_of(self.plan), self.plan if self.plan.under_id else None
        below = list(reads.unit_plans(root))
        shown = [one for one in below if by is None or one.pk == by.pk]
        only_gaps = self.request.GET.get("gaps") == "yes"
        asked, answered = reads.actions_to_answer(root).count(), reads.answered_count(root, by)
        rows = reads.actions_to_answer(root, only_gaps=only_gaps, by=by)
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        names, address = reads.names_of_units(shown), addresses_in(self.organisation.slug)
        return super().get_context_data(
            root=root,
            below=below if by is None else [],
            columns=[(names[one.pk], one.unit.name if one.unit else one.title) for one in shown],
            rows=[
                (row.action, address(root.pk, row.action.pk), cells_of(row, names, address), not row.by_plan)
                for row in reads.with_answers(page, by)
            ],
            sentence=sentence_of(asked, answered, by.unit.name if by and by.unit else ""),
            asked=asked,
            only_gaps=only_gaps,
            page_obj=page,
            can_place=self.request.user.has_perm("plans.place_plan", self.organisation),
            **kwargs,
        )


class StartUnitPlanView(PlanMixin, WorkspaceFormView):
    permission = "plans.place_plan"
    template_name = "plans/plan_form.html"
    form_class = UnitPlanForm
    title = "Start a unit’s plan"
    button = "Start the unit’s plan"

    def perform(self, form: UnitPlanForm) -> None:
        self.started = units.start_unit_plan(actor=self.request.user, under=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("plans:show_plan_units", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        messages.success(self.request, "The unit’s plan is started. Add its first action.")
        return self.address("plans:show_plan", plan_pk=self.started.pk)


class PlacePlanView(PlanMixin, WorkspaceFormView):
    """Say whose plan it is, and under which it stands."""

    permission = "plans.place_plan"
    template_name = "plans/plan_form.html"
    title = "Whose plan it is"
    button = "Save whose plan it is"
    said = "It is saved whose plan this is."

    def get_form(self, form_class: Any = None) -> PlaceForm:
        return PlaceForm(**self.get_form_kwargs(), plan=self.plan)

    def get_initial(self) -> dict[str, Any]:
        return {"unit": self.plan.unit_id, "under": self.plan.under_id}

    def perform(self, form: PlaceForm) -> Plan:
        return units.place_plan(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("plans:show_plan_history", plan_pk=self.plan.pk)


class AddAnswerView(ActionMixin, WorkspaceFormView):
    """Say which action of the plan above this one answers."""

    permission = "plans.edit_plan"
    template_name = "plans/action_form.html"
    title = "What it answers"
    button = "Say that it answers this"
    said = "It is saved what the action answers."

    def get_form(self, form_class: Any = None) -> AnswerForm:
        return AnswerForm(**self.get_form_kwargs(), action=self.action)

    def perform(self, form: AnswerForm) -> None:
        units.answer_action(actor=self.request.user, action=self.action, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        above = self.action.plan.under
        lead = f"Which action of {above.title} does it answer? One at a time." if above else ""
        return super().get_context_data(action=self.action, plan=self.action.plan, lead=lead, **kwargs)


class TakeAnswerBackView(ActionMixin, PressView):
    permission = "plans.edit_plan"

    def perform(self) -> str:
        answer = reads.answer(self.action, self.kwargs["answer_pk"])
        units.take_answer_back(actor=self.request.user, answer=answer)
        return f"The action no longer answers {answer.answered}."
