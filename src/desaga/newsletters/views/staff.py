"""The workspace's pages of newsletters: the list, one issue, what stands in it, how it looks, sending it."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import forms, offering, queries
from ..models import Issue
from ..operations import composing, sending, subscribing

ISSUES_A_PAGE = 25
#: A mail brings its own style; nothing in it runs or loads from elsewhere.
AS_MAIL = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF], "frame-ancestors": [NONE]}


class IssueMixin(WorkspaceMixin):
    permission = "newsletters.edit"
    section = "organisations"
    kwargs: dict[str, Any]

    @cached_property
    def issue(self) -> Issue:
        return queries.issue_or_404(self.kwargs["pk"])

    @cached_property
    def draft(self) -> Issue:
        return queries.draft_or_404(self.kwargs["pk"])

    def back(self) -> str:
        return self.address("newsletters:show_issue", pk=self.kwargs["pk"])


class ListIssuesView(WorkspaceView):
    permission = "newsletters.see"
    section = "organisations"
    template_name = "newsletters/list_issues.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.issues_listed(), ISSUES_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_obj=page, rows=page.object_list, subscribers=queries.subscriptions().count(), archive=offering.archive(self.organisation), **kwargs
        )  # fmt: skip


class StartIssueView(WorkspaceFormView):
    permission = "newsletters.edit"
    section = "organisations"
    form_class = forms.IssueForm
    title, button = "Begin an issue", "Go on to choosing"
    goes_to = "newsletters:list_issues"

    def perform(self, form: Any) -> Any:
        self.made = composing.start_issue(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.address("newsletters:choose_pieces", pk=self.made.pk)


class ShowIssueView(IssueMixin, WorkspaceView):
    permission = "newsletters.see"
    template_name = "newsletters/show_issue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issue = self.issue
        kept = queries.pieces_of(issue)
        today = queries.offered_pieces(issue) if issue.is_draft else {}
        told = [(one, today.get(one.key)) for one in kept]
        more = {"subscribers": queries.subscriptions().count()} if issue.is_draft else {
            "progress": queries.progress_of(issue), "is_as_sent": queries.digest_now(issue) == issue.digest,
            "has_struck": any(one.struck_at for one in kept),
        }  # fmt: skip
        archive = offering.archive(self.organisation)
        more["may_send"] = self.request.user.has_perm("newsletters.send", self.organisation)
        return super().get_context_data(issue=issue, pieces=told, told=queries.told_of(issue), archive=archive, **more, **kwargs)  # fmt: skip


class EditIssueView(IssueMixin, WorkspaceFormView):
    form_class = forms.IssueForm
    title, button = "Title and introduction", "Save"

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.draft.title, "introduction": self.draft.introduction}

    def perform(self, form: Any) -> Any:
        composing.save_issue(actor=self.request.user, issue=self.draft, **form.cleaned_data)


class ChoosePiecesView(IssueMixin, WorkspaceFormView):
    form_class = forms.ChoosePiecesForm
    template_name = "newsletters/choose_pieces.html"
    title, button = "What goes into it", "Put them in"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"offered": queries.to_choose(self.draft)}

    def perform(self, form: Any) -> Any:
        composing.add_pieces(actor=self.request.user, issue=self.draft, keys=form.cleaned_data["keys"])


class PieceMixin(IssueMixin):
    @cached_property
    def piece(self) -> Any:
        return queries.piece_or_404(self.draft, self.kwargs["piece_pk"])


class MovePieceView(PieceMixin, PressView):
    up = True

    def perform(self) -> str:
        composing.move_piece(actor=self.request.user, piece=self.piece, up=self.up)
        return ""


class RemovePieceView(PieceMixin, PressView):
    def perform(self) -> str:
        composing.remove_piece(actor=self.request.user, piece=self.piece)
        return "Taken out."


@method_decorator(csp_replace(AS_MAIL), name="dispatch")
class PreviewMailView(IssueMixin, View):
    """The mail as a program shows it."""

    permission = "newsletters.see"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        message = sending.letter_of(self.issue, queries.told_of(self.issue), leave_url="#", site="")
        html = message.alternatives[0].content
        return HttpResponse(html, headers={"Cache-Control": "private, no-store"})


class SendIssueView(IssueMixin, ConfirmView):
    permission = "newsletters.send"
    title, button = "Send this issue?", "Send it"
    said = "It is being sent."

    @property
    def sentence(self) -> str:  # type: ignore[override]
        number = queries.subscriptions().count()
        whom = "One person has" if number == 1 else f"{number} people have"
        return f"{whom} subscribed: each gets one e-mail, from now on. From then on its words do not change, whatever becomes of the pages."

    def thing(self) -> Issue:
        return self.draft

    def perform(self) -> Any:
        return sending.send_issue(actor=self.request.user, issue=self.draft)


class RemoveIssueView(IssueMixin, ConfirmView):
    title, button, sentence, said = (
        "Remove this draft?",
        "Remove it",
        "It is gone, with what you chose for it.",
        "Removed.",
    )
    goes_to = "newsletters:list_issues"

    def back(self) -> str:
        return self.address(self.goes_to)

    def thing(self) -> Issue:
        return self.draft

    def perform(self) -> Any:
        composing.remove_issue(actor=self.request.user, issue=self.draft)


class EndForThemView(WorkspaceFormView):
    permission = "newsletters.edit"
    section = "organisations"
    form_class = forms.EndForThemForm
    title, button = "Stop writing to somebody who asked for it", "End it"
    goes_to = "newsletters:list_issues"
    said = "Ended. Nothing goes to that address any more."

    def perform(self, form: Any) -> Any:
        subscribing.end_for_them(actor=self.request.user, email=form.cleaned_data["email"])
