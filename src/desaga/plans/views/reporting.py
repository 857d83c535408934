"""How progress is reported: a page to read for everybody, to change for those who run the programme."""

from __future__ import annotations

from typing import Any

from desaga.organisations.doors import WorkspaceFormView

from ..forms import ReportingForm
from ..operations.reporting import change_reporting_rule
from ..queries.reporting import reporting_rule


class EditReportingRuleView(WorkspaceFormView):
    permission = "plans.place_plan"
    section = "plans"
    template_name = "plans/edit_reporting_rule.html"
    form_class = ReportingForm
    title = "How progress is reported"
    button = "Save the rule"
    goes_to = "plans:list_plans"
    said = "The rule is saved. It holds at once, also for what was said before."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rule": reporting_rule()}

    def perform(self, form: ReportingForm) -> None:
        change_reporting_rule(actor=self.request.user, organisation=self.organisation, rule=form.as_rule())
