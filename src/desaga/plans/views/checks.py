"""What to mend in a plan."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from desaga.organisations.doors import WorkspaceView

from ..queries.checks import checks_of
from ..queries.overview import standing_of
from .plans import PlanMixin

#: So many actions of a finding are named at once; the rest opens by a press.
NAMED = 12


class ShowPlanChecksView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan_checks.html"
    tab = "plans:show_plan_checks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        found = checks_of(self.plan, today)
        touched = {one.pk for finding in found for one in finding.actions}
        return super().get_context_data(
            findings=[(one, one.actions[:NAMED], one.actions[NAMED:]) for one in found],
            touched=len(touched),
            actions=standing_of(self.plan, today).actions,
            **kwargs,
        )
