"""Pages about plans as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from ..forms import ColumnsForm, PlanFilterForm, PlanForm, filter_form_of
from ..listing import Row, columns_shown, heads_of, rows_of, write_lines
from ..models import Plan, SavedView
from ..operations import plans
from ..operations.gate import NotAllSaid
from ..origins import origin_of
from ..presenting import shown_changes
from ..queries.everywhere import plans_grouped
from ..queries.own_frameworks import names_to_keep
from ..queries.saved import default_view, views_for
from ..sources import place
from ..states import PLAN_TRANSITIONS, PlanState
from ..tabs import LIST_LINKS, TABS, in_order
from ..viewing import FILTERS, asks_of, query_of

ACTIONS_A_PAGE = 100
VIEWS_IN_A_LINE = 8
#: Permissions that are asked about the plan; all others about the organisation.
OF_THE_PLAN = ("plans.edit_plan", "plans.close_plan")


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
        return self.plan if self.permission in OF_THE_PLAN else self.organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_edit = self.request.user.has_perm("plans.edit_plan", self.plan)
        return super().get_context_data(
            plan=self.plan, can_edit=can_edit, tabs=self._tabs(), origin=origin_of(self.plan), **kwargs
        )  # type: ignore[misc]

    def _tabs(self) -> list[dict[str, Any]]:
        names = {
            "plans:show_plan_overview": "Overview",
            "plans:show_plan": "Actions",
            "plans:show_plan_timeline": "Timeline",
            "plans:show_plan_coverage": "Coverage",
            "plans:show_plan_parties": "Parties",
            "plans:show_plan_usual": "Business as usual",
            "plans:show_plan_units": "What it answers" if self.plan.under_id else "Unit plans",
            "plans:show_plan_checks": "What to mend",
            "plans:show_plan_closing": "What became of it",
            "plans:show_plan_glossary": "Glossary and frameworks",
            "plans:show_plan_history": "Source and history",
        }
        tabs = [tab for tab in TABS if self.request.user.has_perm(tab.permission, self.plan)]
        labels = names | {tab.url_name: tab.label for tab in tabs}
        return [
            {"label": labels[name], "url": self.address(name, plan_pk=self.plan.pk), "is_current": name == self.tab}
            for name in in_order(list(names), tabs)
        ]


def sorted_by(request: HttpRequest) -> Callable[[str], str]:
    """What answers the address of this page in another order."""

    def address(sort: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = sort
        return f"?{query.urlencode()}"

    return address


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
        more = [one for one in LIST_LINKS if self.request.user.has_perm(one.permission, self.organisation)]
        links = [(one.label, self.address(one.url_name)) for one in more]
        return super().get_context_data(page_obj=page, filter_form=form, can_edit=can_edit, links=links, **kwargs)


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
    """A plan's actions, narrowed, ordered and with the columns that the address says; without a word there, with one's default view."""

    template_name = "plans/show_plan.html"
    tab = "plans:show_plan"

    @cached_property
    def saved_views(self) -> list[SavedView]:
        return list(views_for(self.plan, self.request.user))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.GET and (view := default_view(self.plan, request.user, self.saved_views)):
            return redirect(f"{request.path}?{query_of(view.asks, view=view.pk)}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = filter_form_of(self.plan, self.request.GET)
        wanted, sort = form.cleaned_data, form.cleaned_data.get("sort") or ""
        chosen = queries.narrowed(queries.actions_listed(self.plan), wanted)
        page = Paginator(queries.in_order(chosen, sort), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        rows = rows_of(page.object_list, self.organisation, timezone.localdate(), wanted.get("columns") or ())
        columns = columns_shown(rows, wanted.get("columns") or ())
        can_tick = self.plan.state != PlanState.CLOSED and self.request.user.has_perm("plans.edit_plan", self.plan)
        write_lines(rows, columns, can_tick=can_tick)
        return super().get_context_data(
            filter_form=form,
            page_obj=page,
            groups=_groups(rows, by_theme=not sort),
            columns=heads_of(columns, sort, sorted_by(self.request)),
            columns_form=ColumnsForm(initial={"columns": columns}),
            total=self._total(wanted, page.paginator.count),
            party_name=dict(form.fields["party"].choices).get(wanted.get("party")) if wanted.get("party") else "",
            can_tick=int(can_tick),
            page_rows=",".join(str(row.action.pk) for row in rows),
            **self._views(wanted),
            **kwargs,
        )

    def _total(self, wanted: dict[str, Any], shown: int) -> int:
        """How many actions the plan has: those that are shown, unless a filter hides some."""
        hides = any(wanted.get(name) for name in FILTERS)
        return queries.actions_of(self.plan).count() if hides else shown

    def _views(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The views that hold here, which of them is open, whether the page differs from it, and how to keep what is shown."""
        views, asks = self.saved_views, asks_of(wanted)
        now = next((view for view in views if view.pk == wanted.get("view")), None)
        is_mine = now is not None and self.request.user.has_perm("plans.change_view", now)
        return {
            "views": views[:VIEWS_IN_A_LINE],
            "more_views": len(views) > VIEWS_IN_A_LINE,
            "view_now": now,
            "has_changed": now is not None and now.asks != asks,
            "can_replace": is_mine,
            "asks": query_of(asks),
            "kept_words": [(name, value) for name, value in asks.items() if name != "columns"],
        }


class ShowPlanGlossaryView(PlanMixin, WorkspaceView):
    template_name = "plans/show_plan_glossary.html"
    tab = "plans:show_plan_glossary"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        carried = {party for party, _ in queries.parties_of(self.plan)}
        can_keep = self.request.user.has_perm("frameworks.keep_frameworks", self.organisation)
        return super().get_context_data(
            principles=queries.principles_of(self.plan),
            carried=carried,
            to_keep=names_to_keep(self.plan) if can_keep else [],
            **kwargs,
        )


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
    """Put a plan to work, close it, reopen it: each by whom the table of transitions says."""

    http_method_names = ["post"]
    said = {
        "activate": "The plan is at work.",
        "close": "The plan is closed; its actions stay as they are.",
        "reopen": "The plan is open again.",
    }

    @property
    def permission(self) -> str:  # type: ignore[override]
        known = PLAN_TRANSITIONS.get(self.kwargs["transition"])
        return known.permission if known else "plans.edit_plan"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        transition = self.kwargs["transition"]
        address = reverse("plans:show_plan", args=[self.organisation.slug, self.plan.pk])
        if transition not in self.said:
            return redirect(address)
        try:
            plans.change_plan_state(actor=request.user, plan=self.plan, transition=transition)
        except NotAllSaid as refusal:
            messages.error(request, str(refusal))
            return redirect(f"{self.address('plans:show_plan_closing', plan_pk=self.plan.pk)}?show=unsaid")
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.said[transition])
        if transition == "activate":
            return redirect(address)
        return redirect(self.address("plans:show_plan_closing", plan_pk=self.plan.pk))


def _groups(rows: Sequence[Row], *, by_theme: bool) -> list[dict[str, Any]]:
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
