"""The report of whoever was awarded, and what becomes of it by their own press: an activity, evidence at home, a story, a session, a certificate."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from desaga.organisations.membership import organisations_of
from desaga.organisations.refusals import Refused

from ..asked import asked, form_of
from ..awarding import FIRST_NAME, NAMED, WISHES, first_name_of
from ..forms.awards import GiveForm, SessionForm, StoryForm
from ..forms.shown import ConsentForm
from ..models import PlacementReport
from ..operations import attending, outcomes, reports, sharing, telling_of
from ..papers import certificate_paper
from ..queries import sharing as queries
from ..queries.after import report_of, story_of
from ..queries.shown import told_of
from ..shown import consent_words
from .applicants import OwnPressView
from .filled import sent
from .own import OfAwardMixin, OwnFormView
from .signing import paper, report_response


class WriteReportView(OfAwardMixin, TemplateView):
    """All questions on one page; what is typed is kept, right or wrong."""

    template_name = "placements/write_report.html"
    troubles: dict[str, str] = {}

    @property
    def report(self) -> PlacementReport:
        report = report_of(self.award)
        if report is None:
            raise Http404
        return report

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        definition = self.award.application.definition
        if not self.report.is_written:
            return redirect(self.back())
        told = sent(self.award, definition.report, request, request.user)
        try:
            reports.save_report(award=self.award, answers=told.answers, actor=request.user)
            if told.pressed:
                return redirect(f"{request.path}#id_{told.pressed}")
            if told.troubles:
                return self.again(told.troubles)
            if "send" not in request.POST:
                messages.success(request, "It is kept. Go on when you like.")
                return redirect(request.path)
            reports.send_report(award=self.award, answers=told.answers, actor=request.user)
        except reports.ReportNotComplete:
            return self.again(reports.looked(definition.report, definition, told.answers)[1])
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back())
        messages.success(request, "Your report is sent. Thank you.")
        return redirect(self.back() if told_of(self.award) else self.address("agree_told"))

    def again(self, troubles: dict[str, str]) -> HttpResponse:
        """The page with what was kept, and what is wrong with it."""
        self.troubles = troubles
        return self.render_to_response(self.get_context_data(), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, definition = self.report, self.award.application.definition
        follow = definition.report
        return super().get_context_data(
            organisation=self.organisation, award=self.award, application=self.award.application, report=report,
            follow=follow, form=form_of(follow, report.answers, definition, self.troubles),
            questions=asked(follow, report.answers, definition), back=self.back(), **kwargs,
        )  # fmt: skip


class TakeReportOutView(OfAwardMixin, View):
    """One's own report as a file, to keep or to hand on."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return report_response(self.award, self.organisation)


class LogDevelopmentView(OfAwardMixin, OwnPressView):
    def perform(self) -> str:
        sharing.log_development(award=self.award, actor=self.request.user)
        return f"The {self.award.application.definition.noun} stands among your activities now."


