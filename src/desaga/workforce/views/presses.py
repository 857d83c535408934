"""One press on an extract: check it, say who is who, agree, load it, stop it, go on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from desaga.organisations.refusals import Refused

from .. import queries
from ..operations import checking, deciding, loading, running
from .extracts import ExtractMixin


class PressView(ExtractMixin, View):
    """One press: does one thing, says so if there is something to say, and goes to where the extract stands."""

    http_method_names = ["post"]

    def perform(self) -> str:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            said = self.perform()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            if said:
                messages.success(request, said)
        return redirect(self.back())


class AskCheckView(PressView):
    def perform(self) -> str:
        checking.ask_check(actor=self.request.user, extract=self.extract)
        return ""


class SettleMatchView(PressView):
    def perform(self) -> str:
        match = queries.match_or_404(self.extract, self.kwargs["match_pk"])
        deciding.settle_match(actor=self.request.user, match=match, is_same="same" in self.request.POST)
        return ""


class SettleRestView(PressView):
    def perform(self) -> str:
        number = deciding.settle_rest(
            actor=self.request.user, extract=self.extract, is_same="same" in self.request.POST
        )
        return f"{number} decided."


class AgreeChangeView(PressView):
    def perform(self) -> str:
        deciding.agree_change(actor=self.request.user, extract=self.extract)
        return "You said that the change in head count is right."


class LoadExtractView(PressView):
    def perform(self) -> str:
        loading.ask_load(actor=self.request.user, extract=self.extract)
        return ""


class HaltView(PressView):
    def perform(self) -> str:
        running.ask_halt(actor=self.request.user, extract=self.extract)
        return "It stops at the next step. Nothing is half done."


class ResumeView(PressView):
    def perform(self) -> str:
        running.resume(actor=self.request.user, extract=self.extract)
        return "Another worker takes it over."
