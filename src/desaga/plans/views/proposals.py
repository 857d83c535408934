"""Pages on which one says what actions answer, from what is proposed from their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.http import urlencode

from desaga.organisations.doors import PressView, WorkspaceView

from ..listing import addresses_in
from ..mayanswer import Shown, answer_words, framework_choices, named_in, shown, wanted_of
from ..models import Action, Plan
from ..operations import proposals
from ..queries import proposals as reads
from .following import numbers_in
from .plans import PlanMixin

ACTIONS_A_PAGE = 10
PLACES = ("framework", "show", "page")
#: On which page of one action an answer was given.
ACTION_PAGES = {"page": "plans:show_action", "alone": "plans:show_action_proposals"}


def shown_with_proposals(
    plan: Plan, actions: Sequence[Action], frameworks: Sequence[reads.Offered], slug: str
) -> list[Shown]:
    """These actions with what is proposed for them now; the number of queries is the same for all."""
    pks = [action.pk for action in actions]
    found = reads.proposals_for(pks, frameworks)
    names = reads.names_of_actions(named_in(found), plan)
    to = addresses_in(slug)
    return shown(actions, found, reads.answers_about(pks), frameworks, names, lambda pk: to(plan.pk, pk))


class ProposalsMixin(PlanMixin):
    """A page about what is proposed for one plan's actions."""

    permission = "plans.edit_plan"
    tab = "plans:show_plan_coverage"
    request: HttpRequest

    @cached_property
    def frameworks(self) -> list[reads.Offered]:
        keeps = self.request.user.has_perm("frameworks.keep_frameworks", self.organisation)
        return reads.frameworks_offered(self.plan, with_drafts=keeps)


class ReviewProposalsView(ProposalsMixin, WorkspaceView):
    """What may actions answer? Each action beside what is proposed for it."""

    template_name = "plans/review_proposals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        only_left = asked.get("show") == "left"
        page = Paginator(reads.actions_to_look_at(self.plan, only_left=only_left), ACTIONS_A_PAGE).get_page(
            asked.get("page")
        )
        wanted = wanted_of(self.frameworks, asked.get("framework"))
        return super().get_context_data(
            page_obj=page,
            shown=shown_with_proposals(self.plan, list(page), wanted, self.organisation.slug),
            looked=reads.looked_at(self.plan),
            frameworks=framework_choices(self.frameworks),
            chosen=wanted[0].key if len(wanted) < len(self.frameworks) else "",
            only_left=only_left,
            themes=reads.study_themes(),
            study_name=reads.STUDY.name,
            last_press=reads.last_answers(self.plan, self.request.user),
            place={name: asked[name] for name in PLACES if asked.get(name)},
            **kwargs,
        )


class ShowActionProposalsView(ProposalsMixin, WorkspaceView):
    """What may this one action answer? The action's own page fetches the same part of it."""

    template_name = "plans/show_action_proposals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action = reads.action_to_look_at(self.plan, self.kwargs["pk"])  # type: ignore[attr-defined]
        (one,) = shown_with_proposals(self.plan, [action], self.frameworks, self.organisation.slug)
        return super().get_context_data(
            action=action,
            one=one,
            themes=reads.study_themes(),
            study_name=reads.STUDY.name,
            place={"on": "page" if self.request.GET.get("on") == "page" else "alone"},
            **kwargs,
        )


class AnswerView(ProposalsMixin, PressView):
    """One press on a proposal or on several; back to where one was, at the next."""

    def back(self) -> str:
        told = self.request.POST
        if (pk := told.get("of_action", "")) and numbers_in([pk]):
            name = ACTION_PAGES.get(told.get("on", ""), ACTION_PAGES["alone"])
            # Whoever answered on the action's page finds the rest of it open there.
            query = "?proposals=open" if name == ACTION_PAGES["page"] else ""
            return f"{self.address(name, plan_pk=self.plan.pk, pk=int(pk))}{query}#proposals"
        place = {name: told[name] for name in PLACES if told.get(name)}
        goes_on = told.get("goes_on", "")
        anchor = f"#{goes_on}" if re.fullmatch(r"[\w-]{1,200}", goes_on) else ""
        query = f"?{urlencode(place)}" if place else ""
        return f"{self.address('plans:review_proposals', plan_pk=self.plan.pk)}{query}{anchor}"


class AnswerProposalsView(AnswerView):
    """Accept what is proposed, or say that it is not this one: of one action, or all that are ticked; or choose the study's theme."""

    def perform(self) -> str:
        told, asks = self.request.POST, {"actor": self.request.user}
        if told.get("do") == "theme":
            pk = next(iter(numbers_in([told.get("action", "")])), 0)
            action = reads.action_to_look_at(self.plan, pk)
            proposals.choose_study_theme(**asks, action=action, code=told.get("code", ""))
            return ""
        answer = proposals.refuse_proposals if told.get("do") == "refuse" else proposals.accept_proposals
        done = answer(**asks, plan=self.plan, tokens=told.getlist("proposal"))
        tone, sentence = answer_words(done.number, done.left)
        if sentence:
            getattr(messages, tone)(self.request, sentence)
        return ""


class TakeProposalAnswersBackView(AnswerView):
    """Let what was answered be proposed again."""

    def perform(self) -> str:
        pks = numbers_in(self.request.POST.getlist("answer"))
        number = proposals.take_proposal_answers_back(actor=self.request.user, plan=self.plan, pks=pks)
        return "It is open again." if number == 1 else f"{number} answers are taken back."
