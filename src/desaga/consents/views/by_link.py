"""The pages behind the links of mails: answering, and taking it back. Without an account; opening them writes nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from .. import queries
from ..forms import AnswerForm, WithdrawForm, YoungForm
from ..models import ConsentKey
from ..operations import answering
from ..states import By, ConsentState
from ..uses import uses_of

MISSING, GONE, WRONG = 404, 410, 422


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ByLink(TemplateView):
    """The key is a query word, and a hidden field of the form: paths are what logs hold."""

    opens = ConsentKey.Opens.ANSWER
    link: ConsentKey

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        link = queries.key_opened(organisation, self.key, self.opens) if organisation and self.key else None
        if organisation is None or link is None:
            return self.render_to_response({"gone": "unknown"}, status=MISSING)
        self.link, self.consent = link, link.consent
        enter(organisation)
        if gone := self.gone():
            return self.render_to_response(self.about() | {"gone": gone}, status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def gone(self) -> str:
        """Why nothing can be done here, or nothing."""
        return ""

    def about(self) -> dict[str, Any]:
        return {
            "consent": self.consent,
            "organisation": self.consent.organisation,
            "is_guardian": self.link.by == By.GUARDIAN,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.about(), key=self.key, **kwargs)

    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'key': self.key})}"


class AnswerConsentView(ByLink):
    template_name = "consents/answer_consent.html"

    def gone(self) -> str:
        self.answer = queries.answered_by(self.consent, self.link.by)
        if self.answer:
            return ""
        return "" if self.consent.state == ConsentState.ASKED else "ended"

    def form(self, *data: Any) -> AnswerForm:
        is_guardian = self.link.by == By.GUARDIAN
        name = self.consent.guardian_name if is_guardian else self.consent.name
        return AnswerForm(*data, consent=self.consent, is_guardian=is_guardian, initial={"name": name})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", None if self.answer else self.form())
        if self.link.by == By.PERSON and not self.consent.is_under_18:
            kwargs.setdefault("young", YoungForm())
        return super().get_context_data(answer=self.answer, waiting=queries.who_waits(self.consent), **kwargs)

    def say_under_18(self, request: HttpRequest) -> HttpResponse:
        young = YoungForm(request.POST)
        if young.is_valid():
            try:
                answering.say_under_18(link=self.link, guardian=young.guardian)
            except Refused as refusal:
                young.add_error(None, str(refusal))
            else:
                return redirect(self.here())
        return self.render_to_response(self.get_context_data(young=young, is_young=True), status=WRONG)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("verdict") == "young":
            return self.say_under_18(request)
        form = self.form(request.POST)
        if form.is_valid():
            try:
                answering.answer_consent(link=self.link, **form.cleaned_data)
            except answering.AnsweredAlready:
                pass
            except Refused as refusal:
                form.add_error(None, str(refusal))
                return self.render_to_response(self.get_context_data(form=form), status=WRONG)
            return redirect(self.here())
        return self.render_to_response(self.get_context_data(form=form), status=WRONG)


class ShowKeptView(ByLink):
    """What was agreed to, everywhere it is used, and the button that takes it back."""

    template_name = "consents/show_kept.html"
    opens = ConsentKey.Opens.KEPT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses = uses_of(self.consent)
        return super().get_context_data(
            can_go=[use for use in uses if use.may_be_taken_down],
            stays=[use for use in uses if not use.may_be_taken_down],
            form=kwargs.pop("form", None) or WithdrawForm(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=WRONG)
        try:
            answering.withdraw_consent(consent=self.consent, by=self.link.by, words=form.cleaned_data["words"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=WRONG)
        return redirect(self.here())
