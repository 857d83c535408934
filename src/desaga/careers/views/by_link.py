"""Behind the links of mails: a technician answers a question, a school confirms. Opening either writes nothing."""

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
from desaga.consents.operations.asking import wording_shown
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from .. import queries
from ..forms import AnswerForm, ConfirmInterestForm
from ..operations import questions, work
from ..states import InterestState, QuestionState

MISSING, WRONG = 404, 422


class LetterView(TemplateView):
    """What the key opens, within the organisation of the address alone."""

    def find(self, organisation: Any, key: str) -> Any:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        found = self.find(organisation, self.key) if organisation and self.key else None
        if organisation is None or found is None:
            return self.render_to_response({"gone": True}, status=MISSING)
        self.thing, self.organisation = found, organisation
        enter(organisation)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.organisation, key=self.key, **kwargs)

    def again(self) -> HttpResponse:
        return redirect(f"{self.request.path}?{urlencode({'key': self.key})}")


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class AnswerQuestionView(LetterView):
    template_name = "careers/answer_question.html"

    def find(self, organisation: Any, key: str) -> Any:
        return queries.question_opened(organisation, key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.thing
        is_open = question.state == QuestionState.ASKED
        known = {name: getattr(question, name) for name in ("answer", "job", "employer")}
        kwargs.setdefault("form", AnswerForm(initial=known) if is_open else None)
        words = wording_shown(self.organisation)
        return super().get_context_data(question=question, is_open=is_open, words=words, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pass_on" in request.POST:
            try:
                questions.pass_on(question=self.thing)
            except Refused as refusal:
                return self.render_to_response(self.get_context_data(trouble=str(refusal)), status=WRONG)
            return self.render_to_response({"is_passed_on": True, "organisation": self.organisation})
        form = AnswerForm(request.POST)
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("answer", "job", "employer", "what", "is_adult")}
            try:
                questions.answer_question(question=self.thing, **said)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return self.again()
        return self.render_to_response(self.get_context_data(form=form), status=WRONG)


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ConfirmInterestView(LetterView):
    template_name = "careers/confirm_interest.html"

    def find(self, organisation: Any, key: str) -> Any:
        return queries.interest_opened(organisation, key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_new = self.thing.state == InterestState.SENT
        known = {"fields_of_work": self.thing.fields}
        kwargs.setdefault("form", ConfirmInterestForm(initial=known) if is_new else None)
        doors = queries.doors_of(self.organisation.pk)
        return super().get_context_data(interest=self.thing, is_new=is_new, doors=doors, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "take_back" in request.POST:
            work.take_back(interest=self.thing)
            return self.render_to_response({"is_gone": True, "organisation": self.organisation})
        form = ConfirmInterestForm(request.POST)
        if form.is_valid():
            said = {name: value for name, value in form.cleaned_data.items() if name not in ("arranges", "fields_of_work")}  # fmt: skip
            try:
                work.confirm_interest(interest=self.thing, fields=form.cleaned_data["fields_of_work"], **said)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return self.again()
        return self.render_to_response(self.get_context_data(form=form), status=WRONG)
