"""Changing many actions of a plan at once: which, what, what that does, and undoing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceView
from desaga.organisations.refusals import Refused

from ..changing import changes_of
from ..forms import BulkForm, filter_form_of
from ..models import Action, BulkChange
from ..operations import bulk
from ..queries import bulk as reads
from .plans import ACTIONS_A_PAGE, PlanMixin

SHOWN = 100


def numbers_in(words: list[str]) -> list[int]:
    """The numbers among words that a page sent, each once, in their order."""
    return list(dict.fromkeys(int(word) for word in words if word.isdecimal() and len(word) < 18))


class ChangeActionsView(PlanMixin, WorkspaceView):
    """Which actions were ticked, what is to become of them, and, before it is done, what that changes."""

    permission = "plans.edit_plan"
    template_name = "plans/change_actions.html"
    tab = "plans:show_plan"

    def back(self) -> str:
        asks = self.request.GET.get("asks") or "view="
        return f"{self.address('plans:show_plan', plan_pk=self.plan.pk)}?{QueryDict(asks).urlencode()}"

    def chosen(self) -> list[int]:
        """The actions that were ticked, those of the page, or all that match its filters."""
        query = self.request.GET
        if query.get("which") == "all":
            wanted = filter_form_of(self.plan, QueryDict(query.get("asks", ""))).cleaned_data
            return reads.ids_matching(self.plan, wanted)
        words = query.get("page_rows", "").split(",") if query.get("which") == "page" else query.getlist("rows")
        return reads.ids_of_plan(self.plan, numbers_in(words))

    @cached_property
    def actions(self) -> list[Action]:
        pks = numbers_in([pair.partition("=")[0] for pair in self.request.POST.get("seen", "").split(";")])
        return list(reads.actions_to_change(self.plan, pks or self.chosen()))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self.chosen()
        if not chosen or len(chosen) > reads.MOST_AT_ONCE:
            messages.error(request, str(bulk.TooManyAtOnce() if chosen else bulk.NothingTicked()))
            return redirect(self.back())
        return self.render_to_response(self.get_context_data(form=BulkForm(plan=self.plan)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = BulkForm(request.POST, plan=self.plan)
        if not self.actions:
            messages.error(request, str(bulk.NothingTicked()))
            return redirect(self.back())
        if not form.is_valid() or request.POST.get("step") == "edit":
            return self.render_to_response(self.get_context_data(form=form))
        if request.POST.get("step") != "do":
            return self.render_to_response(self.get_context_data(form=form, **self.preview(form)))
        return self.done(form)

    def done(self, form: BulkForm) -> HttpResponse:
        seen = dict(pair.split("=", 1) for pair in self.request.POST["seen"].split(";") if "=" in pair)
        try:
            change = bulk.change_many(
                actor=self.request.user,
                plan=self.plan,
                seen={int(pk): version for pk, version in seen.items() if pk.isdecimal()},
                wish=form.wish(),
            )
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return self.render_to_response(self.get_context_data(form=form, **self.preview(form)))
        messages.success(self.request, f"Done. {str(change)[:1].upper()}{str(change)[1:]}.")
        return redirect(self.address("plans:show_bulk_change", plan_pk=self.plan.pk, pk=change.pk))

    def preview(self, form: BulkForm) -> dict[str, Any]:
        changes, effects = changes_of(self.actions, form.wish(), timezone.localdate())
        return {"effects": effects, "changing": len(changes), "is_preview": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = reads.versions_of(self.actions)
        return super().get_context_data(
            actions=self.actions[:SHOWN],
            number=len(self.actions),
            more=max(0, len(self.actions) - SHOWN),
            seen=";".join(f"{pk}={version}" for pk, version in seen.items()),
            back=self.back(),
            **kwargs,
        )


class BulkChangeMixin(PlanMixin):
    """A page about one change of many actions."""

    tab = "plans:show_plan_history"

    @cached_property
    def change(self) -> BulkChange:
        change = reads.bulk_change(self.plan, self.kwargs["pk"])
        change.plan = self.plan
        return change


class ListBulkChangesView(PlanMixin, WorkspaceView):
    template_name = "plans/list_bulk_changes.html"
    tab = "plans:show_plan_history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(reads.bulk_changes(self.plan), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class ShowBulkChangeView(BulkChangeMixin, WorkspaceView):
    """What was done to which actions, and the press that undoes it."""

    template_name = "plans/show_bulk_change.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(reads.actions_changed_by(self.change), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(change=self.change, page_obj=page, **kwargs)


class UndoBulkChangeView(BulkChangeMixin, PressView):
    permission = "plans.edit_plan"

    def perform(self) -> str:
        bulk.undo_bulk_change(actor=self.request.user, change=self.change)
        return "Undone. The actions are as they were before."

    def back(self) -> str:
        return self.address("plans:show_bulk_change", plan_pk=self.plan.pk, pk=self.change.pk)
