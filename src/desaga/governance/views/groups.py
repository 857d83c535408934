"""Groups, their seats and their terms of reference."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView
from desaga.organisations.models import Group, GroupMembership
from desaga.organisations.operations import units as operations

from ..forms import ChangeSeatForm, GroupForm, SeatForm, TermsForm
from ..meetings import next_meetings
from ..models import TermsOfReference
from ..operations.terms import agree_terms
from ..queries import groups as queries
from ..wording import blocks_of, compare


class KeepsMixin:
    section = "organisations"
    permission = "organisations.keep_structure"


class ListGroupsView(WorkspaceView):
    section = "organisations"
    template_name = "governance/list_groups.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=queries.groups_of(self.organisation), **kwargs)


class OneGroupMixin:
    """A page about one group."""

    section = "organisations"

    @cached_property
    def group(self) -> Group:
        return queries.group_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("governance:show_group", pk=self.kwargs["pk"])  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(group=self.group, **kwargs)  # type: ignore[misc]


class ShowGroupView(OneGroupMixin, WorkspaceView):
    template_name = "governance/show_group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        seats, before = queries.seats_now_and_before(self.group, today)
        versions = list(queries.terms_of(self.group))
        planned = next_meetings([self.group.pk], today)
        terms = versions[0] if versions else None
        return super().get_context_data(
            seats=seats,
            before=before,
            versions=versions,
            terms=terms,
            blocks=blocks_of(terms.text) if terms else [],
            state=queries.state_of(self.group, seats, terms, today, planned.get(self.group.pk)),
            **kwargs,
        )


class AddGroupView(KeepsMixin, WorkspaceFormView):
    form_class = GroupForm
    title, button, said = "Add a group", "Add the group", "{} is added. Now give its members their seats."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation}

    def perform(self, form: GroupForm) -> Group:
        self.made = operations.add_group(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
        return self.made

    def back(self) -> str:
        return self.address("governance:list_groups")

    def get_success_url(self) -> str:
        return self.address("governance:show_group", pk=self.made.pk)


class EditGroupView(OneGroupMixin, KeepsMixin, WorkspaceFormView):
    form_class = GroupForm
    title, button, said = "Change a group", "Save the group", "{} is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.group}

    def perform(self, form: GroupForm) -> Group:
        return operations.change_group(actor=self.request.user, group=self.group, **form.cleaned_data)


class CloseGroupView(KeepsMixin, ConfirmView):
    title, button, said = "Close this group?", "Close the group", "{} is closed."
    sentence = "All seats end today. What was recorded of the group stays as it is."
    goes_to = "governance:list_groups"

    def thing(self) -> Group:
        return queries.group_or_404(self.kwargs["pk"])

    def perform(self) -> Group:
        return operations.close_group(actor=self.request.user, group=self.thing())


class GiveSeatView(OneGroupMixin, KeepsMixin, WorkspaceFormView):
    form_class = SeatForm
    title, button, said = "Give a seat in the group", "Give the seat", "{}."

    def perform(self, form: SeatForm) -> GroupMembership:
        return operations.give_seat(actor=self.request.user, group=self.group, **form.cleaned_data)


class OneSeatMixin(OneGroupMixin):
    @cached_property
    def seat(self) -> GroupMembership:
        return queries.seat_or_404(self.group, self.kwargs["seat"])  # type: ignore[attr-defined]


class EditSeatView(OneSeatMixin, KeepsMixin, WorkspaceFormView):
    form_class = ChangeSeatForm
    title, button, said = "Change a seat", "Save the seat", "{}: the seat is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.seat}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "title": f"Change the seat of {self.seat.person.name}"}

    def perform(self, form: ChangeSeatForm) -> GroupMembership:
        return operations.change_seat(actor=self.request.user, seat=self.seat, **form.cleaned_data)


class EndSeatView(OneSeatMixin, KeepsMixin, ConfirmView):
    title, button, said = "End this seat?", "End the seat", "{}: the seat ends today."
    sentence = "Today is the last day of it. The group's history keeps it."

    def thing(self) -> GroupMembership:
        return self.seat

    def perform(self) -> GroupMembership:
        return operations.end_seat(actor=self.request.user, seat=self.seat)


class AgreeTermsView(OneGroupMixin, KeepsMixin, WorkspaceFormView):
    """The next version, written on the one in force."""

    template_name = "governance/agree_terms.html"
    form_class = TermsForm
    title, button = "Terms of reference", "Keep this version"
    said = "{} is kept. The versions before it stay."

    def get_initial(self) -> dict[str, Any]:
        last = queries.terms_of(self.group).first()
        if last is None:
            return {"after": 0}
        return {"after": last.number, "text": last.text, "kept_at": last.kept_at}

    def perform(self, form: TermsForm) -> TermsOfReference:
        return agree_terms(actor=self.request.user, group=self.group, **form.cleaned_data)


class ShowTermsView(OneGroupMixin, WorkspaceView):
    """One version; with `?with=` another, what the two say differently."""

    template_name = "governance/show_terms.html"

    def version(self, number: int | str) -> TermsOfReference:
        found = next((one for one in self.versions if str(one.number) == str(number)), None)
        if found is None:
            raise Http404("No such version.")
        return found

    @cached_property
    def versions(self) -> list[TermsOfReference]:
        return list(queries.terms_of(self.group))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        terms = self.version(self.kwargs["number"])
        other = self.request.GET.get("with")
        older = self.version(other) if other else None
        passages = compare(older.text, terms.text) if older else []
        return super().get_context_data(
            terms=terms,
            older=older,
            passages=passages,
            differs=any(passage.is_changed for passage in passages),
            blocks=blocks_of(terms.text),
            others=[one for one in self.versions if one != terms],
            **kwargs,
        )
