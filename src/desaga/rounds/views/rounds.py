"""Rounds, for whoever runs them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS
from desaga.organisations import doors
from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.plans.exports import TooLongForPDF
from desaga.plans.exports.taking import tables_as_file
from desaga.plans.updating import quarter_of
from desaga.plans.views.plans import PlanMixin, at_home

from .. import queries
from ..forms import AskForm, RoundForm
from ..models import RequestedAction, Round, UpdateRequest
from ..operations import answers, chasing, posting, rounds
from ..preparing import by_reason
from ..presenting import asked_of, fates, sum_of
from ..states import RoundState
from ..tables import log_of

LOG_FORMATS = (("xlsx", "Excel"), ("docx", "Word"), ("pdf", "PDF"), ("csv", "CSV"), ("json", "JSON"))
FIELDS = ("period", "due_on", "words", "remind_days_before", "silent_days_after", "escalate_days_after")


class OfPlanMixin(PlanMixin):
    """A page about the rounds of one plan."""

    permission = "rounds.run_round"
    tab = "rounds:list_rounds"

    def asked_about(self) -> Any:
        return self.plan


class ListRoundsView(OfPlanMixin, WorkspaceView):
    template_name = "rounds/list_rounds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(queries.rounds_of(self.plan))
        going = any(one.state != RoundState.CLOSED for one in found)
        return super().get_context_data(rounds=found, is_going=going, today=timezone.localdate(), **kwargs)


class StartRoundView(OfPlanMixin, WorkspaceFormView):
    template_name = "rounds/round_form.html"
    form_class = RoundForm
    title = "Ask how it goes"
    button = "See who will be asked"

    def get_initial(self) -> dict[str, Any]:
        return {"period": quarter_of(timezone.localdate())}

    def perform(self, form: RoundForm) -> None:
        self.started = rounds.start_round(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def back(self) -> str:
        return self.address("rounds:list_rounds", plan_pk=self.plan.pk)

    def get_success_url(self) -> str:
        return self.started.get_absolute_url()


class RoundMixin(OfPlanMixin):
    """A page about one round."""

    @cached_property
    def round(self) -> Round:
        round_ = queries.round_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]
        round_.organisation = self.organisation
        return round_

    @property
    def plan(self) -> Any:
        return at_home(self.round.plan, self.organisation)

    def back(self) -> str:
        return self.round.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(round=self.round, **kwargs)


class ShowRoundView(RoundMixin, WorkspaceView):
    """A round being prepared: who would get what. A round under way: who has answered."""

    @property
    def is_prepared(self) -> bool:
        return self.round.state == RoundState.PREPARED

    def get_template_names(self) -> list[str]:
        return ["rounds/prepare_round.html" if self.is_prepared else "rounds/show_round.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(self._prepared() if self.is_prepared else self._asked()), **kwargs)

    def _prepared(self) -> dict[str, Any]:
        recipients, unasked = queries.preparation_of(self.plan)
        letter = posting.preview_letter(self.round, recipients[0]) if recipients else None
        asker = posting.asked_by(self.round)
        return {"recipients": recipients, "unasked": by_reason(unasked), "asker": asker, "letter": letter}

    def _asked(self) -> dict[str, Any]:
        today = timezone.localdate()
        rows = asked_of(self.round, queries.requests_of(self.round), today)
        is_open = self.round.state == RoundState.OPEN
        return {"rows": rows, "sum": sum_of(rows), "today": today, "is_open": is_open, "formats": LOG_FORMATS}


class TakeLogOutView(RoundMixin, WorkspaceMixin, View):
    """The log of a round as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format = FORMATS.get(self.kwargs["format"])
        if format is None:
            raise Http404
        tables = log_of(self.round, queries.events_of(self.round))
        try:
            file = tables_as_file(tables, format, f"{self.round} log", self.organisation, timezone.localdate())
        except TooLongForPDF as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back())
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(file.content, content_type=file.media_type, headers=headers)


class EditRoundView(RoundMixin, WorkspaceFormView):
    template_name = "rounds/round_form.html"
    form_class = RoundForm
    title = "Change the round"
    button = "Save"
    said = "The round is changed."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.round, name) for name in FIELDS}

    def perform(self, form: RoundForm) -> None:
        rounds.edit_round(actor=self.request.user, round_=self.round, **form.cleaned_data)


class PressView(RoundMixin, doors.PressView):
    """One press on a page of a round."""


class SendRoundView(PressView):
    def perform(self) -> str:
        number = rounds.send_round(
            actor=self.request.user, round_=self.round, emails=self.request.POST.getlist("email")
        )
        return "1 request is on its way." if number == 1 else f"{number} requests are on their way."


class RemindAllView(PressView):
    def perform(self) -> str:
        number = chasing.remind_all(actor=self.request.user, round_=self.round)
        return "1 reminder is on its way." if number == 1 else f"{number} reminders are on their way."


class ReopenRoundView(PressView):
    def perform(self) -> str:
        rounds.reopen_round(actor=self.request.user, round_=self.round)
        return "The round is open again."


class CloseRoundView(RoundMixin, ConfirmView):
    title = "Close the round"
    sentence = "The links in the e-mails answer no more, and nobody is reminded. You can open the round again."
    button = "Close the round"
    said = "The round is closed."

    def thing(self) -> Round:
        return self.round

    def perform(self) -> Any:
        return rounds.close_round(actor=self.request.user, round_=self.round)


class RequestMixin(RoundMixin):
    """A page about one request of a round."""

    @cached_property
    def asked(self) -> UpdateRequest:
        asked = queries.request_or_404(self.round, self.kwargs["request_pk"])  # type: ignore[attr-defined]
        asked.round = self.round
        return asked

    def back(self) -> str:
        return self.address("rounds:show_request", pk=self.round.pk, request_pk=self.asked.pk)


class ShowRequestView(RequestMixin, WorkspaceView):
    template_name = "rounds/show_request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [row] = asked_of(self.round, [self.asked], timezone.localdate())
        known = fates(row.events)
        log = [(event, known.get(event.mail_id)) for event in row.events]
        is_open = self.round.state == RoundState.OPEN and not self.asked.revoked_at
        return super().get_context_data(row=row, log=log, is_open=is_open, **kwargs)


class RemindView(RequestMixin, PressView):
    def perform(self) -> str:
        chasing.remind(actor=self.request.user, request=self.asked)
        return "The reminder is on its way."


class RevokeRequestView(RequestMixin, ConfirmView):
    title = "Take the request back"
    sentence = "Its links end at once, and nobody is reminded."
    button = "Take it back"
    said = "The request is taken back."

    def thing(self) -> UpdateRequest:
        return self.asked

    def perform(self) -> Any:
        return answers.revoke_request(actor=self.request.user, request=self.asked)


class AskInsteadView(RequestMixin, WorkspaceFormView):
    """Asks somebody else about one action of a request."""

    template_name = "rounds/ask_instead.html"
    form_class = AskForm
    title = "Ask somebody else"
    button = "Ask them"
    said = "They are asked."

    @cached_property
    def line(self) -> RequestedAction:
        return queries.found(queries.lines_whole(), request=self.asked, pk=self.kwargs["line_pk"])

    def perform(self, form: AskForm) -> None:
        answers.pass_on(line=self.line, words=form.cleaned_data["words"], actor=self.request.user, trusted=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(line=self.line, **kwargs)
