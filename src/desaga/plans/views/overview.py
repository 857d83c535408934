"""The page that tells how a plan stands at a glance."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from desaga.indicators import registry
from desaga.indicators.presenting import rows_of_part
from desaga.indicators.queries import lines_of_part
from desaga.organisations.doors import WorkspaceView

from .. import queries
from ..indicators import PLAN
from ..presenting import NOTICE_WORDS, chart_by_quarter, chart_by_theme
from ..queries.coverage import coverage_summary, frameworks_for
from ..queries.followed import suggestions_waiting
from ..queries.overview import doubts_by_kind, due_next, standing_of, words_to_resolve
from ..queries.reporting import reported_of
from ..queries.units import unit_plans
from .plans import PlanMixin

SHOWN = 8


class ShowPlanOverviewView(PlanMixin, WorkspaceView):
    """How far one is, what is late and due, whether it is alive, what is covered, what is doubtful, and who is still only words."""

    template_name = "plans/show_plan_overview.html"
    tab = "plans:show_plan_overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chased, today = queries.actions_chased(self.plan), timezone.localdate()
        due = list(due_next(self.plan, today)[: SHOWN + 1])
        unresolved = words_to_resolve(self.plan)
        summary = [
            row for row in coverage_summary(self.plan, frameworks_for(self.plan)) if row.answered or row.only_suggested
        ]
        return super().get_context_data(
            standing=standing_of(self.plan, today),
            reported=reported_of(self.plan),
            can_place=self.request.user.has_perm("plans.place_plan", self.organisation),
            by_theme=chart_by_theme(queries.counts_by_theme(chased), today),
            by_quarter=chart_by_quarter(queries.counts_by_quarter(chased), today),
            due=due[:SHOWN],
            has_more_due=len(due) > SHOWN,
            summary=summary,
            doubts=[(NOTICE_WORDS.get(kind, kind), number) for kind, number in doubts_by_kind(self.plan)],
            suggested=suggestions_waiting(self.plan).count(),
            alive=rows_of_part(registry.indicators(), lines_of_part(PLAN, str(self.plan.pk), today)),
            below=list(unit_plans(self.plan)[:SHOWN]) if self.plan.under_id is None else [],
            unresolved=unresolved[:SHOWN],
            unresolved_count=len(unresolved),
            today=today,
            **kwargs,
        )
