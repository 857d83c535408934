"""Panels, for those who run a scheme and for whoever leads a round."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView

from ..forms import AddReaderForm, LeadersForm, MemberForm, NewMemberForm, TermForm
from ..models import PanelMember, Round
from ..operations import assigning, members
from ..queries import panel as reads
from ..queries.schemes import rounds_of
from ..states import RoundState
from .eligibility import ApplicationMixin, StaffMixin


class MembersMixin(StaffMixin):
    tab = "placements:list_members"


class ListMembersView(MembersMixin, WorkspaceView):
    template_name = "placements/list_members.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(reads.members_of(self.scheme))
        now = [one for one in found if one.is_in_term]
        return super().get_context_data(
            now=now,
            others=[one for one in found if not one.is_in_term],
            rounds=list(reads.open_rounds(self.scheme)),
            told=list(rounds_of(self.scheme).filter(state=RoundState.RELEASED)),
            **kwargs,
        )


class MemberFormView(MembersMixin, WorkspaceFormView):
    template_name = "placements/member_form.html"

    def back(self) -> str:
        return self.address("placements:list_members", scheme_slug=self.scheme.slug)


class AddMemberView(MemberFormView):
    form_class = NewMemberForm
    title = "Add a panel member"
    button = "Add"
    said = "{} sits on the panel."

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": reads.people_who_may_sit()}

    def perform(self, form: NewMemberForm) -> PanelMember:
        return members.add_member(actor=self.request.user, scheme=self.scheme, **form.cleaned_data)


class EditMemberView(MemberFormView):
    form_class = MemberForm
    button = "Keep"
    said = "The seat of {} is changed."

    @cached_property
    def member(self) -> PanelMember:
        return reads.member_or_404(self.scheme, self.kwargs["pk"])

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Seat of {self.member}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": reads.member_or_404(self.scheme, self.kwargs["pk"])}

    def perform(self, form: MemberForm) -> PanelMember:
        return members.edit_member(actor=self.request.user, member=self.member, **form.cleaned_data)


class BeginTermView(MemberFormView):
    """Whoever sat before sits again."""

    form_class = TermForm
    title, button, said = "A new term", "Begin it", "{} sits on the panel again."

    def perform(self, form: TermForm) -> PanelMember:
        member = reads.member_or_404(self.scheme, self.kwargs["pk"])
        return members.begin_term(actor=self.request.user, member=member, **form.cleaned_data)


class RoundMixin(StaffMixin):
    """A page about one sitting of the panel."""

    tab = "placements:list_members"

    @cached_property
    def round(self) -> Round:
        return reads.round_or_404(self.scheme, self.kwargs["round_pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(round=self.round, **kwargs)


class NameLeadersView(RoundMixin, WorkspaceFormView):
    form_class = LeadersForm
    template_name = "placements/round_form.html"
    title = "Who leads it"
    button = "Keep"
    said = "It is kept."

    def get_initial(self) -> dict[str, Any]:
        return {"chair": self.round.chair_id, "administrator": self.round.administrator_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        told = {"chairs": reads.people_who_may_sit(), "administrators": reads.people_who_may_lead()}
        return {**super().get_form_kwargs(), **told}

    def perform(self, form: LeadersForm) -> None:
        members.name_leaders(actor=self.request.user, round_=self.round, **form.cleaned_data)

    def back(self) -> str:
        return self.address("placements:list_members", scheme_slug=self.scheme.slug)


class AddReaderView(ApplicationMixin, WorkspaceFormView):
    """Give an application to a member to read, by hand."""

    form_class = AddReaderForm
    template_name = "placements/application_form.html"
    title = "Add a reader"
    button = "Give it to read"
    said = "They have to declare whether anything stands in the way before they see more."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "members": reads.members_in_term(self.scheme)}

    def perform(self, form: AddReaderForm) -> None:
        assigning.assign(actor=self.request.user, application=self.application, **form.cleaned_data)


class TakeAwayView(ApplicationMixin, PressView):
    def perform(self) -> str:
        assignment = reads.assignment_or_404(self.application, self.kwargs["pk"])
        assigning.take_away(actor=self.request.user, assignment=assignment)
        return f"{assignment.member} no longer reads it."
