"""One part of an application: read, written, saved by a press or by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from desaga.evidence.checking import FileRefused, check_file
from desaga.evidence.views import SEALED
from desaga.organisations.refusals import Refused

from ..answering import is_asked, look, parts
from ..defining import Question, QuestionKind, Section
from ..forms.applying import PartForm, Suggested
from ..operations import applications, equality
from ..operations.files import keep_file, remove_file
from ..queries.applications import own_file_or_404, typed
from ..queries.hosts import employers_known, find_places, place_or_404
from ..shaping import mark_of, sent_answer, with_cost, without_cost
from ..wording import words_of
from .applicants import OwnApplicationMixin

CONFLICT = 409
#: Buttons whose value is a question and a number.
NUMBERED = ("remove_cost", "choose_host")


class PartMixin(OwnApplicationMixin):
    """One part of it that may be changed now."""

    @cached_property
    def part(self) -> Section:
        wanted = (one for one in parts(self.application.definition) if one.key == self.kwargs["part"])
        if (part := next(wanted, None)) is None:
            raise Http404("There is no such part.")
        return part

    def changed(self) -> dict[str, Any]:
        """What was sent and is not what the page had been given."""
        sent = self.request.POST
        told = {one.key: (one, sent_answer(one, sent)) for one in self.part.questions if one.kind != QuestionKind.FILE}
        return {key: raw for key, (one, raw) in told.items() if mark_of(one, raw) != sent.get(f"mark_{key}")}

    def keep(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Keep it; what another page changed meanwhile comes back."""
        sent = self.request.POST
        return applications.save_answers(
            actor=self.request.user,
            application=self.application,
            answers=answers,
            at=moment(sent.get("at", "")),
            page=number(sent.get("page", "")),
            marks={key: sent.get(f"mark_{key}", "") for key in answers},
        )

    def question(self, key: str) -> Question:
        return next(one for one in self.part.questions if one.key == key)


def moment(words: str) -> datetime | None:
    """When a page says that it sent something; None where it does not say."""
    try:
        at = parse_datetime(words)
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) else None


