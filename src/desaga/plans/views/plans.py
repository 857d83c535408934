"""Pages about plans as a whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..forms import ActionFilterForm, PlanFilterForm, PlanForm
from ..listing import Row, rows_of
from ..models import Plan
from ..operations import plans
from ..presenting import shown_changes
from ..queries.everywhere import plans_grouped
from ..sources import place

ACTIONS_A_PAGE = 100
ORDERS = {
    "": ("business_as_usual", "theme__order", "order"),
    "due": ("business_as_usual", "last_day", "order"),
    "code": ("business_as_usual", "code", "order"),
    "status": ("business_as_usual", "status", "order"),
}


def at_home(plan: Plan, organisation: Any) -> Plan:
    """The plan with its organisation at hand, where that is the one whose workspace this is."""
    if plan.organisation_id == organisation.pk:
        plan.organisation = organisation
    return plan


class PlanMixin(WorkspaceMixin):
    """A page about one plan."""

    permission = "plans.see_plans"
    section = "plans"
    tab = ""

    @cached_property
    def plan(self) -> Plan:
        return at_home(queries.plan(self.kwargs["plan_pk"]), self.organisation)  # type: ignore[attr-defined]

    def asked_about(self) -> Any:
        return self.plan if self.permission == "plans.edit_plan" else self.organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_edit = self.request.user.has_perm("plans.edit_plan", self.plan)
        return super().get_context_data(plan=self.plan, can_edit=can_edit, tabs=self._tabs(), **kwargs)  # type: ignore[misc]

    def _tabs(self) -> list[dict[str, Any]]:
        names = {
            "plans:show_plan_overview": "Overview",
            "plans:show_plan": "Actions",
            "plans:show_plan_timeline": "Timeline",
            "plans:show_plan_coverage": "Coverage",
            "plans:show_plan_parties": "Parties",
            "plans:show_plan_usual": "Business as usual",
            "plans:show_plan_units": "What it answers" if self.plan.under_id else "Unit plans",
            "plans:show_plan_glossary": "Glossary and frameworks",
            "plans:show_plan_history": "Source and history",
        }
        return [
            {"label": label, "url": self.address(name, plan_pk=self.plan.pk), "is_current": name == self.tab}
            for name, label in names.items()
        ]


def heads_of(request: HttpRequest, filled: dict[str, bool], sort: str) -> list[dict[str, Any]]:
    """The heads of a table of actions; those that sort are links, and again to the usual order."""

    def head(label: str, by: str = "") -> dict[str, Any]:
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = "" if by == sort else by
        return {"label": label, "is_current": bool(by) and by == sort, "url": f"?{query.urlencode()}" if by else ""}

    heads = [head("Code", "code"), head("Action"), head("Who"), head("When", "due")]
    heads += [head("Status", "status")] if filled["status"] else []
    heads += [head("RAG")] if filled["rag"] else []
    return heads + ([{**head("Doubts"), "is_number": True}] if filled["doubts"] else [])


class ListPlansView(WorkspaceView):
    permission = "plans.see_plans"
    section = "plans"
    template_name = "plans/list_plans.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PlanFilterForm(self.request.GET)
        form.is_valid()
        rows = plans_grouped(form.cleaned_data.get("state") or "")
        page = Paginator(rows, ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        can_edit = self.request.user.has_perm("plans.edit_plan", self.organisation)
        return super().get_context_data(page_obj=page, filter_form=form, can_edit=can_edit, **kwargs)


class StartPlanView(WorkspaceFormView):
    permission = "plans.edit_plan"
    section = "plans"
    template_name = "plans/plan_form.html"
    form_class = PlanForm
    title = "Start a plan"
    button = "Start the plan"
    goes_to = "plans:list_plans"

    def perform(self, form: PlanForm) -> None:
        self.plan = plans.start_plan(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.address("plans:show_plan", plan_pk=self.plan.pk)


class ShowPlanView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan.html"
    tab = "plans:show_plan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ActionFilterForm(
            self.request.GET, parties=queries.parties_of(self.plan), principles=queries.principles_of(self.plan)
        )
        # A word of the address that is no choice is left out; the others still count.
        form.is_valid()
        wanted = form.cleaned_data
        chosen = queries.narrowed(queries.actions_listed(self.plan), wanted)
        page = Paginator(chosen.order_by(*ORDERS[wanted.get("sort") or ""]), ACTIONS_A_PAGE)
        page_obj = page.get_page(self.request.GET.get("page"))
        rows, sort = rows_of(page_obj.object_list, self.organisation, timezone.localdate()), wanted.get("sort") or ""
        # A column in which nothing stands says nothing.
        filled = {name: any(getattr(row, name) for row in rows) for name in ("status", "rag", "doubts")}
        return super().get_context_data(
            filter_form=form,
            page_obj=page_obj,
            groups=_groups(rows, by_theme=not sort),
            columns=heads_of(self.request, filled, sort),
            filled=filled,
            total=self._total(wanted, page_obj.paginator.count),
            party_name=dict(form.fields["party"].choices).get(wanted.get("party")) if wanted.get("party") else "",
            **kwargs,
        )

    def _total(self, wanted: dict[str, Any], shown: int) -> int:
        """How many actions the plan has: those that are shown, unless a filter hides some."""
        hides = any(value for name, value in wanted.items() if name != "sort")
        return queries.action_ids(self.plan).count() if hides else shown


class ShowPlanGlossaryView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan_glossary.html"
    tab = "plans:show_plan_glossary"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        carried = {party for party, _ in queries.parties_of(self.plan)}
        return super().get_context_data(principles=queries.principles_of(self.plan), carried=carried, **kwargs)


class ShowPlanHistoryView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan_history.html"
    tab = "plans:show_plan_history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            documents=queries.documents_of(self.plan),
            changes=shown_changes(queries.history_of(self.plan)),
            unplaced=[{"where": place(piece["source"]), "text": piece["text"]} for piece in self.plan.unplaced],
            can_bring_in=self.request.user.has_perm("plans.bring_in", self.organisation),
            can_place=self.request.user.has_perm("plans.place_plan", self.organisation),
            **kwargs,
        )


class EditPlanView(PlanMixin, WorkspaceFormView):
    permission = "plans.edit_plan"
    template_name = "plans/plan_form.html"
    form_class = PlanForm
    title = "Change title and period"
    button = "Save the plan"
    said = "The plan is saved."

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.plan.title, "starts": self.plan.starts, "ends": self.plan.ends}

    def perform(self, form: PlanForm) -> None:
        plans.edit_plan(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("plans:show_plan", plan_pk=self.plan.pk)


class ChangePlanStateView(PlanMixin, View):
    """Put a plan to work, close it, reopen it."""

    permission = "plans.edit_plan"
    http_method_names = ["post"]
    said = {
        "activate": "The plan is at work.",
        "close": "The plan is closed; its actions stay as they are.",
        "reopen": "The plan is open again.",
    }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        transition = self.kwargs["transition"]
        address = reverse("plans:show_plan", args=[self.organisation.slug, self.plan.pk])
        if transition not in self.said:
            return redirect(address)
        try:
            plans.change_plan_state(actor=request.user, plan=self.plan, transition=transition)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.said[transition])
        return redirect(address)


def _groups(rows: list[Row], *, by_theme: bool) -> list[dict[str, Any]]:
    """The page's rows under their headings: themes (or one heading), then business as usual apart."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        action = row.action
        if action.business_as_usual:
            key: Any = "usual"
            heading, label = "Business as usual", ""
        elif by_theme:
            key = action.theme_id
            heading, label = (action.theme_title, action.theme_code) if key else ("Without a theme", "")
        else:
            key, heading, label = "all", "", ""
        if not groups or groups[-1]["key"] != key:
            groups.append({"key": key, "heading": heading, "label": label, "rows": []})
        groups[-1]["rows"].append(row)
    return groups
