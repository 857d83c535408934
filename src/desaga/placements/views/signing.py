"""The pages behind the links about an award: the agreement to sign, the days to confirm, what came of it. None needs an account; opening one writes nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.documents.out import PAPERS, Block, Imprint
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter
from desaga.ui.fonts import font_files

from ..asked import asked, form_of
from ..awarding import Letter
from ..defining import Follow, Nouns
from ..models import Attendance, Award, AwardLetter
from ..operations import agreements, attending, outcomes
from ..operations.reports import looked
from ..papers import agreement_paper, report_paper, text_blocks
from ..queries import awards as queries
from ..queries.after import attendance_of, certificate_with, outcome_of, report_of
from .filled import Sent, sent

GONE = 410


def paper(blocks: list[Block], title: str, organisation: Any) -> HttpResponse:
    """A PDF/UA to keep; no machine on the way keeps it."""
    format = PAPERS["pdf"]
    content = format.write_paper(blocks, Imprint(title, organisation.name, timezone.localdate(), font_files()))
    name = f"{slugify(title)[:80]}.{format.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)


def report_response(award: Award, organisation: Any) -> HttpResponse:
    """The report as a file to keep, once it was sent; 404 before."""
    report, follow = report_of(award), award.application.definition.report
    if report is None or report.sent_at is None:
        raise Http404
    title = f"Report, {award.application.reference}"
    questions = [(one.question.label, one.said) for one in asked(follow, report.answers, award.application.definition)]
    return paper(report_paper(award, report, questions), title, organisation)


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class LinkView(TemplateView):
    """A page behind the link of a letter. The key is a query word, and a hidden field of the form: paths are what logs hold."""

    kinds: tuple[Letter, ...] = ()
    letter: AwardLetter
    award: Award

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        letter = queries.letter_opened(organisation, self.key, *self.kinds) if organisation else None
        if organisation is None or letter is None:
            return self.render_to_response({"gone": "unknown"}, status=404)
        self.organisation, self.letter, self.award = organisation, letter, letter.award
        self.award.application.organisation = organisation
        enter(organisation, user=self._user)
        if letter.ended_at:
            return self.render_to_response({"gone": "ended", "organisation": organisation}, status=GONE)
        return super().dispatch(request, *args, **kwargs)

    @property
    def _user(self) -> Any:
        return self.request.user if self.request.user.is_authenticated else None

    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'key': self.key})}"

    def perform(self) -> str:
        """Make the one call, and answer what to say. Raise a `Refused` to say no."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.perform())
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(trouble=str(refusal)), status=422)
        return redirect(self.here())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "key": self.key,
                "organisation": self.organisation,
                "award": self.award,
                "application": self.award.application,
                "typed": self.request.POST,
                **kwargs,
            }
        )


class SignAgreementView(LinkView):
    """The whole text, and one press. What is signed is what was shown."""

    template_name = "placements/sign_agreement.html"
    kinds = agreements.LINKS

    def perform(self) -> str:
        data = self.request.POST
        agreements.sign(
            link=self.letter,
            name=data.get("name", ""),
            seen=data.get("seen", ""),
            agrees=data.get("agrees") == "yes",
            actor=self._user,
        )
        return "Thank you. Your name stands under the agreement."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        signature = queries.signature_of(self.letter)
        if signature is None:
            raise Http404
        agreement = signature.agreement
        blocks = [(type(block).__name__, block) for block in text_blocks(agreement.text)]
        return super().get_context_data(signature=signature, agreement=agreement, blocks=blocks, **kwargs)


class TakeAgreementOutView(LinkView):
    """The agreement as a file, for whoever has a link to it."""

    template_name = "placements/sign_agreement.html"
    kinds = agreements.LINKS
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        signature = queries.signature_of(self.letter)
        if signature is None:
            raise Http404
        return paper(agreement_paper(signature.agreement), str(signature.agreement), self.organisation)


class ConfirmDaysView(LinkView):
    """The host ticks the days on which somebody was there."""

    template_name = "placements/confirm_days.html"
    kinds = attending.LINKS

    def perform(self) -> str:
        days = [day for day in attending.days_of(self.award, timezone.localdate()) if str(day) in self._ticked]
        attending.confirm_days(
            link=self.letter,
            name=self.request.POST.get("name", ""),
            days=days,
            words=self.request.POST.get("words", ""),
            actor=self._user,
        )
        return "Thank you. The days are confirmed."

    @property
    def _ticked(self) -> list[str]:
        return self.request.POST.getlist("days")

    def _said(self, known: Attendance | None) -> dict[str, str]:
        """What stands in the fields: what was typed, else what was said before, else whom the letter was for."""
        host = attending.host_of(self.award)
        name = known.confirmed_by if known else host[0] if host else ""
        told = {"name": name, "words": known.words if known else ""}
        return {key: self.request.POST.get(key, words) for key, words in told.items()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = attendance_of(self.award)
        ticked = self._ticked if self.request.method == "POST" else []
        chosen = [str(day) for day in (known.days if known else attending.usual_days(self.award))]
        days = attending.days_of(self.award, timezone.localdate())
        return super().get_context_data(
            days=[(day, str(day) in (ticked or chosen)) for day in days],
            attendance=known,
            said=self._said(known),
            **kwargs,
        )


class AnswerOutcomeView(LinkView):
    """What came of it: the questions of one follow-up."""

    template_name = "placements/answer_outcome.html"
    kinds = outcomes.LINKS
    troubles: dict[str, str] = {}

    @property
    def follow(self) -> Follow:
        follow = outcomes.follow_of(self.award, self.letter.about)
        if follow is None:
            raise Http404
        return follow

    @cached_property
    def told(self) -> Sent:
        """What came with the form."""
        return sent(self.award, self.follow, self.request, self._user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.told.pressed:
            return self.render_to_response(self.get_context_data())
        if self.told.troubles:
            self.troubles = self.told.troubles
            return self.render_to_response(self.get_context_data(), status=422)
        return super().post(request, *args, **kwargs)

    def perform(self) -> str:
        answers = self.told.answers
        self.troubles = looked(self.follow, self.award.application.definition, answers)[1]
        outcomes.answer_outcome(link=self.letter, answers=answers, actor=self._user)
        return "Thank you. Your answers are kept."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        follow = self.follow
        outcome = outcome_of(self.award, follow.key)
        kept = outcome.answers if outcome else {}
        raw = self.told.answers if self.request.method == "POST" else kept
        return super().get_context_data(
            **{
                **kwargs,
                "follow": follow,
                "outcome": outcome,
                "form": form_of(follow, raw, self.award.application.definition, self.troubles),
                "trouble": "" if self.troubles else kwargs.get("trouble", ""),
            }
        )


class CheckCertificateView(TemplateView):
    """Whether a certificate is genuine, and nothing else of it."""

    template_name = "placements/check_certificate.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        found = None
        if organisation is not None:
            enter(organisation, user=request.user if request.user.is_authenticated else None)
            found = certificate_with(kwargs["code"][:40])
        context = self.get_context_data(
            organisation=organisation if found else None,
            is_genuine=found is not None,
            noun=found.content.get("noun", Nouns().noun) if found else "",
        )
        return self.render_to_response(context, status=200 if found else 404)
