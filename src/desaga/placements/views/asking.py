"""The page on which whoever is asked answers: behind the link of a mail, without an account."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from ..answering import look
from ..approving import DECIDED, PAST, AskingState, Asks
from ..forms.asking import DEPUTY, FORMS, PASS, AnswerForm
from ..models import Asking, AskingKey
from ..operations import deciding
from ..queries.applications import typed
from ..queries.asking import key_opened
from ..states import ApplicationState
from ..written import told

NOTHING, NOT_YOURS, GONE, WRONG = 204, 403, 410, 422


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ByLink(TemplateView):
    """A page behind the link of a mail. The key is a query word, and a hidden field of the form: paths are what logs hold."""

    template_name = "placements/answer_asking.html"
    asking: Asking
    link: AskingKey

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        link = key_opened(organisation, self.key) if organisation else None
        if organisation is None or link is None:
            return self.render_to_response({"gone": "unknown"}, status=404)
        self.link, self.asking = link, link.asking
        self.asking.application.organisation = organisation
        enter(organisation, user=self.user)
        if gone := self.gone():
            return self.render_to_response(self.about() | {"gone": gone}, status=GONE)
        try:
            deciding.refuse_own(self.asking, self.user)
        except Refused as refusal:
            return self.render_to_response(self.about() | {"gone": "own", "sentence": str(refusal)}, status=NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> Any:
        return self.request.user if self.request.user.is_authenticated else None

    def gone(self) -> str:
        """Why nothing can be answered here, or nothing."""
        if self.asking.state in DECIDED:
            return ""
        if self.asking.state in PAST:
            return str(self.asking.state)
        is_asked = self.asking.application.state == ApplicationState.WITH_APPROVERS
        return "" if is_asked and self.asking.state != AskingState.EXPIRED else "taken_back"

    def about(self) -> dict[str, Any]:
        application = self.asking.application
        return {
            "asking": self.asking,
            "application": application,
            "scheme": application.scheme,
            "organisation": application.organisation,
        }


class AnswerAskingView(ByLink):
    """Opening it writes nothing: programs that look at mail open links too."""

    @cached_property
    def looked(self) -> Any:
        application = self.asking.application
        return look(application.definition, typed(application))

    def form(self, *data: Any) -> AnswerForm:
        name = self.asking.deputy_name if self.link.for_deputy else self.asking.name
        values = self.looked.values
        # As the applicant says it; who answers confirms it, or puts it right.
        told = {"working_days": "working_days", "cover": "cover_at_work", "cost": "department_cost"}
        initial = {"name": name, **{field: values.get(key) for field, key in told.items()}}
        named = [(one.key, one.title) for one in deciding.may_be_changed(self.asking)]
        return FORMS[self.asking.asks](*data, initial=initial, parts=named, for_deputy=self.link.for_deputy)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asking, definition = self.asking, self.asking.application.definition
        kwargs.setdefault("form", None if asking.state in DECIDED else self.form())
        return super().get_context_data(
            **self.about(),
            **kwargs,
            key=self.key,
            acts_for=asking.name if self.link.for_deputy else "",
            values=self.looked.values,
            parts=told(definition, self.looked, asking.asks),
            shows_money=asking.asks != Asks.PLACE,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        try:
            if form.is_valid():
                self.perform(form)
                return redirect(self.here())
            deciding.note_opened(asking=self.asking, link=self.link, user=self.user)
        except deciding.AnsweredAlready:
            return redirect(self.here())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=WRONG)

    def perform(self, form: AnswerForm) -> None:
        data = form.cleaned_data
        through: dict[str, Any] = {"asking": self.asking, "link": self.link, "user": self.user}
        if data["verdict"] == PASS:
            deciding.pass_on(name=data["other_name"], email=data["other_email"], **through)
        elif data["verdict"] == DEPUTY:
            deciding.leave_deputy(
                name=data["deputy_name"],
                email=data["deputy_email"],
                until=data["deputy_until"],
                also_later=data.get("also_later", False),
                **through,
            )
            messages.success(self.request, f"{data['deputy_name']} is asked, and may answer for you.")
        else:
            deciding.answer(said=form.said, **through)

    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'key': self.key})}"


class NoteOpenedView(ByLink):
    """Told by the page itself when somebody first touches it, so that the applicant sees that it was read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            deciding.note_opened(asking=self.asking, link=self.link, user=self.user)
        except Refused:
            return HttpResponse(status=GONE)
        return HttpResponse(status=NOTHING)
