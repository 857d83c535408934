"""The page on which a plan is held against a framework."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from desaga.organisations.doors import WorkspaceView

from ..covering import chart_of, compared_rows, compared_sentence, matrix_of, rows_of, sentence
from ..listing import addresses_in
from ..queries import followed
from ..queries.coverage import (
    Coverage,
    Family,
    actions_in_matrix,
    coverage,
    coverage_summary,
    editions_wanted,
    families_of,
    frameworks_for,
)
from ..queries.editions import editions_compared
from ..states import PlanState
from ..suggesting import Offer, offers_shown
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
        families = families_of(frameworks)
        family = next(one for one in families if framework in one.editions)
        page = Paginator(actions, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            families=families,
            family=family,
            offers=self._offers(found, family),
            found=found,
            sentence=sentence(found),
            suggested_count=sum(len(one.suggested) for one in found.principles),
            rows=rows_of(found, address),
            matrix=matrix_of(found, list(page), address) if found.answered or found.only_suggested else [],
            page_obj=page,
            chart=chart_of(found, timezone.localdate()),
            summary=coverage_summary(self.plan, frameworks, with_usual=with_usual),
            has_actions=bool(actions),
            **kwargs,
        )

    def _offers(self, found: Coverage, family: Family) -> list[Offer]:
        """The editions after this one that the plan can follow; asked for only where there are any."""
        is_latest = found.framework == family.editions[0]
        if is_latest or self.plan.state == PlanState.CLOSED or not (found.answered or found.only_suggested):
            return []
        offers = offers_shown(followed.pending([self.plan]), followed.known_by_name())
        return [one for one in offers if one.old_name == found.framework.name]


class CompareEditionsView(PlanMixin, WorkspaceView):
    """What was a gap in one edition of a framework, and what is in the next."""

    template_name = "plans/compare_editions.html"
    tab = "plans:show_plan_coverage"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        frameworks, asked = frameworks_for(self.plan), self.request.GET
        pair = editions_wanted(frameworks, asked.get("old"), asked.get("new"))
        found = editions_compared(self.plan, *pair) if pair else None
        return super().get_context_data(
            families=families_of(frameworks),
            found=found,
            sentence=compared_sentence(found) if found else "",
            rows=compared_rows(found) if found else [],
            **kwargs,
        )
