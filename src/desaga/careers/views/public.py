"""What everybody opens: asking technicians a question, and having a school asked about work experience. Nothing of a child is kept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from desaga.accounts.views.open_forms import OpenFormView, asks_too_often
from desaga.tenancy.context import within

from .. import queries
from ..forms import AskForm, BeginInterestForm
from ..models import Doors
from ..operations import questions, work

#: So often is a school written to.
PER_ADDRESS = "3/d"


class DoorView(OpenFormView):
    """One door of an organisation, while it is open."""

    per_computer = "40/h"

    @cached_property
    def doors(self) -> Doors:
        doors = queries.open_doors(self.kwargs["owner"])
        if not self.is_open(doors):
            raise Http404("This door is closed.")
        return doors

    def is_open(self, doors: Doors) -> bool:
        raise NotImplementedError

    def get_form(self, *sent: Any) -> Any:
        return self.form_class(*sent, initial={"about": self.request.GET.get("about", "")})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(doors=self.doors, organisation=self.doors.organisation, **kwargs)

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **response_kwargs)
        patch_cache_control(answer, private=True, no_store=True)
        # Where a child came from and what they read is nobody's to know.
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer


@method_decorator(sensitive_post_parameters("words"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class AskQuestionView(DoorView):
    template_name = "careers/ask_question.html"
    form_class = AskForm
    group = "question"

    def is_open(self, doors: Doors) -> bool:
        return doors.takes_questions

    def perform(self, form: AskForm) -> None:
        said = form.cleaned_data
        with within(self.doors.organisation):
            questions.ask_question(doors=self.doors, words=said["words"], about=said["about"])


@method_decorator(sensitive_post_parameters("email"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class BeginInterestView(DoorView):
    template_name = "careers/begin_interest.html"
    form_class = BeginInterestForm
    group = "school"

    def is_open(self, doors: Doors) -> bool:
        return doors.takes_interest

    def perform(self, form: BeginInterestForm) -> None:
        """The same answer however often one sends to the same school; nobody there is drowned in mails."""
        said = form.cleaned_data
        work.refuse_anybodys(said["email"])
        if asks_too_often(self.request, "school-address", said["email"].lower(), PER_ADDRESS):
            return
        with within(self.doors.organisation):
            work.begin_interest(doors=self.doors, email=said["email"], fields=said["fields_of_work"])
