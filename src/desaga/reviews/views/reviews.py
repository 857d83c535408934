"""Reviews of a plan: planning one, its pack, comments, and what leaves as a file."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations import doors
from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView
from desaga.plans.views.plans import PlanMixin, at_home

from .. import queries
from ..forms import CommentForm, ReviewForm
from ..models import Review
from ..operations import meeting, reviews
from ..packs import Pack
from ..presenting import next_meeting

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

    def get_initial(self) -> dict[str, Any]:
        """As the last one, as long after it as the group meets."""
        last = queries.last_review(self.plan)
        return {} if last is None else {"group": last.group, "place": last.place, "meets_on": next_meeting(last)}

    def perform(self, form: ReviewForm) -> None:
        self.planned = reviews.plan_review(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("reviews:list_reviews", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        return self.planned.get_absolute_url()


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
    def pack(self) -> Pack | None:
        """The pack as it was frozen, for whoever asks; None where nothing was."""
        with_budget = self.request.user.has_perm("governance.see_budget", self.organisation)
        return queries.pack_of_review(self.review, with_budget=with_budget)

    def back(self) -> str:
        return self.review.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(review=self.review, **kwargs)


class ShowReviewView(ReviewMixin, WorkspaceView):
    """A review that is planned: what comes next. One whose plan is frozen: its pack."""

    def get_template_names(self) -> list[str]:
        return ["reviews/show_pack.html" if self.pack else "reviews/show_review.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pack=self.pack,
            snapshot=self.pack and self.pack.snapshot,
            chart=self.pack and self.pack.chart(),
            tasks=queries.open_tasks_of(self.plan, but=self.review),
            comments=() if self.pack else queries.comments_of(self.review),
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


class PressView(ReviewMixin, doors.PressView):
    """One press on a page of a review."""

    permission = "reviews.run_review"


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
        return queries.action_or_404(self.review, int(pk)) if pk.isdecimal() else None

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
