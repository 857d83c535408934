"""The workspace's pages of consents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import queries
from ..forms import AskConsentForm, ConsentFilterForm, RenewForm, WordingForm
from ..models import Consent
from ..operations import answering, asking
from ..states import ConsentState, What, Where
from ..uses import uses_of

CONSENTS_A_PAGE = 50
A_TERM = timedelta(days=2 * 365)


class ListConsentsView(WorkspaceView):
    template_name = "consents/list_consents.html"
    permission = "consents.see_consents"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ConsentFilterForm(self.request.GET)
        form.is_valid()
        rows = queries.narrowed(queries.consents_listed(), form.cleaned_data)
        page = Paginator(rows, CONSENTS_A_PAGE).get_page(self.request.GET.get("page"))
        told = queries.waiting_counts(timezone.localdate())
        return super().get_context_data(filter_form=form, page_obj=page, rows=list(page), told=told, **kwargs)


class ConsentMixin(WorkspaceMixin):
    permission = "consents.keep_consents"
    section = "organisations"

    @cached_property
    def consent(self) -> Consent:
        return queries.consent_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("consents:show_consent", pk=self.consent.pk)


class ShowConsentView(ConsentMixin, WorkspaceView):
    template_name = "consents/show_consent.html"
    permission = "consents.see_consents"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consent = self.consent
        renewed = queries.renewed_by(consent)
        may_renew = consent.state in (ConsentState.GIVEN, ConsentState.EXPIRED) and renewed is None
        return super().get_context_data(
            consent=consent, answers=queries.answers_of(consent), events=queries.events_of(consent), uses=uses_of(consent),
            waiting=queries.who_waits(consent), renewed=renewed, may_renew=may_renew, **kwargs,
        )  # fmt: skip


class AskConsentView(WorkspaceFormView):
    template_name = "consents/consent_form.html"
    permission = "consents.keep_consents"
    section = "organisations"
    form_class = AskConsentForm
    title, button = "Ask for consent", "Send the e-mail"
    goes_to = "consents:list_consents"
    said = "{0.name} is asked by e-mail."

    def get_initial(self) -> dict[str, Any]:
        return {"what": What.values, "where": [Where.SITE], "until": timezone.localdate() + A_TERM}

    def perform(self, form: AskConsentForm) -> Consent:
        return asking.ask_consent(actor=self.request.user, organisation=self.organisation, **form.told)


class AskAgainView(ConsentMixin, PressView):
    def perform(self) -> str:
        asking.ask_again(actor=self.request.user, consent=self.consent)
        return "They are asked once more."


class RenewConsentView(ConsentMixin, WorkspaceFormView):
    template_name = "consents/consent_form.html"
    form_class = RenewForm
    title, button = "Ask again for a later day", "Send the e-mail"
    said = "{0.name} is asked by e-mail."

    def get_initial(self) -> dict[str, Any]:
        consent, until = self.consent, timezone.localdate() + A_TERM
        return {"until": min(until, consent.under_18_until or until) if consent.under_18_until else until}

    def perform(self, form: RenewForm) -> Consent:
        return asking.renew_consent(actor=self.request.user, consent=self.consent, **form.cleaned_data)


class WithdrawForThemView(ConsentMixin, ConfirmView):
    template_name = "consents/withdraw_for_them.html"
    title = "Take it down for them"
    sentence = (
        "Do this where they told you, by phone or by word, that they take it back. They get an e-mail that confirms it."
    )
    button = "Take it down"
    said = "It is taken back, and what could be taken down is down."

    def thing(self) -> Consent:
        return self.consent

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consent=self.consent, uses=uses_of(self.consent), **kwargs)

    def perform(self) -> Any:
        return answering.withdraw_consent(
            actor=self.request.user, consent=self.consent, words="Said to us in another way."
        )


class WriteWordingView(WorkspaceFormView):
    template_name = "consents/write_wording.html"
    permission = "consents.keep_consents"
    section = "organisations"
    form_class = WordingForm
    title, button = "The words by which we ask", "Ask by these words"
    goes_to = "consents:list_consents"
    said = "From now on you ask by these words. Whoever was asked before was asked by the former."

    @cached_property
    def wordings(self) -> list[Any]:
        # An organisation writes its words anew once in years; the pages of consents show each.
        return list(queries.wordings()[:20])

    def get_initial(self) -> dict[str, Any]:
        return {"text": asking.wording_shown(self.organisation)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(wordings=self.wordings, **kwargs)

    def perform(self, form: WordingForm) -> Any:
        return asking.write_wording(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
