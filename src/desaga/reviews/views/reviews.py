"""Reviews of a plan: planning one, its pack, comments, and what leaves as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import PAPERS, Block, Imprint
from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.plans.views.plans import PlanMixin, at_home
from desaga.ui.fonts import font_files

from .. import queries
from ..forms import CommentForm, FinishTaskForm, ReviewForm
from ..models import Review, Snapshot
from ..operations import meeting, reviews
from ..packs import Pack, pack_for, pack_of
from ..papers import comparison_paper, minutes_paper, pack_paper
from ..states import ReviewState

FIELDS = ("meets_on", "group", "place", "comments_by", "words")
PAPERS_OFFERED = (("pdf", "PDF"), ("docx", "Word"))


class OfPlanMixin(PlanMixin):
    """A page about the reviews of one plan: everybody reads, some run them."""

    tab = "reviews:list_reviews"

    def asked_about(self) -> Any:
        return self.plan if self.permission == "reviews.run_review" else self.organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_run = self.request.user.has_perm("reviews.run_review", self.plan)
        return super().get_context_data(can_run=can_run, today=timezone.localdate(), **kwargs)


class ListReviewsView(OfPlanMixin, WorkspaceView):
    template_name = "reviews/list_reviews.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            reviews=list(queries.reviews_of(self.plan)),
            tasks=queries.open_tasks_of(self.plan),
            snapshots=queries.snapshots_of(self.plan).count(),
            **kwargs,
        )


class PlanReviewView(OfPlanMixin, WorkspaceFormView):
    permission = "reviews.run_review"
    template_name = "reviews/review_form.html"
    form_class = ReviewForm
    title = "Plan a review"
    button = "Plan the review"

    def perform(self, form: ReviewForm) -> None:
        self.planned = reviews.plan_review(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("reviews:list_reviews", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        return self.planned.get_absolute_url()


class CompareView(OfPlanMixin, WorkspaceView):
    """Any two snapshots of a plan beside each other: the latest two, unless others are asked for."""

    template_name = "reviews/compare.html"

    @cached_property
    def known(self) -> list[Snapshot]:
        return list(queries.snapshots_of(self.plan))

    def pair(self) -> tuple[Snapshot, Snapshot] | None:
        """The earlier and the later of the two that are asked for."""
        ids = [one.pk for one in self.known]
        if len(ids) < 2:
            return None
        asked = {self.request.GET.get("before", ""), self.request.GET.get("after", "")}
        chosen = [pk for pk in ids if str(pk) in asked]
        after, before = chosen if len(chosen) == 2 else ids[:2]
        return queries.snapshot_or_404(self.plan, before), queries.snapshot_or_404(self.plan, after)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair = self.pair()
        pack = pack_of(pair[1].content, pair[0].content) if pair else None
        return super().get_context_data(
            known=self.known, pair=pair, pack=pack, chart=pack and pack.chart(), formats=PAPERS_OFFERED, **kwargs
        )


class TakeComparisonOutView(CompareView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pair = self.pair()
        if pair is None:
            raise Http404
        blocks = comparison_paper(pack_of(pair[1].content, pair[0].content))
        return paper_response(self.kwargs["format"], blocks, f"{self.plan.title}: what changed", self.organisation)


class ReviewMixin(OfPlanMixin):
    """A page about one review."""

    @cached_property
    def review(self) -> Review:
        review = queries.review_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]
        review.organisation = self.organisation
        return review

    @property
    def plan(self) -> Any:
        return at_home(self.review.plan, self.organisation)

    @cached_property
    def snapshot(self) -> Snapshot | None:
        return queries.last_snapshot(self.review)

    @cached_property
    def pack(self) -> Pack | None:
        """The pack as it was frozen; None where nothing was."""
        if self.snapshot is None:
            return None
        before = queries.snapshot_before(self.review)
        pack = pack_for(self.review, self.snapshot, before, queries.comments_of(self.review))
        return pack if self.request.user.has_perm("governance.see_budget", self.organisation) else pack.without_budget()

    def back(self) -> str:
        return self.review.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(review=self.review, **kwargs)


class ShowReviewView(ReviewMixin, WorkspaceView):
    """A review that is planned: what comes next. One whose plan is frozen: its pack."""

    def get_template_names(self) -> list[str]:
        return ["reviews/show_pack.html" if self.snapshot else "reviews/show_review.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pack=self.pack,
            snapshot=self.snapshot,
            chart=self.pack and self.pack.chart(),
            tasks=queries.open_tasks_of(self.plan, but=self.review),
            members=queries.members_of(self.review.group),
            formats=PAPERS_OFFERED,
            can_comment=self.review.is_going and self.request.user.has_perm("reviews.comment", self.organisation),
            **kwargs,
        )


class EditReviewView(ReviewMixin, WorkspaceFormView):
    permission = "reviews.run_review"
    template_name = "reviews/review_form.html"
    form_class = ReviewForm
    title = "Change the review"
    button = "Save"
    said = "The review is changed."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.review, name) for name in FIELDS}

    def perform(self, form: ReviewForm) -> None:
        reviews.edit_review(actor=self.request.user, review=self.review, **form.cleaned_data)


class FreezeView(ReviewMixin, ConfirmView):
    """Says what freezing means before it is done, and again before it is done anew."""

    permission = "reviews.run_review"
    title = "Freeze the plan for this review"
    sentence = (
        "Every action is kept as it stands now: the pack is made of that, whatever is changed in the plan afterwards. Freezing once more makes a "
        "newer pack; the earlier state stays too."
    )
    button = "Freeze the plan"
    said = "The plan is frozen, and the pack is ready."

    def thing(self) -> Review:
        return self.review

    def perform(self) -> Any:
        return reviews.freeze(actor=self.request.user, review=self.review)


class CallOffView(ReviewMixin, ConfirmView):
    permission = "reviews.run_review"
    title = "Call the review off"
    sentence = "It no longer waits for anybody. What was frozen and said stays, and you can put the review back."
    button = "Call it off"
    said = "The review is called off."

    def thing(self) -> Review:
        return self.review

    def perform(self) -> Any:
        return reviews.call_off(actor=self.request.user, review=self.review)


class PressView(ReviewMixin, WorkspaceMixin, View):
    """One press: does one thing, says so, and goes back."""

    permission = "reviews.run_review"
    http_method_names = ["post"]

    def perform(self) -> str:
        """Make the one call; answer what to say."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.perform())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.back())


