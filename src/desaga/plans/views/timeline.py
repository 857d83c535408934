"""The page on which a plan is seen along time."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from desaga.organisations.doors import WorkspaceView

from ..queries.timeline import actions_in_time, codes_of, waited_for
from ..timing import by_quarter, conflicts_of, heading_of, is_drawn, stages_said, timeline_of
from .plans import PlanMixin

ROWS_A_PICTURE = 60


class ShowPlanTimelineView(PlanMixin, WorkspaceView):
    """The picture, sixty rows at a time, what cannot be drawn, and the same as a list by quarter."""

    template_name = "plans/show_plan_timeline.html"
    tab = "plans:show_plan_timeline"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(actions_in_time(self.plan), ROWS_A_PICTURE).get_page(self.request.GET.get("page"))
        actions, codes = list(page), codes_of(self.plan)
        waits = {action.pk: waited_for(action, codes) for action in actions}
        quarters = [
            (name, [{"action": one, "theme": heading_of(one), "stages": stages_said(one)} for one in rows])
            for name, rows in by_quarter(actions)
        ]
        return super().get_context_data(
            timeline=timeline_of(self.plan, actions, waits, timezone.localdate()),
            undated=[action for action in actions if not is_drawn(action)],
            quarters=quarters,
            conflicts=conflicts_of(actions),
            page_obj=page,
            **kwargs,
        )