class GiveToEmployerView(OwnFormView):
    form_class = GiveForm
    title, button = "Give it to your employer as evidence", "Give it"
    said = "It is given. Those who run the programme there see it among the records that can be evidence."

    @property
    def intro(self) -> str:  # type: ignore[override]
        host = self.award.application.definition.host_noun
        return f"Title, {host}, days and what you reported are copied to your employer, who may use them as evidence in its action plan. The copy is theirs then."

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        self.organisations = list(organisations_of(user))
        return {
            **super().get_form_kwargs(),
            "organisations": self.organisations,
            "actions": queries.actions_offered(user, self.organisations),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        award = self.award
        if not list(organisations_of(request.user)):
            messages.warning(
                request,
                f"{award.application.employer} is not on Desaga, or does not know you there. Take the report as PDF from this page, and hand it on.",
            )
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def perform(self, form: GiveForm) -> None:
        told = form.cleaned_data
        organisation = next(one for one in self.organisations if one.slug == told["organisation"])
        action = queries.action_chosen(self.request.user, organisation, told["action"])
        sharing.give_to_employer(award=self.award, organisation=organisation, action=action, actor=self.request.user)


class OfferStoryView(OwnFormView):
    form_class = StoryForm
    title, button = "Offer it as a story", "Offer this text"
    intro = "Others learn from what you did. You agree to this text only, and can take it back any day; then it is removed for good. Those who run the scheme read it first."
    said = "Your story is offered. Thank you."

    def get_initial(self) -> dict[str, Any]:
        if known := story_of(self.award):
            story, text = known
            return {"title": text.title, "text": text.text, "wish": story.wish, "consent_until": story.consent_until}
        return {"title": self.award.application.title, "text": sharing.learnt(self.award)}

    def get_form_kwargs(self) -> dict[str, Any]:
        runs_it = self.award.organisation_id
        self.organisations = [one for one in organisations_of(self.request.user) if one.pk != runs_it]
        return {**super().get_form_kwargs(), "organisations": self.organisations}

    def perform(self, form: StoryForm) -> None:
        told = dict(form.cleaned_data)
        chosen = told.pop("employers", [])
        employers = [one for one in self.organisations if one.slug in chosen]
        sharing.offer_story(award=self.award, actor=self.request.user, employers=employers, **told)


class WithdrawStoryView(OfAwardMixin, OwnPressView):
    def perform(self) -> str:
        sharing.withdraw_story(award=self.award, actor=self.request.user)
        return "Your story is taken back, and its text removed."


class AgreeToldView(OwnFormView):
    """To be told of on the scheme's page: asked when the report is sent, and at any time after."""

    form_class = ConsentForm
    template_name = "placements/agree_told.html"
    button = "I agree to this"
    said = "Thank you. Those who run the scheme look at it, then it is on the page."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"May the scheme’s page tell of your {self.award.application.definition.noun}?"

    def get_initial(self) -> dict[str, Any]:
        known, name = told_of(self.award), self.award.application.name
        names = {NAMED: name, FIRST_NAME: first_name_of(name)}
        if known is None:
            return {"wish": NAMED, **names}
        return {
            **names,
            "wish": known.wish,
            "sentence": known.sentence,
            **({known.wish: known.name} if known.name else {}),
        }

    def perform(self, form: ConsentForm) -> None:
        telling_of.agree_to_be_told(award=self.award, actor=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, application = context["form"], self.award.application
        words = [
            (label, consent_words(self.organisation.name, application.scheme.name, form.name_under(wish), application.definition.nouns))
            for wish, label in WISHES.items()
        ]  # fmt: skip
        return {**context, "consents": words}


class TakeBackToldView(OfAwardMixin, OwnPressView):
    def perform(self) -> str:
        telling_of.take_back_told(award=self.award, actor=self.request.user)
        return "It is off the page, and out of every report."


class SendOutcomeAgainView(OfAwardMixin, OwnPressView):
    """The questions on what came of it, once more by e-mail."""

    def perform(self) -> str:
        outcomes.send_own_again(award=self.award, key=self.kwargs["key"])
        return f"The questions are on their way to {self.award.application.email}. Earlier links open no more."


class RecordSessionView(OwnFormView):
    form_class = SessionForm
    title, button = "Record a session", "Record it"
    intro = "A session in which you passed on what you learnt. It counts among your activities too."
    said = "The session is recorded."

    def perform(self, form: SessionForm) -> None:
        sharing.record_session(award=self.award, actor=self.request.user, **form.cleaned_data)


class TakeCertificateOutView(OfAwardMixin, View):
    """The certificate as a file; made when it is first asked for."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            certificate = attending.certificate_for(award=self.award, actor=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back())
        path = reverse("placements:check_certificate", args=[self.organisation.slug, certificate.code])
        address = request.build_absolute_uri(path)
        return paper(
            certificate_paper(certificate.content, address), f"Certificate {certificate.code}", self.organisation
        )