def number(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


class WritePartView(PartMixin, TemplateView):
    template_name = "placements/apply_part.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.application.is_open(self.part.key):
            messages.error(request, str(applications.IsLocked()))
            return redirect(self.address("show_application"))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = self.changed()
        try:
            elsewhere = self.keep(answers)
            troubles = self.keep_files()
            self.press()
        except Refused as refusal:
            return self.again(answers, {}, {}, str(refusal))
        if self.here_again():
            return redirect(f"{request.path}{self.here_again()}")
        if elsewhere or troubles:
            return self.again(answers, elsewhere, troubles)
        return self.go_on()

    def keep_files(self) -> dict[str, str]:
        """The files that were chosen; what is wrong with those that are not taken."""
        troubles = {}
        for question in self.part.questions:
            upload = self.request.FILES.get(question.key) if question.kind == QuestionKind.FILE else None
            if upload is None:
                continue
            try:
                keep_file(
                    actor=self.request.user, application=self.application, key=question.key, file=check_file(upload)
                )
            except FileRefused as refusal:
                troubles[question.key] = str(refusal)
        return troubles

    def press(self) -> None:
        """What a button beside a question does: a line of costs more or less, a file removed."""
        sent, told = self.request.POST, {one.key: one for one in self.part.questions}
        if (key := sent.get("remove_file", "")) in told:
            remove_file(actor=self.request.user, application=self.application, key=key)
        if (key := sent.get("add_cost", "")) in told:
            self.rewrite(key, with_cost(sent_answer(told[key], sent)))
        key, _, place = sent.get("remove_cost", "").rpartition("-")
        if key in told and place.isascii() and place.isdecimal():
            self.rewrite(key, without_cost(sent_answer(told[key], sent), int(place)))
        key, _, number = sent.get("choose_host", "").rpartition("-")
        if key in told and number.isascii() and number.isdecimal():
            chosen = place_or_404(int(number)).standing
            named = {"organisation": chosen.name, "country": chosen.country}
            self.rewrite(key, {**sent_answer(told[key], sent), **named})

    def rewrite(self, key: str, raw: Any) -> None:
        applications.save_answers(actor=self.request.user, application=self.application, answers={key: raw})

    def here_again(self) -> str:
        """Where on this page one goes on, after a press of such a button."""
        for name in ("add_cost", "remove_cost", "remove_file", "choose_host"):
            if key := self.request.POST.get(name, ""):
                return f"#id_{key.rpartition('-')[0] if name in NUMBERED else key}"
        if key := self.request.POST.get("find_host", ""):
            return f"?{urlencode({'find': key})}#found_{key}"
        return ""

    def go_on(self) -> HttpResponse:
        """To the task list; or here again, with what is wrong, where the part is said to be complete and is not."""
        done = self.request.POST.get("done") == "yes"
        applications.say_done(actor=self.request.user, application=self.application, part=self.part.key, done=done)
        answers = typed(self.application)
        looked = look(self.application.definition, answers)
        mine = {one.key for one in self.part.questions if is_asked(one, looked.values)}
        troubles = {key: words for key, words in looked.troubles.items() if key in mine}
        if done and troubles:
            return self.again({}, {}, troubles)
        return redirect(self.address("show_application"))

    def again(
        self, sent: Mapping[str, Any], elsewhere: Mapping[str, Any], troubles: Mapping[str, str], refusal: str = ""
    ) -> HttpResponse:
        """The page with what was typed, saved or not, and what is wrong with it."""
        return self.render_to_response(
            self.get_context_data(sent=sent, elsewhere=elsewhere, troubles=troubles, refusal=refusal)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition, stands = self.application.definition, typed(self.application)
        looked = look(definition, stands)
        elsewhere = {
            key: words_of(self.question(key), raw, definition) for key, raw in (kwargs.get("elsewhere") or {}).items()
        }
        form = PartForm(
            part=self.part,
            definition=definition,
            typed=stands | dict(kwargs.get("sent") or {}),
            troubles=kwargs.get("troubles"),
            left_out=self.not_asked(looked.values),
        )
        return super().get_context_data(
            **kwargs
            | {
                "part": self.part,
                "form": form,
                "asked": form.asked(stands, elsewhere),
                "page_number": uuid4(),
                "lists": Suggested(),
                "employers": self.employers(),
                "found": self.found(stands),
                "is_done": self.part.key in self.application.done_sections,
                "place": self.place(),
            }
        )

    def not_asked(self, values: Mapping[str, Any]) -> list[str]:
        """Questions whose condition stands in another part and is not met."""
        here = {one.key for one in self.part.questions}
        return [
            one.key
            for one in self.part.questions
            if one.only_if and one.only_if.question not in here and not is_asked(one, values)
        ]

    def employers(self) -> list[str]:
        """What is suggested where an organisation is typed."""
        if not any(one.kind == QuestionKind.ORGANISATION for one in self.part.questions):
            return []
        rule = self.application.definition.employers
        return employers_known(rule.first_names() if rule else ())

    def found(self, stands: Mapping[str, Any]) -> dict[str, Any]:
        """What the directory has for a host that was typed, where somebody looks it up without script."""
        key = self.request.GET.get("find", "")
        hosts = [one.key for one in self.part.questions if one.kind == QuestionKind.HOST]
        return {"key": key, **found_for((stands.get(key) or {}).get("organisation", ""))} if key in hosts else {}

    def place(self) -> str:
        told = parts(self.application.definition)
        return f"Part {[one.key for one in told].index(self.part.key) + 1} of {len(told)}"


def found_for(words: str) -> dict[str, Any]:
    return {"words": words, "places": find_places(words)}


class FindHostsView(PartMixin, TemplateView):
    """What the directory has for what somebody types, as the page asks for it by itself."""

    template_name = "placements/parts/hosts_found.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.kwargs["key"]
        if not any(one.key == key and one.kind == QuestionKind.HOST for one in self.part.questions):
            raise Http404("There is no such question.")
        words = self.request.GET.get(f"{key}_organisation", "")
        return super().get_context_data(found={"key": key, **found_for(words)}, **kwargs)


class SavePartView(PartMixin, View):
    """What the page sends by itself while somebody types: the answers that were changed, and nothing else."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        wanted = set(request.POST.getlist("changed"))
        told = {one.key: one for one in self.part.questions if one.kind != QuestionKind.FILE and one.key in wanted}
        answers = {key: sent_answer(one, request.POST) for key, one in told.items()}
        try:
            elsewhere = self.keep(answers)
        except Refused as refusal:
            return JsonResponse({"refused": str(refusal)}, status=CONFLICT)
        definition = self.application.definition
        return JsonResponse(
            {
                "saved": f"{timezone.localtime():%H:%M}",
                "marks": {key: mark_of(told[key], elsewhere.get(key, raw)) for key, raw in answers.items()},
                "elsewhere": {key: list(words_of(told[key], raw, definition)) for key, raw in elsewhere.items()},
            }
        )


class FetchFileView(OwnApplicationMixin, View):
    """A file of one's own, as an attachment and nothing else."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file, content = own_file_or_404(self.application, self.kwargs["pk"])
        headers = SEALED | {"Content-Disposition": content_disposition_header(True, file.name) or "attachment"}
        return HttpResponse(content, content_type="application/octet-stream", headers=headers)


class EqualityView(OwnApplicationMixin, TemplateView):
    """Questions about oneself, apart from the application: nobody who decides sees the answers, nor whether there are any."""

    template_name = "placements/apply_equality.html"

    @cached_property
    def part(self) -> Section:
        if not equality.are_asked(self.application):
            raise Http404("This scheme does not ask.")
        return Section(
            key="equality", title="About you, for equality figures", questions=self.application.definition.equality
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Refused as refusal:
            # What was sealed with a key that this server has no more.
            messages.error(request, str(refusal))
            return redirect(self.address("show_application"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = {one.key: sent_answer(one, request.POST) for one in self.part.questions}
        equality.keep_equality_answers(actor=request.user, application=self.application, answers=answers)
        messages.success(request, "It is kept, apart from your application.")
        return redirect(self.address("show_application"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part = self.part
        told = equality.equality_answers(self.application)
        form = PartForm(part=part, definition=self.application.definition, typed=told)
        return super().get_context_data(form=form, part=part, **kwargs)
