"""The page on which a plan is seen along time."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from desaga.organisations.doors import WorkspaceView

from ..queries.timeline import actions_in_time, links_of, times_of
from ..timing import by_quarter, conflicts_of, is_drawn, quarter_of, stages_said, timeline_of, waits_said
from .plans import PlanMixin

ROWS_A_PICTURE = 60


class ShowPlanTimelineView(PlanMixin, WorkspaceView):
    """The picture, sixty rows at a time, what cannot be drawn, and the same as a list by quarter."""

    template_name = "plans/show_plan_timeline.html"
    tab = "plans:show_plan_timeline"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(actions_in_time(self.plan), ROWS_A_PICTURE).get_page(self.request.GET.get("page"))
        actions, every = list(page), list(times_of(self.plan))
        in_all = Counter(quarter_of(one)[1] for one in every)
        return super().get_context_data(
            timeline=timeline_of(self.plan, actions, every, timezone.localdate(), part_of(page)),
            undated=sum(not is_drawn(one) for one in every),
            quarters=[(name, in_all[name], list(map(_row, rows))) for name, rows in by_quarter(actions)],
            conflicts=conflicts_of(links_of(self.plan)),
            page_obj=page,
            part=part_of(page),
            **kwargs,
        )


def part_of(page: Page[Any]) -> str:
    """Which of a plan's actions a page shows, in words; "" where it shows them all."""
    if not page.has_other_pages():
        return ""
    first, last = page.start_index(), page.end_index()
    which = f"action {first}" if first == last else f"actions {first} to {last}"
    return f"{which} of {page.paginator.count}"


def _row(action: Any) -> dict[str, Any]:
    return {"action": action, "stages": stages_said(action), "waits": waits_said(action)}
