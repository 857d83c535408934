"""Saying how an action goes. What the action is, is changed on another page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView
from desaga.organisations.refusals import Refused

from ..forms import GiveUpdateForm
from ..operations.updates import NothingNewWithAFile, give_update
from ..queries.evidence import standing_titles
from ..queries.updates import last_updates, units_to_answer
from ..states import Way
from ..updating import Account, quarter_of
from .actions import ActionMixin

NOTHING_NEW = "nothing_new"


class GiveUpdateView(ActionMixin, WorkspaceFormView):
    """One account for one period; “nothing new” is one press."""

    permission = "plans.give_update"
    template_name = "plans/give_update.html"
    form_class = GiveUpdateForm
    title = "Give an update"
    button = "Add the update"
    said = "The update is added."

    def asked_about(self) -> Any:
        return self.action

    @cached_property
    def period(self) -> str:
        return quarter_of(timezone.localdate())

    @cached_property
    def units(self) -> list[Any]:
        return units_to_answer(self.action)

    def get_initial(self) -> dict[str, Any]:
        return {"period": self.period, "status": self.action.status, "rag": self.action.rag}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "units": self.units}

    def get_form(self, form_class: Any = None) -> GiveUpdateForm:
        form = super().get_form(form_class)
        form.standing = standing_titles([self.action.pk]).get(self.action.pk, [])
        return form

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if NOTHING_NEW not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        unit = form.units.get(request.POST.get("unit", ""))
        if form.units and unit is None:
            form.add_error("unit", "Choose for which unit nothing is new.")
            return self.form_invalid(form)
        try:
            if form.has_file:
                raise NothingNewWithAFile
            submission = form.fields["submission"].clean(request.POST.get("submission"))
            self._give(
                account=Account(),
                nothing_new=True,
                period=request.POST.get("period", "").strip()[:100] or self.period,
                given_by=request.user.get_full_name(),
                way=Way.PAGE,
                unit=unit,
                submission=submission,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(self.back())

    def perform(self, form: GiveUpdateForm) -> None:
        self._give(**form.as_told(self.request.user))

    def _give(self, **told: Any) -> None:
        give_update(actor=self.request.user, action=self.action, **told)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = last_updates([self.action.pk])
        former = [last[self.action.pk, unit.pk] for unit in self.units if (self.action.pk, unit.pk) in last]
        former = former or list(last.values())[-1:]
        return super().get_context_data(action=self.action, plan=self.action.plan, former=former, **kwargs)
