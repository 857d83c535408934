"""Units and groups."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from .. import queries
from ..doors import ConfirmView, WorkspaceFormView, WorkspaceView
from ..forms import GroupForm, SeatForm, UnitForm
from ..models import Group, GroupMembership, Unit
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


class ListGroupsView(WorkspaceView):
    section = "organisations"
    template_name = "organisations/list_groups.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=list(queries.groups_with_seats()), **kwargs)


class OneGroupMixin:
    def group(self) -> Group:
        return get_object_or_404(queries.groups(), pk=self.kwargs["pk"])

    def back(self) -> str:
        return self.address("organisations:show_group", pk=self.kwargs["pk"])  # type: ignore[attr-defined]


class ShowGroupView(OneGroupMixin, WorkspaceView):
    section = "organisations"
    template_name = "organisations/show_group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.group()
        return super().get_context_data(group=group, seats=list(queries.seats_of(group)), **kwargs)


class AddGroupView(StructureMixin, WorkspaceFormView):
    form_class = GroupForm
    title, button, said = "Add a group", "Add the group", "{} is added. Now give its members their seats."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation}

    def perform(self, form: GroupForm) -> Group:
        self.made = operations.add_group(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
        return self.made

    def back(self) -> str:
        return self.address("organisations:list_groups")

    def get_success_url(self) -> str:
        return self.address("organisations:show_group", pk=self.made.pk)


class EditGroupView(OneGroupMixin, StructureMixin, WorkspaceFormView):
    form_class = GroupForm
    title, button, said = "Change a group", "Save the group", "{} is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.group()}

    def perform(self, form: GroupForm) -> Group:
        return operations.change_group(actor=self.request.user, group=self.group(), **form.cleaned_data)


class CloseGroupView(StructureMixin, ConfirmView):
    title, button, said = "Close this group?", "Close the group", "{} is closed."
    sentence = "All seats end today. What was recorded of the group stays as it is."
    goes_to = "organisations:list_groups"

    def thing(self) -> Group:
        return get_object_or_404(queries.groups(), pk=self.kwargs["pk"])

    def perform(self) -> Group:
        return operations.close_group(actor=self.request.user, group=self.thing())


class GiveSeatView(OneGroupMixin, StructureMixin, WorkspaceFormView):
    form_class = SeatForm
    title, button, said = "Give a seat in the group", "Give the seat", "{}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(group=self.group(), **kwargs)

    def perform(self, form: SeatForm) -> GroupMembership:
        return operations.give_seat(actor=self.request.user, group=self.group(), **form.cleaned_data)


class EndSeatView(OneGroupMixin, StructureMixin, ConfirmView):
    title, button, said = "End this seat?", "End the seat", "{}: the seat ends today."
    sentence = "Today is the last day of it. The group's history keeps it."

    def thing(self) -> GroupMembership:
        return get_object_or_404(queries.seats_of(self.group()), pk=self.kwargs["seat"])

    def perform(self) -> GroupMembership:
        return operations.end_seat(actor=self.request.user, seat=self.thing())
