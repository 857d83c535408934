"""Sending a report for sign-off, and signing it: here, or behind the link of a mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin
from desaga.organisations.refusals import Refused
from desaga.reviews.freezing import digest_of
from desaga.tenancy.context import enter

from .. import queries
from ..forms import HeadForm, SendForm
from ..models import Report, SignOffKey
from ..operations import signing
from ..papers import line_of, text_blocks
from ..states import ReportState, Way
from .reports import PressView, ReportMixin

GONE = 410


class SendView(ReportMixin, WorkspaceFormView):
    permission = "reports.send_report"
    template_name = "reports/send_report.html"
    form_class = SendForm
    title = "Send for sign-off"
    button = "Send the report"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.request.user}

    def perform(self, form: SendForm) -> None:
        sent = signing.send_for_sign_off(actor=self.request.user, report=self.report, **form.cleaned_data)
        messages.success(self.request, f"{sent.signatory_words} is asked to sign off, and got an e-mail.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = queries.sections_of(self.report)
        return super().get_context_data(
            head=queries.head_of(self.organisation),
            unfinished=[one for one in sections if not one.is_done],
            too_long=[one for one in sections if one.is_over],
            open_comments=sum(one.open_comments for one in sections),
            **kwargs,
        )


class StateHeadView(WorkspaceFormView):
    """Who heads the organisation, said once."""

    section = "plans"
    permission = "reports.state_head"
    form_class = HeadForm
    title = "Head of organisation"
    button = "Save"
    said = "Reports are signed off by {0.name} from now on."
    goes_to = "reports:list_kinds"

    def get_initial(self) -> dict[str, Any]:
        head = queries.head_of(self.organisation)
        return {name: getattr(head, name) for name in ("name", "title", "email")} if head else {}

    def perform(self, form: HeadForm) -> Any:
        return signing.state_head(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class TakeBackView(PressView):
    permission = "reports.send_report"

    def perform(self) -> str:
        signing.take_back(actor=self.request.user, report=self.report)
        return "The report is yours to write on. The link that was sent opens no more."


class Signing(TemplateView):
    """The whole report, and two presses: sign, or send back. What is signed is what was shown."""

    template_name = "reports/sign_off.html"
    way = Way.HERE
    held: SignOffKey | None = None
    report: Report

    def who(self) -> str:
        raise NotImplementedError

    def here(self) -> str:
        return self.request.path

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            said = self._press(request)
        except Refused as refusal:
            context = self.get_context_data(
                trouble=str(refusal), note=request.POST.get("note", ""), name=request.POST.get("name", "")
            )
            return self.render_to_response(context, status=422)
        messages.success(request, said)
        return redirect(self.here())

    def _press(self, request: HttpRequest) -> str:
        actor = request.user if request.user.is_authenticated else None
        told: dict[str, Any] = {
            "actor": actor,
            "report": self.report,
            "who": self.who(),
            "way": self.way,
            "link": self.held,
        }
        if request.POST.get("do") == "sign":
            signing.sign_off(seen=request.POST.get("seen", ""), **told)
            return "Thank you. The report is signed off and kept as it is."
        signing.send_back(note=request.POST.get("note", ""), **told)
        return "The report went back to those who write it, with your words."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_waiting = self.report.state == ReportState.FOR_SIGN_OFF
        content = self.report.sent_content if is_waiting else None
        sections = content["sections"] if content else []
        shown = [(one, [(type(block).__name__, block) for block in text_blocks(one["text"])]) for one in sections]
        return super().get_context_data(
            **{
                "report": self.report,
                "plan": self.report.plan,
                "content": content,
                "shown": shown,
                "is_waiting": is_waiting,
                **kwargs,
            },
            seen=digest_of(content) if content else "",
            line=line_of(content) if content else "",
        )


class SignOffView(ReportMixin, WorkspaceMixin, Signing):
    """For whoever was asked and signs in here."""

    permission = "reports.sign_off"

    def asked_about(self) -> Any:
        return self.report

    def who(self) -> str:
        return self.request.user.get_full_name()  # type: ignore[union-attr]


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class SignByLinkView(Signing):
    """The page behind the link. Opening it writes nothing: programs that look at mail open links too.

    The key is a query word, and a hidden field of the form: paths are what logs hold.
    """

    template_name = "reports/sign_by_link.html"
    way = Way.LINK

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        held = queries.key_opened(organisation, self.key) if organisation else None
        if organisation is None or held is None:
            return self.render_to_response({"gone": "unknown"}, status=404)
        self.held, self.report = held, held.report
        self.report.organisation = self.report.plan.organisation = organisation
        enter(organisation, user=request.user if request.user.is_authenticated else None)
        if held.ended_at is not None:
            context = {"gone": self.report.state, "report": self.report, "organisation": organisation}
            return self.render_to_response(context, status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def who(self) -> str:
        return self.request.POST.get("name", "")

    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'key': self.key})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "key": self.key,
                "name": self.held.name if self.held else "",
                "organisation": self.report.organisation,
                **kwargs,
            }
        )
