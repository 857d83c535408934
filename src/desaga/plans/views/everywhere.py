"""The actions of all plans that are at work, on one page and as a file."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS
from desaga.organisations.doors import WorkspaceMixin, WorkspaceView

from .. import queries
from ..exports import TooLongForPDF
from ..exports.everywhere import tables_of_all_actions
from ..exports.taking import tables_as_file
from ..forms import AllActionsFilterForm
from ..listing import columns_shown, heads_of, rows_of, write_lines
from ..models import Plan
from ..queries import everywhere as reads
from ..queries.plans import plans_at_work
from .plans import ACTIONS_A_PAGE, sorted_by


class AllActionsMixin(WorkspaceMixin):
    """A page about the actions of all active plans, narrowed by its address."""

    permission = "plans.see_plans"
    section = "plans"

    @cached_property
    def plans(self) -> list[Plan]:
        return list(plans_at_work())

    @cached_property
    def filter_form(self) -> AllActionsFilterForm:
        form = AllActionsFilterForm(self.request.GET, plans=self.plans, parties=reads.parties_at_work())
        # A word of the address that is no choice is left out; the others still count.
        form.is_valid()
        return form

    def chosen(self) -> Any:
        wanted = self.filter_form.cleaned_data
        rows = queries.narrowed(reads.actions_at_work(), wanted)
        rows = rows.filter(plan=wanted["plan"]) if wanted.get("plan") else rows
        return reads.in_order_of_plans(rows, wanted.get("sort") or "")


class ListActionsView(AllActionsMixin, WorkspaceView):
    """What is to be done in every plan that is at work, plan by plan, what is due first at the top of each."""

    template_name = "plans/list_actions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.chosen(), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        rows, sort = (
            rows_of(page.object_list, self.organisation, timezone.localdate()),
            self.filter_form.cleaned_data.get("sort"),
        )
        columns = columns_shown(rows, ())
        write_lines(rows, columns)
        known = {plan.pk: plan for plan in self.plans}
        groups = [
            {"heading": known[pk].title, "label": "", "rows": list(some)}
            for pk, some in groupby(rows, key=lambda row: row.action.plan_id)
        ]
        return super().get_context_data(
            filter_form=self.filter_form,
            page_obj=page,
            groups=groups,
            columns=heads_of(columns, sort or "", sorted_by(self.request)),
            can_tick=0,
            has_plans=bool(self.plans),
            **kwargs,
        )


class TakeOutAllActionsView(AllActionsMixin, View):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format, today = FORMATS.get(self.kwargs["format"]), timezone.localdate()
        if format is None:
            raise Http404
        tables = tables_of_all_actions(self.chosen(), {plan.pk: plan.title for plan in self.plans}, today)
        try:
            file = tables_as_file(tables, format, "Actions of all plans", self.organisation, today)
        except TooLongForPDF as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("plans:list_actions"))
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(file.content, content_type=file.media_type, headers=headers)
