"""Pages on which plans follow a framework's new edition, and on which one answers what that suggests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import View

from desaga.frameworks.queries import FrameworkKnown, succession, successions
from desaga.organisations.doors import PressView, WorkspaceView
from desaga.organisations.refusals import Refused

from ..listing import addresses_in
from ..operations import following
from ..queries import followed as reads
from ..suggesting import answers_shown, groups_of, offers_shown
from .plans import PlanMixin, at_home

SUGGESTIONS_A_PAGE = 30
ANSWERS_A_PAGE = 50
PLANS_A_PAGE = 50


class SuggestionsMixin(PlanMixin):
    """A page about what is suggested of one plan."""

    permission = "plans.edit_plan"
    tab = "plans:show_plan_coverage"
    request: HttpRequest

    def back_to(self, framework: str = "", row: str = "") -> str:
        """The review list of an edition, at a row of it."""
        query = f"?{urlencode({'framework': framework})}" if framework else ""
        return f"{self.address('plans:review_suggestions', plan_pk=self.plan.pk)}{query}{f'#s-{row}' if row.isdecimal() else ''}"


class ReviewSuggestionsView(SuggestionsMixin, WorkspaceView):
    """What is suggested that actions answer in a new edition, by principle, old and new wording side by side."""

    template_name = "plans/review_suggestions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known, looked = reads.known_by_name(), reads.progress_of(self.plan)
        asked = self.request.GET.get("framework")
        chosen = next((one for one in looked if one.framework == asked), looked[0] if looked else None)
        framework = _known(known, chosen.framework) if chosen else None
        waiting = reads.waiting_in_order(self.plan, framework) if framework and chosen and chosen.waiting else []
        page = Paginator(waiting, SUGGESTIONS_A_PAGE).get_page(self.request.GET.get("page"))
        to = addresses_in(self.organisation.slug)
        return super().get_context_data(
            looked=looked,
            chosen=chosen,
            framework=framework,
            groups=groups_of(reads.suggestions(list(page)), known, lambda pk: to(self.plan.pk, pk)),
            page_obj=page,
            offers=offers_shown(reads.pending([self.plan]), known) if self.plan in reads.plans_open() else [],
            followings=list(reads.followings_of(self.plan)),
            last_press=reads.last_press(self.plan, self.request.user),
            **kwargs,
        )


class AnswerSuggestionsView(SuggestionsMixin, View):
    """Accept what is suggested, refuse it, or choose another principle: of one action, or of all that are ticked."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        framework, goes_on = request.POST.get("framework", ""), request.POST.get("goes_on", "")
        try:
            told = self.perform(request.POST.get("do", ""), numbers_in(request.POST.getlist("suggestion")))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            if told.left:
                messages.warning(
                    request, f"{told.number} answered. {told.left} had been answered by somebody else already."
                )
            elif told.number > 1:
                messages.success(request, f"{told.number} suggestions are answered.")
        return redirect(self.back_to(framework, goes_on))

    def perform(self, word: str, pks: list[int]) -> following.Answered:
        told: dict[str, Any] = {"actor": self.request.user, "plan": self.plan, "pks": pks}
        if word == "choose":
            return following.choose_another(**told, code=self.request.POST.get("code", ""))
        answer = following.refuse_suggestions if word == "refuse" else following.accept_suggestions
        return answer(**told)


class TakeAnswersBackView(SuggestionsMixin, PressView):
    """Let suggestions wait again as they did."""

    @cached_property
    def pks(self) -> list[int]:
        return numbers_in(self.request.POST.getlist("suggestion"))

    def perform(self) -> str:
        number = following.take_answers_back(actor=self.request.user, plan=self.plan, pks=self.pks)
        return "It waits again." if number == 1 else f"{number} suggestions wait again."

    def back(self) -> str:
        row = str(self.pks[0]) if self.pks else ""
        return self.back_to(self.request.POST.get("framework", ""), row)


class ListAnswersView(SuggestionsMixin, WorkspaceView):
    """What was answered to suggestions, by whom; each can be taken back."""

    template_name = "plans/list_answers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(reads.suggestions_answered(self.plan), ANSWERS_A_PAGE).get_page(self.request.GET.get("page"))
        to = addresses_in(self.organisation.slug)
        rows = answers_shown(page, reads.known_by_name(), lambda pk: to(self.plan.pk, pk))
        return super().get_context_data(page_obj=page, rows=rows, **kwargs)


class FollowEditionView(SuggestionsMixin, View):
    """Let one plan follow a new edition."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        moves = succession(request.POST.get("old", ""), request.POST.get("new", ""))
        try:
            if moves is None:
                raise following.NothingToFollow
            made = following.follow_edition(actor=request.user, plan=self.plan, succession=moves)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back_to())
        messages.success(request, f"The plan follows {made.new_name}. Look through what is only suggested.")
        return redirect(self.back_to(made.new_name))


class UnfollowEditionView(SuggestionsMixin, PressView):
    """Take a following back."""

    def perform(self) -> str:
        made = reads.following(self.plan, self.kwargs["pk"])
        following.unfollow_edition(actor=self.request.user, following=made)
        return f"The plan is as it was before it followed {made.new_name}."

    def back(self) -> str:
        return self.back_to()


class FollowEditionsView(WorkspaceView):
    """All plans that can follow a new edition; those that are ticked do so together."""

    permission = "plans.edit_plan"
    section = "plans"
    template_name = "plans/follow_editions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(reads.plans_open(), PLANS_A_PAGE).get_page(self.request.GET.get("page"))
        among = [at_home(plan, self.organisation) for plan in page]
        offers = offers_shown(reads.pending(among), reads.known_by_name())
        waiting = reads.waiting_counts([plan.pk for plan in among])
        still = [(plan, waiting[plan.pk]) for plan in among if plan.pk in waiting]
        return super().get_context_data(offers=offers, still=still, page_obj=page, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ticked = dict.fromkeys(request.POST.getlist("follow"))
        moves = {one.new_name: one for one in successions()}
        plans = {str(plan.pk): plan for plan in reads.plans_open()}
        pairs = [(plans.get(pk), moves.get(name)) for pk, _, name in (value.partition(":") for value in ticked)]
        wanted = [(plan, move) for plan, move in pairs if plan and move]
        try:
            made = following.follow_editions(actor=request.user, wanted=wanted)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            number = len({one.plan_id for one in made})
            said = f"{number} plan{'' if number == 1 else 's'} followed. What is only suggested waits in each."
            messages.success(request, said) if made else messages.error(
                request, "Nothing is ticked that can follow. Tick a plan."
            )
        return redirect(self.address("plans:follow_editions"))


def numbers_in(words: list[str]) -> list[int]:
    """The ids that a form names, each once; what is none is left out."""
    return [int(word) for word in dict.fromkeys(words) if word.isascii() and word.isdecimal() and len(word) < 16]


def _known(known: dict[str, FrameworkKnown], name: str) -> FrameworkKnown:
    return known.get(name) or FrameworkKnown(name, "", "", "")
