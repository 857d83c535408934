"""An applicant's way from the page of a scheme to an application that was sent, and what becomes of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from desaga.organisations.refusals import Refused

from ..answering import parts
from ..defining import EMPLOYER_LEARNS
from ..models import Application
from ..naming import who_cannot_answer
from ..operations import applications
from ..operations.equality import are_asked
from ..presenting import address, events_in_words, tasks_of
from ..queries.applications import (
    applications_of,
    events_told,
    looked_at,
    own_applications,
    round_hearing,
    words_of_changes,
)
from ..queries.asking import addresses_of, asked_told
from ..queries.schemes import copies_into, is_last, next_round, takes_applications, version_in_force
from ..queries.told import award_told
from ..states import TRANSITIONS, ApplicationState
from ..wording import parts_told
from .applicants import OpenSchemeMixin, OwnApplicationMixin, OwnApplicationView, OwnConfirmView, OwnPressView

APPLICATIONS_A_PAGE = 25
#: So many of one's own are named on the page of a scheme; the list of all has the rest.
MOST_OWN = 5


def submission_of(request: HttpRequest) -> UUID:
    """What makes the same press, sent twice, one application."""
    try:
        return UUID(str(request.POST.get("submission")))
    except ValueError:
        return uuid4()


class ShowApplyView(OpenSchemeMixin, TemplateView):
    """What one needs, and when one hears; open to everybody."""

    template_name = "placements/apply.html"
    needs_account = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheme, here = self.scheme, self.request.path
        version, coming = version_in_force(scheme), next_round(scheme)
        return super().get_context_data(
            scheme=scheme,
            owner=self.organisation,
            definition=version and version.definition,
            parts=parts(version.definition) if version else (),
            employer_learns=EMPLOYER_LEARNS[version.definition.tells_employer] if version else "",
            is_taking=takes_applications(scheme),
            next_round=coming,
            is_last=is_last(coming),
            own=list(applications_of(self.request.user).filter(scheme=scheme)[:MOST_OWN]),
            submission=uuid4(),
            sign_in_url=f"{reverse('account_login')}?{urlencode({'next': here})}",
            join_url=f"{reverse('accounts:ask_to_join')}?{urlencode({'next': here})}",
            **kwargs,
        )


class BeginApplicationView(OpenSchemeMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            application = applications.begin(actor=request.user, scheme=self.scheme, submission=submission_of(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("placements:apply", self.organisation.slug, self.scheme.slug)
        return redirect(address(application, "show_application"))


class ShowApplicationView(OwnApplicationView):
    """The task list while it is being written; afterwards what was sent, where it is and what happens next."""

    template_name = "placements/show_application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, today = self.application, timezone.localdate()
        answers, looked, _ = looked_at(application, today)
        tasks = tasks_of(application, answers, looked)
        return super().get_context_data(
            tasks=tasks,
            left=sum(not one.is_settled for one in tasks),
            told=parts_told(application.definition, answers, looked),
            events=events_in_words(list(events_told(application)), self.request.user),
            round=round_hearing(application, today),
            to_change=words_of_changes(application),
            has_equality=are_asked(application),
            may=may_now(application),
            copies_into=copies_into(application.scheme),
            asked=asked_told(application),
            award_told=award_told(application),
            submission=uuid4(),
            **kwargs,
        )


def may_now(application: Any) -> dict[str, bool]:
    """What the applicant may do with it now, besides writing."""
    return {
        "take_back": application.state in TRANSITIONS["take_back"].sources,
        "withdraw": application.state in TRANSITIONS["withdraw"].sources,
        "copy": copies_into(application.scheme) is not None
        and application.state not in (ApplicationState.DRAFT, ApplicationState.WITH_APPROVERS),
    }


class CheckAnswersView(OwnApplicationView):
    """All answers with a way to change each, what stands in the way, and the button that sends it."""

    template_name = "placements/apply_check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.application.is_written:
            return redirect(self.address("show_application"))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application = self.application
        answers, looked, _ = looked_at(application, timezone.localdate())
        if application.is_written and not all(one.is_settled for one in tasks_of(application, answers, looked)):
            messages.error(request, str(applications.NotComplete()))
            return redirect(self.address("check_answers"))
        try:
            applications.send(actor=request.user, application=application)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("check_answers"))
        return redirect(self.address("show_sent"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, today = self.application, timezone.localdate()
        answers, looked, findings = looked_at(application, today)
        # Aliases and other addresses of one's own are refused at sending: they are said here, at their question.
        said = {one.key for one in findings}
        more = who_cannot_answer(application.definition, looked.values, addresses_of(application))
        findings += [one for one in more if one.key not in said]
        tasks = tasks_of(application, answers, looked)
        part_of = {question.key: part.key for part in parts(application.definition) for question in part.questions}
        told = [(one, address(application, "write_part", part=part_of[one.key]) + f"#id_{one.key}") for one in findings]
        return super().get_context_data(
            told=parts_told(application.definition, answers, looked),
            tasks={one.key: one for one in tasks},
            bars=[pair for pair in told if pair[0].is_bar],
            advice=[pair for pair in told if not pair[0].is_bar],
            left=[one for one in tasks if not one.is_settled],
            round=round_hearing(application, today),
            approvers=application.definition.approvers,
            employer_learns=EMPLOYER_LEARNS[application.definition.tells_employer],
            **kwargs,
        )


class ShowSentView(OwnApplicationView):
    """It is sent: the reference, and what happens next."""

    template_name = "placements/apply_sent.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.application.state not in (ApplicationState.WITH_APPROVERS, ApplicationState.RECEIVED):
            return redirect(self.address("show_application"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.application
        return super().get_context_data(
            round=round_hearing(application, timezone.localdate()),
            approvers=application.definition.approvers,
            has_equality=are_asked(application),
            **kwargs,
        )


class TakeBackApplicationView(OwnConfirmView):
    title, button = "Take it back to change it", "Take it back"
    sentence = "Those whom you named need not answer any more. When you send it again, they are asked again."

    def perform(self) -> str:
        applications.take_back(actor=self.request.user, application=self.application)
        return "It is yours to change again."


class WithdrawApplicationView(OwnConfirmView):
    title, button = "Withdraw this application", "Withdraw it"
    sentence = "It is not considered any more, and cannot be brought back. You can copy it into a new one."
    takes_words = True

    def perform(self) -> str:
        words = self.request.POST.get("words", "").strip()[:1000]
        applications.withdraw(actor=self.request.user, application=self.application, words=words)
        return "It is withdrawn."


class CopyApplicationView(OwnApplicationMixin, OwnPressView):
    """A copy to go on with; where it may not be, back to what was to be copied."""

    copy: Application | None = None

    def perform(self) -> str:
        number = submission_of(self.request)
        self.copy = applications.copy(actor=self.request.user, application=self.application, submission=number)
        return "It is copied. Look through each part; nothing counts as complete yet."

    def back(self) -> str:
        return address(self.copy, "show_application") if self.copy else super().back()


class ListOwnApplicationsView(LoginRequiredMixin, TemplateView):
    """One's own applications, with whomever they are."""

    template_name = "placements/list_own_applications.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = own_applications() if self.request.user.person_id else []  # type: ignore[union-attr]
        page = Paginator(rows, APPLICATIONS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)
