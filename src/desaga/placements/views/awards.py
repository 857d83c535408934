"""What whoever was awarded does with an offer and an agreement: accept, turn down, ask for a change, keep a copy."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import View

from desaga.organisations.refusals import Refused

from ..agreeing import said_day
from ..forms.awards import AcceptForm, CannotGoForm, ChangeForm, NoPartiesForm, TurnDownForm
from ..operations import agreements, awards, changes
from ..papers import agreement_paper
from ..queries import awards as queries
from ..states import ApplicationState
from .applicants import OwnPressView
from .own import OfAwardMixin, OwnFormView
from .signing import paper


class AcceptAwardView(OwnFormView):
    title, button = "Accept the award", "Accept the award"
    said = "The award is yours. What comes next stands below."

    @property
    def needs(self) -> bool:
        return self.award.application.definition.needs_agreement

    def get_form_class(self) -> Any:
        return AcceptForm if self.needs else NoPartiesForm

    def get_initial(self) -> dict[str, str]:
        named = queries.parties_named(self.award.application)
        return {f"{party}_{name}": words for party, told in named.items() for name, words in told.items()}

    def perform(self, form: Any) -> None:
        awards.accept_award(award=self.award, parties=form.parties, actor=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.intro = f"£{self.award.amount:,.2f} for “{self.award.application.title}”. Answer by {said_day(self.award.accept_by)}."
        if self.needs:
            self.intro += f" When you press, you, your employer and your {self.award.application.definition.host_noun} each get an e-mail with the agreement to sign. None of you needs an account for it."
        return super().get_context_data(**kwargs)


class TurnDownView(OwnFormView):
    form_class = TurnDownForm
    title, button = "Turn the award down", "Turn it down"
    intro = "The money goes to somebody on the reserve list, and you cannot come back to it. You can apply again."
    said = "You have turned the award down. Thank you for saying so."

    def perform(self, form: TurnDownForm) -> None:
        awards.turn_down(award=self.award, actor=self.request.user, **form.cleaned_data)


class AskChangeView(OwnFormView):
    form_class = ChangeForm
    title, button = "Ask for a change", "Ask for it"

    @property
    def intro(self) -> str:  # type: ignore[override]
        definition = self.award.application.definition
        if not definition.needs_agreement:
            return "Those who run the scheme decide on it. Until then all stays as it is."
        return f"Those who run the scheme decide on it. Then you, your employer and your {definition.host_noun} sign the new agreement; until all have, the former one holds."

    said = "It is asked for. You get an e-mail when it is decided on."

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.award.application.state not in changes.CHANGEABLE:
            raise Http404
        return {**super().get_form_kwargs(), "award": self.award}

    def perform(self, form: ChangeForm) -> None:
        changes.ask_change(award=self.award, actor=self.request.user, **form.cleaned_data)


class CannotGoView(OwnFormView):
    form_class = CannotGoForm
    title, button = "I cannot go on with it", "Ask to call it off"
    intro = "Those who run the scheme call it off, and whoever signed with you gets an e-mail. Say whether you paid for something that you cannot get back."
    said = "It is asked for. You get an e-mail when it is called off."

    def perform(self, form: CannotGoForm) -> None:
        changes.ask_call_off(award=self.award, because=form.cleaned_data["words"], actor=self.request.user)


class SendMineAgainView(OfAwardMixin, OwnPressView):
    """The technician's own link once more, to their own address."""

    def perform(self) -> str:
        waiting = queries.agreement_waiting(self.award)
        mine = waiting.signatures.filter(party="technician").first() if waiting else None
        if mine is None:
            raise Refused("Nothing waits for your signature.")
        agreements.send_again(signature=mine, actor=self.request.user)
        return f"The link is sent again, to {mine.email}. Earlier ones open no more."


class TakeOwnAgreementOutView(OfAwardMixin, View):
    """The agreement that holds, else the one that waits, as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        agreement = queries.agreement_holding(self.award) or queries.agreement_waiting(self.award)
        if agreement is None or self.award.application.state == ApplicationState.OFFERED:
            raise Http404
        return paper(agreement_paper(agreement), str(agreement), self.organisation)
