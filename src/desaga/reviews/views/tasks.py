"""Tasks that meetings gave."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView
from desaga.plans.views.plans import at_home

from .. import queries
from ..forms import FinishTaskForm
from ..operations import meeting
from .reviews import OfPlanMixin


class FinishTaskView(OfPlanMixin, WorkspaceFormView):
    """That a task is done. Whoever was given it may say so, and whoever runs reviews."""

    template_name = "reviews/finish_task.html"
    form_class = FinishTaskForm
    title = "Done"
    button = "It is done"
    said = "The task is done."

    @cached_property
    def task(self) -> Any:
        return queries.task_or_404(self.kwargs["pk"])

    @property
    def plan(self) -> Any:
        return at_home(self.task.review.plan, self.organisation)

    @property
    def permission(self) -> str:  # type: ignore[override]
        is_theirs = self.task.person_id is not None and self.task.person_id == self.request.user.person_id
        return "plans.see_plans" if is_theirs else "reviews.run_review"

    def perform(self, form: FinishTaskForm) -> None:
        meeting.finish_task(actor=self.request.user, task=self.task, **form.cleaned_data)

    def back(self) -> str:
        return self.address("reviews:list_reviews", plan_pk=self.plan.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(task=self.task, **kwargs)