class RestoreReviewView(PressView):
    def perform(self) -> str:
        reviews.restore(actor=self.request.user, review=self.review)
        return "The review is planned again."


class AskForCommentsView(PressView):
    def perform(self) -> str:
        number = reviews.ask_for_comments(actor=self.request.user, review=self.review)
        return f"{number} {'person is' if number == 1 else 'people are'} told that the pack is ready."


class CommentView(ReviewMixin, WorkspaceFormView):
    """A word on an action, or on the plan as a whole, before the meeting."""

    permission = "reviews.comment"
    template_name = "reviews/comment_form.html"
    form_class = CommentForm
    title = "Comment"
    button = "Comment"
    said = "Your comment is in the pack."

    @cached_property
    def action(self) -> Any:
        pk = self.request.GET.get("action", "")
        return queries.action_or_404(self.review, int(pk)) if pk.isdigit() else None

    def perform(self, form: CommentForm) -> None:
        meeting.comment(actor=self.request.user, review=self.review, action=self.action, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, **kwargs)


class WithdrawCommentView(PressView):
    permission = "reviews.comment"

    def perform(self) -> str:
        one = queries.found(self.review.comments.filter(withdrawn_at=None), pk=self.kwargs["comment_pk"])
        meeting.withdraw_comment(actor=self.request.user, comment=one)
        return "Your comment is taken back."


class TakePackOutView(ReviewMixin, WorkspaceMixin, View):
    """The pack as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.pack is None:
            raise Http404
        blocks = pack_paper(self.review, self.pack, queries.open_tasks_of(self.plan, but=self.review))
        return paper_response(self.kwargs["format"], blocks, f"{self.plan.title}: {self.review}", self.organisation)


class TakeMinutesOutView(ReviewMixin, WorkspaceMixin, View):
    """The minutes as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.review.state not in (ReviewState.READY, ReviewState.HELD):
            raise Http404
        decisions, tasks = queries.decisions_of(self.review), queries.tasks_of(self.review)
        blocks = minutes_paper(self.review, self.pack, decisions, tasks)
        title = f"{self.plan.title}: minutes of the {str(self.review)[0].lower()}{str(self.review)[1:]}"
        return paper_response(self.kwargs["format"], blocks, title, self.organisation)


class FinishTaskView(OfPlanMixin, WorkspaceFormView):
    """That a task is done. Whoever was given it may say so, and whoever runs reviews."""

    template_name = "reviews/finish_task.html"
    form_class = FinishTaskForm
    title = "Done"
    button = "It is done"
    said = "The task is done."

    @cached_property
    def task(self) -> Any:
        return queries.task_or_404(self.kwargs["pk"])

    @property
    def plan(self) -> Any:
        return at_home(self.task.review.plan, self.organisation)

    @property
    def permission(self) -> str:  # type: ignore[override]
        is_theirs = self.task.person_id is not None and self.task.person_id == self.request.user.person_id
        return "plans.see_plans" if is_theirs else "reviews.run_review"

    def perform(self, form: FinishTaskForm) -> None:
        meeting.finish_task(actor=self.request.user, task=self.task, **form.cleaned_data)

    def back(self) -> str:
        return self.address("reviews:list_reviews", plan_pk=self.plan.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(task=self.task, **kwargs)


def paper_response(ending: str, blocks: list[Block], title: str, organisation: Any) -> HttpResponse:
    """A paper to keep: no machine on the way keeps it. 404 for what is no paper."""
    format, today = PAPERS.get(ending), timezone.localdate()
    if format is None:
        raise Http404
    content = format.write_paper(blocks, Imprint(title, organisation.name, today, font_files()))
    name = f"{slugify(title)[:80]}-{today.isoformat()}.{format.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)
