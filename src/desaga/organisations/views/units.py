"""Units. The pages of groups are in `governance`."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from .. import queries
from ..doors import ConfirmView, WorkspaceFormView, WorkspaceView
from ..forms import UnitForm
from ..models import Unit
from ..operations import units as operations


class StructureMixin:
    section = "organisations"
    permission = "organisations.keep_structure"


class ListUnitsView(WorkspaceView):
    section = "organisations"
    template_name = "organisations/list_units.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        branches = queries.unit_tree()
        return super().get_context_data(branches=branches, total=sum(branch.size for branch in branches), **kwargs)


class UnitFormView(StructureMixin, WorkspaceFormView):
    form_class = UnitForm
    goes_to = "organisations:list_units"

    def unit(self) -> Unit | None:
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.unit()}


class AddUnitView(UnitFormView):
    title, button, said = "Add a unit", "Add the unit", "{} is added."

    def get_initial(self) -> dict[str, Any]:
        return {"parent": self.request.GET.get("parent")}

    def perform(self, form: UnitForm) -> Unit:
        return operations.add_unit(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class EditUnitView(UnitFormView):
    title, button, said = "Change a unit", "Save the unit", "{} is saved."

    def unit(self) -> Unit:
        return get_object_or_404(queries.units(), pk=self.kwargs["pk"])

    def perform(self, form: UnitForm) -> Unit:
        return operations.change_unit(actor=self.request.user, unit=self.unit(), **form.cleaned_data)


class CloseUnitView(StructureMixin, ConfirmView):
    title, button, said = "Close this unit?", "Close the unit", "{} is closed."
    sentence = "It is no longer offered in lists. What was recorded of it stays as it is."
    goes_to = "organisations:list_units"

    def thing(self) -> Unit:
        return get_object_or_404(queries.units(), pk=self.kwargs["pk"])

    def perform(self) -> Unit:
        return operations.close_unit(actor=self.request.user, unit=self.thing())
