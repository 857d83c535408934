"""One press on an extract: check it, say who is who, agree, load it, stop it, go on."""

from __future__ import annotations

from desaga.organisations.doors import PressView

from .. import queries
from ..counting import exact
from ..operations import checking, deciding, loading, running
from .extracts import ExtractMixin


class ExtractPressView(ExtractMixin, PressView):
    """One press on an extract; it goes to where the extract stands."""


class AskCheckView(ExtractPressView):
    def perform(self) -> str:
        checking.ask_check(actor=self.request.user, extract=self.extract)
        return ""


class SettleMatchView(ExtractPressView):
    def perform(self) -> str:
        match = queries.match_or_404(self.extract, self.kwargs["match_pk"])
        deciding.settle_match(actor=self.request.user, match=match, is_same="same" in self.request.POST)
        return ""


class SettleRestView(ExtractPressView):
    def perform(self) -> str:
        number = deciding.settle_rest(
            actor=self.request.user, extract=self.extract, is_same="same" in self.request.POST
        )
        return f"{exact(number)} decided."


class AgreeChangeView(ExtractPressView):
    def perform(self) -> str:
        deciding.agree_change(actor=self.request.user, extract=self.extract)
        return "You said that the head count is right."


class LoadExtractView(ExtractPressView):
    def perform(self) -> str:
        loading.ask_load(actor=self.request.user, extract=self.extract)
        return ""


class HaltView(ExtractPressView):
    def perform(self) -> str:
        running.ask_halt(actor=self.request.user, extract=self.extract)
        return "It stops at the next step. Nothing is half done."


class ResumeView(ExtractPressView):
    def perform(self) -> str:
        running.resume(actor=self.request.user, extract=self.extract)
        return "Another worker takes it over."
