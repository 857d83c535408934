"""What an applicant does about those who must approve, on the page of their application."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from desaga.organisations.refusals import Refused

from ..approving import SAID_YES, AskingState
from ..forms.asking import ReplaceForm
from ..letter_files import as_answer
from ..models import Asking
from ..operations import asking as operations
from ..queries.asking import askings_of, letter_or_404, own_asking_or_404
from .applicants import OwnApplicationMixin


class OwnAskingMixin(OwnApplicationMixin):
    """About one of those who are asked for an application of one's own."""

    @cached_property
    def asking(self) -> Asking:
        return own_asking_or_404(self.application, self.kwargs["pk"])


class PressOnAskingView(OwnAskingMixin, View):
    http_method_names = ["post"]

    def perform(self) -> str:
        """Make the one call; answer what to say of it. Raise a `Refused` to say no."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asking = self.asking
        try:
            messages.success(request, self.perform())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(asking.application)


class RemindAskedView(PressOnAskingView):
    def perform(self) -> str:
        operations.remind(actor=self.request.user, asking=self.asking)
        return f"{self.asking.name} gets another e-mail."


class AcceptConditionView(PressOnAskingView):
    def perform(self) -> str:
        operations.accept_condition(actor=self.request.user, asking=self.asking)
        return "You accepted the condition. It stands with your application."


class ReplaceAskedView(OwnAskingMixin, FormView):
    """Somebody else, or another address; where somebody was named, they stand in the fields already."""

    template_name = "placements/replace_asked.html"
    form_class = ReplaceForm

    def get_initial(self) -> dict[str, str]:
        is_named = self.asking.state in (AskingState.NOT_ASKED, AskingState.BOUNCED)
        return {"name": self.asking.name, "email": self.asking.email} if is_named else {}

    def form_valid(self, form: ReplaceForm) -> HttpResponse:
        try:
            new = operations.replace(actor=self.request.user, asking=self.asking, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, f"{new.name} is asked, by e-mail.")
        return redirect(self.application)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asking=self.asking, application=self.application, **kwargs)


class FetchOwnLetterView(OwnApplicationMixin, View):
    """The letter that stands with one's own application."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = askings_of(self.application).filter(state__in=SAID_YES)
        return as_answer(letter_or_404(given, self.kwargs["pk"]))
