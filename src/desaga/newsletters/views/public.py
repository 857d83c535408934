"""What everybody opens: asking for the newsletter, confirming it and leaving it by the links of mails. Opening a page writes nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView, View

from desaga.accounts.views.open_forms import OpenFormView, asks_too_often
from desaga.organisations.models import Organisation
from desaga.tenancy.context import enter, within

from .. import keys, offering, queries
from ..forms import EmailForm
from ..models import Subscription
from ..operations import subscribing

MISSING = 404
#: So often is a mail sent to one address.
PER_ADDRESS = "3/h"
#: As short as a page of the site: what is taken back is gone within a minute.
A_MINUTE = "public, max-age=60"


@method_decorator(sensitive_post_parameters("email"), name="dispatch")
class JoinView(OpenFormView):
    """Asks for an address. The answer is the same whether it is known or not, and however often one asks."""

    template_name = "newsletters/join.html"
    form_class = EmailForm
    group, per_computer = "newsletter", "30/h"

    @cached_property
    def owner(self) -> Organisation:
        return queries.workspace(self.kwargs["owner"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.owner, archive=offering.archive(self.owner), **kwargs)

    def told(self, form: EmailForm) -> dict[str, Any]:
        return {"sent_to": form.data.get("email", "")}

    def perform(self, form: EmailForm) -> None:
        email = form.cleaned_data["email"].strip().lower()
        if asks_too_often(self.request, "newsletter-address", f"{self.owner.pk} {email}", PER_ADDRESS):
            return
        with within(self.owner):
            subscribing.ask_to_join(organisation=self.owner, email=email)


class ByLinkView(TemplateView):
    """A page behind a signed link of a mail."""

    subscription: Subscription | None

    def number(self, organisation: Organisation, key: str) -> int | None:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.organisation = queries.workspace(kwargs["organisation_slug"])
        number = self.number(self.organisation, request.GET.get("key", ""))
        if number is None:
            return self.render_to_response({"gone": True}, status=MISSING)
        enter(self.organisation)
        self.subscription = queries.subscription(number)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(organisation=self.organisation, subscription=self.subscription, **kwargs)


@method_decorator(never_cache, name="dispatch")
class ConfirmView(ByLinkView):
    template_name = "newsletters/confirm.html"

    def number(self, organisation: Organisation, key: str) -> int | None:
        return keys.confirmed_by(organisation, key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        archive = offering.archive(self.organisation)
        return super().get_context_data(gone=self.subscription is None, archive=archive, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.subscription is not None:
            self.subscription = subscribing.confirm(subscription=self.subscription)
        return self.render_to_response(self.get_context_data())


@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class LeaveView(ByLinkView):
    """One press, here or in the mail program, which posts without a cookie (RFC 8058, 3.2): the signed key is what lets it. Twice is once."""

    template_name = "newsletters/leave.html"

    def number(self, organisation: Organisation, key: str) -> int | None:
        return keys.left_by(organisation, key)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.subscription is not None:
            subscribing.leave(subscription=self.subscription)
            self.subscription = None
        return self.render_to_response(self.get_context_data(has_left=True))


class ShowPiecePictureView(View):
    """A picture of a sent issue: the same for everybody, gone when it is taken out."""

    def get(self, request: HttpRequest, owner: str, piece: int) -> HttpResponse:
        return HttpResponse(
            queries.picture_of(owner, piece),
            content_type="image/jpeg",
            headers={"Cache-Control": A_MINUTE, "X-Content-Type-Options": "nosniff"},
        )
