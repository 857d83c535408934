"""The demo's mailbox, and the mails in doubt for whoever runs the programme."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.generic import TemplateView

from desaga.organisations.doors import ConfirmView, WorkspaceView

from . import operations, queries


class MailboxView(TemplateView):
    """The demo has no mail server: its mail is read here, by anybody. There is no such page elsewhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404("There is a mailbox in the demo only.")
        return super().dispatch(request, *args, **kwargs)


class ListMailView(MailboxView):
    template_name = "notifications/list_mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mails=queries.latest_mail(), **kwargs)


class ShowMailView(MailboxView):
    template_name = "notifications/show_mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail = queries.mail_in_mailbox(self.kwargs["pk"])
        if mail is None:
            raise Http404("There is no such mail.")
        return super().get_context_data(mail=mail, **kwargs)


class DoubtfulMailMixin:
    section = "organisations"
    permission = "notifications.settle_mail"
    goes_to = "notifications:list_doubtful_mail"


class ListDoubtfulMailView(DoubtfulMailMixin, WorkspaceView):
    template_name = "notifications/list_doubtful_mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mails=queries.doubtful_mail_for(self.request.user, self.organisation), **kwargs)


class SettleMailView(DoubtfulMailMixin, ConfirmView):
    """`was_taken` is what the person says by pressing the button."""

    was_taken: bool

    def thing(self) -> str:
        mail = queries.doubtful_mail_of(self.request.user, self.organisation, self.kwargs["pk"])
        if mail is None:
            raise Http404("There is no such mail in doubt.")
        return f"“{mail.subject}” to {mail.recipient}"

    def perform(self) -> str:
        thing = self.thing()
        operations.settle_doubtful(
            actor=self.request.user,
            mail_id=self.kwargs["pk"],
            was_taken=self.was_taken,
            organisation=self.organisation,
        )
        return thing


class ConfirmArrivalView(SettleMailView):
    was_taken = True
    title, button, said = "Did this mail arrive?", "It arrived", "Counted as sent: {}."
    sentence = "It counts as sent, and does not go again."


class SendAgainView(SettleMailView):
    was_taken = False
    title, button, said = "Send this mail again?", "Send it again", "It goes again: {}."
    sentence = "It goes again as it was. If it did arrive, they get it twice; most mail programs show the two as one."
