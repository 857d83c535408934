"""What became of a plan: saying it action by action, closing, and drafting the next plan from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from ..dates import first_day, last_day
from ..forms import NextPlanForm, SayForm, ShowForm
from ..operations import closing, drafting
from ..queries import closing as reads
from ..queries.closing import Closing
from ..states import PlanState
from .bulk import numbers_in
from .plans import PlanMixin

ROWS_A_PAGE = 25


class ShowPlanClosingView(PlanMixin, WorkspaceView):
    """How far each action came and what became of it: said, proposed, and still to say."""

    template_name = "plans/show_plan_closing.html"
    tab = "plans:show_plan_closing"

    @property
    def query(self) -> Any:
        return self.request.GET

    @cached_property
    def show(self) -> str:
        form = ShowForm({"show": self.query.get("show", "")})
        return form.cleaned_data["show"] if form.is_valid() else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actions = reads.actions_closing(self.plan, self.show)
        page = Paginator(actions, ROWS_A_PAGE).get_page(self.query.get("page"))
        can_say = self.request.user.has_perm("plans.edit_plan", self.plan)
        before, after = reads.plans_around(self.plan)
        rows = self.with_forms(reads.closings_of(list(page.object_list)), can_say)
        has_forms = any(form for _, form in rows)
        return super().get_context_data(
            page_obj=page,
            rows=rows,
            has_forms=has_forms,
            progress=reads.closing_progress(self.plan),
            fates=reads.fate_counts(self.plan),
            show=self.show,
            show_form=ShowForm({"show": self.show}),
            several_form=self.several_form(),
            merge_with=reads.actions_to_merge_with(self.plan) if has_forms else [],
            can_say=can_say,
            can_close=self.request.user.has_perm("plans.close_plan", self.plan),
            before=before,
            after=after,
            next_plan=reads.has_next(self.plan),
            **kwargs,
        )

    def with_forms(self, rows: Sequence[Closing], can_say: bool) -> list[tuple[Closing, SayForm | None]]:
        """Each row with its form; what a closed plan says stays as it is."""
        is_closed = self.plan.state == PlanState.CLOSED
        return [
            (row, self.form_of(row) if can_say and not (is_closed and row.outcome.is_said) else None) for row in rows
        ]

    def form_of(self, row: Closing) -> SayForm:
        told = row.outcome
        initial = {name: getattr(told, name) for name in ("completion", "fate", "reason")}
        return SayForm(initial={**initial, "into": str(told.into) if told.into else ""}, auto_id=f"a{row.action.pk}-%s")

    def several_form(self) -> SayForm:
        return SayForm(auto_id="several-%s")


class SayOutcomesView(ShowPlanClosingView):
    """Say, accept what is proposed, or take back: of one action, or of all that are ticked. What was typed stays where it is refused."""

    permission = "plans.edit_plan"
    http_method_names = ["post"]

    @property
    def query(self) -> Any:
        return self.request.POST

    @cached_property
    def pks(self) -> list[int]:
        return numbers_in(self.request.POST.getlist("action"))

    @cached_property
    def is_several(self) -> bool:
        return "several" in self.request.POST

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            number = self.perform(request.POST.get("do", ""))
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(refusal=str(refusal), ticked=self.pks))
        if self.is_several:
            messages.success(request, f"Saved for {number} action{'' if number == 1 else 's'}.")
        return redirect(self.onwards())

    def perform(self, word: str) -> int:
        told: dict[str, Any] = {"actor": self.request.user, "plan": self.plan, "pks": self.pks}
        if word == "accept":
            return closing.accept_proposals(**told)
        if word == "take-back":
            return closing.take_outcomes_back(**told)
        form = SayForm(self.request.POST)
        if not form.is_valid():
            raise closing.NothingToSay
        return closing.say_outcomes(**told, saying=form.saying(self.plan))

    def onwards(self) -> str:
        """The same list, at the row after the one that was answered."""
        row = self.request.POST.get("goes_on", "")
        page = self.request.POST.get("page", "")
        asks = f"show={self.show}&page={page if page.isdecimal() else 1}"
        here = f"{self.address('plans:show_plan_closing', plan_pk=self.plan.pk)}?{asks}"
        return f"{here}#a-{row}" if row.isdecimal() else here

    def form_of(self, row: Closing) -> SayForm:
        if self.is_several or row.action.pk not in self.pks:
            return super().form_of(row)
        return SayForm(self.request.POST, auto_id=f"a{row.action.pk}-%s")

    def several_form(self) -> SayForm:
        return SayForm(self.request.POST, auto_id="several-%s") if self.is_several else super().several_form()


class DraftNextPlanView(PlanMixin, WorkspaceFormView):
    """The next plan, from what became of this one."""

    permission = "plans.edit_plan"
    template_name = "plans/draft_next_plan.html"
    form_class = NextPlanForm
    title = "Draft the next plan"
    button = "Draft the next plan"
    said = "The next plan is drafted. Each action says where it came from; change what is different now."

    def get_initial(self) -> dict[str, Any]:
        return {"title": f"After: {self.plan.title}", **next_period(self.plan.starts, self.plan.ends)}

    def perform(self, form: NextPlanForm) -> None:
        self.next_plan = drafting.draft_next_plan(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("plans:show_plan_closing", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        return self.address("plans:show_plan", plan_pk=self.next_plan.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            progress=reads.closing_progress(self.plan),
            fates=reads.fate_counts(self.plan),
            next_plan=reads.has_next(self.plan),
            **kwargs,
        )


def next_period(starts: str, ends: str) -> dict[str, str]:
    """The period that follows one, as long as it, in whole months; nothing where either end is not known."""
    first, last = first_day(starts), last_day(ends)
    if first is None or last is None:
        return {"starts": "", "ends": ""}
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    begin = last.year * 12 + last.month
    return {"starts": _month(begin), "ends": _month(begin + months - 1)}


def _month(months: int) -> str:
    return f"{months // 12}-{months % 12 + 1:02}"
