"""The page on which a plan is held against a framework."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from desaga.organisations.doors import WorkspaceView

from ..covering import chart_of, matrix_of, rows_of, sentence
from ..listing import addresses_in
from ..queries.coverage import actions_in_matrix, coverage, coverage_summary, frameworks_for
from .plans import PlanMixin

ROWS_A_PAGE = 60


class ShowPlanCoverageView(PlanMixin, WorkspaceView):
    """Which principles no action answers, which action answers which, and for what reason."""

    template_name = "plans/show_plan_coverage.html"
    tab = "plans:show_plan_coverage"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frameworks = frameworks_for(self.plan)
        asked, with_usual = self.request.GET.get("framework"), self.request.GET.get("usual") == "yes"
        framework = next((one for one in frameworks if one.name == asked), frameworks[0])
        found = coverage(self.plan, framework, with_usual=with_usual)
        to = addresses_in(self.organisation.slug)

        def address(pk: int) -> str:
            return to(self.plan.pk, pk)

        actions = actions_in_matrix(self.plan, with_usual=with_usual)
        page = Paginator(actions, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            frameworks=frameworks,
            found=found,
            sentence=sentence(found),
            rows=rows_of(found, address),
            matrix=matrix_of(found, list(page), address) if found.answered else [],
            page_obj=page,
            chart=chart_of(found, timezone.localdate()),
            summary=coverage_summary(self.plan, frameworks, with_usual=with_usual),
            has_actions=bool(actions),
            **kwargs,
        )
