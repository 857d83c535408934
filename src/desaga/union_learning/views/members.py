"""The pages of a representative, in the union's workspace."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_post_parameters

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import queries
from ..forms import AskMemberForm, WriteForm
from ..models import Support
from ..operations import supporting

A_PAGE = 25


class RepresentativeMixin(WorkspaceMixin):
    permission = "union_learning.support_members"
    section = "organisations"

    @property
    def person_id(self) -> int:
        return self.request.user.person_id  # type: ignore[union-attr, return-value]


class ListMembersView(RepresentativeMixin, WorkspaceView):
    template_name = "union_learning/list_members.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.supports_of(self.person_id), A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, rows=queries.as_seen(list(page)), **kwargs)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AskMemberView(RepresentativeMixin, WorkspaceFormView):
    form_class = AskMemberForm
    title, button = "Ask a member", "Send the e-mail"
    goes_to = "union_learning:list_members"
    said = "They are asked. Nothing of them is kept unless they agree within four weeks."

    def perform(self, form: AskMemberForm) -> Support:
        return supporting.ask_member(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class SupportMixin(RepresentativeMixin):
    @cached_property
    def support(self) -> Support:
        return queries.support_or_404(self.kwargs["pk"], self.person_id)  # type: ignore[attr-defined]

    @cached_property
    def content(self) -> Any:
        return queries.as_seen([self.support])[0].content

    def back(self) -> str:
        return self.address("union_learning:show_member", pk=self.support.pk)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ShowMemberView(SupportMixin, WorkspaceFormView):
    """What they share, and a box to write to them."""

    template_name = "union_learning/show_member.html"
    form_class = WriteForm
    said = "They see it when they open their page."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(support=self.support, content=self.content, **kwargs)

    def perform(self, form: WriteForm) -> Support:
        return supporting.write_to_member(actor=self.request.user, support=self.support, **form.cleaned_data)


class SendAgainView(SupportMixin, PressView):
    def perform(self) -> str:
        supporting.send_again(actor=self.request.user, support=self.support)
        return "They get a new link. The former one opens nothing any more."


class LetGoView(SupportMixin, ConfirmView):
    title, button = "Let them go", "Delete all of it"
    sentence = "All that is kept here of them is deleted, for you and for them. Tell them before: they can take a copy from their own page."
    goes_to = "union_learning:list_members"
    said = "All of it is deleted."

    def back(self) -> str:
        return self.address(self.goes_to)

    def thing(self) -> str:
        return self.content.name

    def perform(self) -> None:
        supporting.let_go(actor=self.request.user, support=self.support)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.support  # noqa: B018 - 404 before anything is tried
        return super().post(request, *args, **kwargs)
