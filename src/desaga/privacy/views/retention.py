"""How long each class of data is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..counting import SEES_NUMBERS, told_of
from ..forms import DaysForm
from ..operations import retention
from ..retaining import CLASSES, Retained, in_words
from .record import PrivacyMixin

RUNS_SHOWN = 30


class ShowRetentionView(PrivacyMixin, WorkspaceView):
    """The classes are as many as the slices registered; of the log the latest are shown."""

    template_name = "privacy/show_retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = queries.rules()
        shown = [{"kind": kind, "rule": rules[key], "time": in_words(rules[key].days)} for key, kind in CLASSES.items()]
        exactly = self.request.user.has_perm(SEES_NUMBERS, self.organisation)
        runs = list(queries.runs()[:RUNS_SHOWN])
        for run in runs:
            run.name = CLASSES[run.key].name if run.key in CLASSES else run.key
            run.told = told_of(run.key, run.counts, exactly=exactly)
        return super().get_context_data(shown=shown, runs=runs, **kwargs)


class KeepRetentionView(PrivacyMixin, WorkspaceFormView):
    """One class: for how many days, what would go, and whether it goes by itself."""

    permission = "privacy.keep_retention"
    template_name = "privacy/keep_retention.html"
    form_class = DaysForm
    button, said = "Save the time", "The time is saved."
    goes_to = "privacy:show_retention"

    @cached_property
    def kind(self) -> Retained:
        found = CLASSES.get(self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.kind.name

    def get_initial(self) -> dict[str, Any]:
        return {"days": queries.rule_of(self.kind).days}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.kind}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told = {"actor": request.user, "organisation": self.organisation, "kind": self.kind}
        if "show" in request.POST:
            counts = retention.show_what_would_go(**told)
            exactly = request.user.has_perm(SEES_NUMBERS, self.organisation)
            shown = told_of(self.kind.key, counts, exactly=exactly)
            form = self.form_class(initial=self.get_initial(), kind=self.kind)
            return self.render_to_response(
                self.get_context_data(
                    form=form, would_go=shown, was_shown=True, exactly=exactly or not self.kind.is_counted_by_few
                )
            )
        if "on" in request.POST or "off" in request.POST:
            return self.switch(told, "on" in request.POST)
        return super().post(request, *args, **kwargs)

    def switch(self, told: dict[str, Any], on: bool) -> HttpResponse:
        try:
            retention.switch_retention(**told, on=on)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.request.path)
        messages.success(
            self.request,
            "It is deleted every night from now on." if on else "Nothing of it is deleted by itself any more.",
        )
        return redirect(self.back())

    def perform(self, form: DaysForm) -> None:
        retention.set_retention(
            actor=self.request.user, organisation=self.organisation, kind=self.kind, days=form.cleaned_data["days"]
        )

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = queries.rule_of(self.kind)
        return super().get_context_data(kind=self.kind, rule=rule, time=in_words(rule.days), **kwargs)
