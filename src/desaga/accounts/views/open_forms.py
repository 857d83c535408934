"""A form that everybody may send without an account: how often it opens, its trap for programs, and what becomes of what was sent."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from django_ratelimit.core import get_usage

from desaga.organisations.refusals import Refused

WRONG, TOO_MANY = 422, 429


class AskedTooOften(Exception):
    """Enough for now, whoever sends it."""


def asks_too_often(request: HttpRequest, group: str, whose: str, rate: str) -> bool:
    def key(group: str, request: HttpRequest) -> str:
        return whose

    usage = get_usage(request, group=group, key=key, rate=rate, increment=True)
    return bool(usage and usage["should_limit"])


def computer_asks_too_often(request: HttpRequest, group: str, rate: str) -> bool:
    return asks_too_often(request, f"{group}-computer", get_adapter().get_client_ip(request), rate)


@method_decorator(never_cache, name="dispatch")
class OpenFormView(TemplateView):
    """`perform` makes the one call; a `Refused` is said beside the form, `AskedTooOften` above it. Whatever is not done, what was typed stays.

    The template reads `is_sent` and what `told` answers, else `form` and `too_many`. The form is a `ui.forms.TrapMixin`: a program that fell
    into the trap reads what everybody reads.
    """

    form_class: Any
    group: str
    #: So often may one computer send. A school's or a college's people share an address of the net.
    per_computer = "20/h"

    def get_form(self, *sent: Any) -> Any:
        return self.form_class(*sent)

    def perform(self, form: Any) -> None:
        """What sending does, within the organisation that it is for."""
        raise NotImplementedError

    def told(self, form: Any) -> dict[str, Any]:
        """What the answer says of what was sent."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not kwargs.get("is_sent"):
            kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST, request.FILES)
        if computer_asks_too_often(request, self.group, self.per_computer):
            return self.answer(TOO_MANY, form=form, too_many=True)
        if form.is_trapped:
            return self.answer(is_sent=True, **self.told(form))
        if form.is_valid():
            try:
                self.perform(form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            except AskedTooOften:
                return self.answer(TOO_MANY, form=form, too_many=True)
            else:
                return self.answer(is_sent=True, **self.told(form))
        return self.answer(WRONG, form=form)

    def answer(self, status: int = 200, **told: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**told), status=status)
