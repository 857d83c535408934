from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.generic import TemplateView

from . import queries


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
