"""Saved views of a plan's actions: kept, opened, changed, removed, and opened with."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView

from ..forms import SaveViewForm, filter_form_of
from ..models import SavedView
from ..operations import saved
from ..queries.saved import defaults_of, saved_view, views_for
from ..viewing import asks_of, query_of, words_of
from .plans import ACTIONS_A_PAGE, PlanMixin


class SavedViewMixin(PlanMixin):
    """A page about one view, as it holds for one plan."""

    tab = "plans:show_plan"

    @cached_property
    def view(self) -> SavedView:
        return self.at_home(saved_view(self.plan, self.request.user, self.kwargs["pk"]))

    def at_home(self, view: SavedView) -> SavedView:
        """The view with its organisation and plan at hand."""
        view.organisation = self.organisation
        view.plan = self.plan if view.plan_id else None
        return view

    def asked_about(self) -> Any:
        return self.view if self.permission == "plans.change_view" else super().asked_about()

    def back(self) -> str:
        return self.address("plans:list_views", plan_pk=self.plan.pk)

    def opened(self, view: SavedView) -> str:
        """The page of the plan as a view shows it."""
        return f"{self.address('plans:show_plan', plan_pk=self.plan.pk)}?{query_of(view.asks, view=view.pk)}"

    def may_share(self) -> dict[str, bool]:
        user = self.request.user
        return {
            "this": user.has_perm("plans.edit_plan", self.plan),
            "all": user.has_perm("plans.edit_plan", self.organisation),
        }


class ListViewsView(SavedViewMixin, WorkspaceView):
    template_name = "plans/list_views.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        page = Paginator(views_for(self.plan, user), ACTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        form, defaults = filter_form_of(self.plan, QueryDict()), defaults_of(self.plan, user)
        rows = [
            {
                "view": view,
                "asks": words_of(filled(form, view)),
                "default": defaults.get(view.pk),
                "can_change": user.has_perm("plans.change_view", view),
            }
            for view in map(self.at_home, page)
        ]
        return super().get_context_data(page_obj=page, rows=rows, **kwargs)


def filled(form: Any, view: SavedView) -> Any:
    """The same filters, filled in as a view asks: many views are told with the choices of one form."""
    form.cleaned_data = view.asks
    return form


class SaveViewView(SavedViewMixin, WorkspaceFormView):
    template_name = "plans/view_form.html"
    form_class = SaveViewForm
    title = "Save this view"
    button = "Save the view"

    @cached_property
    def asked(self) -> Any:
        return filter_form_of(self.plan, self.request.GET)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "may_share": self.may_share()}

    def perform(self, form: SaveViewForm) -> None:
        data = form.cleaned_data
        self.kept = saved.save_view(
            actor=self.request.user,
            organisation=self.organisation,
            plan=self.plan if data["plans"] == "this" else None,
            name=data["name"],
            asks=asks_of(self.asked.cleaned_data),
            is_shared=data["is_shared"],
            is_default=data["is_default"],
        )

    def get_success_url(self) -> str:
        messages.success(self.request, f"The view “{self.kept}” is saved.")
        return self.opened(self.kept)

    def back(self) -> str:
        query = query_of(asks_of(self.asked.cleaned_data)) or "view="
        return f"{self.address('plans:show_plan', plan_pk=self.plan.pk)}?{query}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=words_of(self.asked), **kwargs)


class OpenViewView(SavedViewMixin, View):
    """The lasting address of a view: sends on to the page as the view shows it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.opened(self.view))


class EditViewView(SavedViewMixin, WorkspaceFormView):
    permission = "plans.change_view"
    template_name = "plans/view_form.html"
    form_class = SaveViewForm
    title = "Change the view"
    button = "Save the changes"
    said = "The view is changed."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "may_share": self.may_share()}

    def get_form(self, form_class: Any = None) -> SaveViewForm:
        form = super().get_form(form_class)
        del form.fields["is_default"]
        return form

    def get_initial(self) -> dict[str, Any]:
        view = self.view
        return {"name": view.name, "plans": "this" if view.plan_id else "all", "is_shared": view.is_shared}

    def perform(self, form: SaveViewForm) -> None:
        data = form.cleaned_data
        plan = self.plan if data["plans"] == "this" else None
        saved.edit_view(
            actor=self.request.user, view=self.view, name=data["name"], plan=plan, is_shared=data["is_shared"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = words_of(filled(filter_form_of(self.plan, QueryDict()), self.view))
        return super().get_context_data(asked=asked, **kwargs)


class ReplaceViewView(SavedViewMixin, View):
    """Let a view show what the page shows now."""

    permission = "plans.change_view"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asks = asks_of(filter_form_of(self.plan, QueryDict(request.POST.get("asks", ""))).cleaned_data)
        view = saved.replace_view(actor=request.user, view=self.view, asks=asks)
        messages.success(request, f"The view “{view}” shows this from now on.")
        return redirect(self.opened(view))


class RemoveViewView(SavedViewMixin, ConfirmView):
    permission = "plans.change_view"
    title = "Remove the view"
    button = "Remove it"
    said = "The view is removed. The actions are as they were."

    @property
    def sentence(self) -> str:  # type: ignore[override]
        shared = "It is shared: everybody here loses it. " if self.view.is_shared else ""
        return f"{shared}Only the view goes; the actions stay as they are."

    def thing(self) -> Any:
        return self.view

    def perform(self) -> None:
        saved.remove_view(actor=self.request.user, view=self.view)


class ChooseDefaultViewView(SavedViewMixin, View):
    """Open one's page of this plan, or of all plans, with a view; or no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view = self.view
        if request.POST.get("do") == "clear":
            saved.clear_default_view(actor=request.user, view=view)
            messages.success(request, "Plans open with all their actions again.")
        else:
            plan = None if request.POST.get("do") == "all" and view.plan_id is None else self.plan
            saved.set_default_view(actor=request.user, view=view, plan=plan)
            which = "Every plan opens" if plan is None else "This plan opens"
            messages.success(request, f"{which} with “{view}” from now on, for you alone.")
        return redirect(self.back())
