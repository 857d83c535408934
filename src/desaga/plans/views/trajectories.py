"""What became of a plan's actions as figures, and what each fate counts as."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView

from ..figures import chart_of_completion, chart_of_fates
from ..forms import TrajectoryForm
from ..operations.trajectories import change_trajectory_rule
from ..queries.trajectories import trajectories_of, trajectory_rule
from ..tables.trajectories import HEADINGS
from ..trajectories import FORMULAS, ONLY_SAID, SOURCE
from .plans import PlanMixin


class ShowPlanTrajectoriesView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan_trajectories.html"
    tab = "plans:show_plan_closing"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asks = self.request.GET
        found = trajectories_of(self.plan, asks.get("by", ""), asks.get("framework", ""))
        heading, today = "Principle" if found.framework else HEADINGS[found.by], timezone.localdate()
        return super().get_context_data(
            found=found,
            heading=heading,
            rows=[*found.groups.items(), ("All actions", found.whole)],
            fates_chart=chart_of_fates(found.groups, found.whole, heading, today),
            completion_chart=chart_of_completion(found.groups, found.whole, heading, today),
            formulas=FORMULAS,
            source=SOURCE,
            only_said=ONLY_SAID,
            can_place=self.request.user.has_perm("plans.place_plan", self.organisation),
            **kwargs,
        )


class EditTrajectoryRuleView(WorkspaceFormView):
    permission = "plans.place_plan"
    section = "plans"
    template_name = "plans/edit_trajectory_rule.html"
    form_class = TrajectoryForm
    title = "What counts as what"
    button = "Save the rule"
    goes_to = "plans:list_plans"
    said = "The rule is saved. It holds at once, for all plans."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rule": trajectory_rule()}

    def perform(self, form: TrajectoryForm) -> None:
        change_trajectory_rule(actor=self.request.user, organisation=self.organisation, rule=form.as_rule())
