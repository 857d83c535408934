"""The member's page, behind the link of their mail. Its address and title say nothing of a union."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.keys import hash_of
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from .. import queries, reach
from ..content import Content
from ..forms import AgreeForm, ChooseForm, OwnWriteForm, ShareForm
from ..models import Support
from ..operations import answering
from ..sealing import open_content
from ..states import SupportState

MISSING, WRONG = 404, 422


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ByLink(TemplateView):
    """The key is a query word, and a hidden field of the forms: paths are what logs hold. Opening it writes nothing."""

    support: Support

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        support = None
        if self.key:
            reach.tell(hash_of(self.key))
            support = queries.support_behind(self.key)
        if support is None:
            return HttpResponse(render_to_string("union_learning/gone.html", request=request), status=MISSING)
        self.support = support
        enter(support.organisation)
        return super().dispatch(request, *args, **kwargs)

    @property
    def content(self) -> Content:
        return open_content(self.support)

    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'key': self.key})}"


class ShowOwnView(ByLink):
    """Asks; then shows what is kept, what is shared, and every way to change or end it. What is pressed is in `do`."""

    @property
    def is_asked(self) -> bool:
        return self.support.state == SupportState.ASKED

    def get_template_names(self) -> list[str]:
        return ["union_learning/ask_own.html" if self.is_asked else "union_learning/show_own.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content, who = self.content, queries.representative_of(self.support)
        others = list(queries.representatives().exclude(pk=self.support.representative_id))
        told = {
            "content": content,
            "support": self.support,
            "who": who,
            "union": self.support.organisation,
            "key": self.key,
        }
        if self.is_asked:
            return super().get_context_data(**told, form=kwargs.pop("form", AgreeForm()), **kwargs)
        share_form = ShareForm(initial={"goal": content.goal, "shares": list(content.shares)})
        return super().get_context_data(
            **told, share_form=kwargs.pop("share_form", share_form), write_form=kwargs.pop("write_form", OwnWriteForm()),
            choose_form=ChooseForm(representatives=others) if others else None, **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        deed = (ASKED_DEEDS if self.is_asked else DEEDS).get(request.POST.get("do", ""))
        if deed is None:
            return redirect(self.here())
        try:
            trouble = deed(self, request)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(refused=str(refusal)), status=WRONG)
        if trouble:
            return self.render_to_response(self.get_context_data(**trouble), status=WRONG)
        if deed in (decline, end):
            return HttpResponse(render_to_string("union_learning/gone.html", {"ended": True}, request=request))
        return redirect(self.here())


#: What a press does; answers what to show where something is wrong with what was written.
Deed = Callable[[ShowOwnView, HttpRequest], dict[str, Any] | None]


def agree(page: ShowOwnView, request: HttpRequest) -> dict[str, Any] | None:
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return {"form": form}
    answering.agree(support=page.support, shares=form.cleaned_data["shares"])
    return None


def decline(page: ShowOwnView, request: HttpRequest) -> None:
    answering.decline(support=page.support)


def share(page: ShowOwnView, request: HttpRequest) -> dict[str, Any] | None:
    form = ShareForm(request.POST)
    if not form.is_valid():
        return {"share_form": form}
    answering.share(support=page.support, **form.cleaned_data)
    return None


def write(page: ShowOwnView, request: HttpRequest) -> dict[str, Any] | None:
    form = OwnWriteForm(request.POST)
    if not form.is_valid():
        return {"write_form": form}
    answering.write_own(support=page.support, **form.cleaned_data)
    return None


def number_in(request: HttpRequest) -> int:
    words = request.POST.get("number", "")
    return int(words) if words.isascii() and words.isdigit() else 0


def mark(page: ShowOwnView, request: HttpRequest) -> None:
    answering.mark_step(support=page.support, number=number_in(request), is_done="is_done" in request.POST)


def remove_step(page: ShowOwnView, request: HttpRequest) -> None:
    answering.remove(support=page.support, what="step", number=number_in(request))


def remove_note(page: ShowOwnView, request: HttpRequest) -> None:
    answering.remove(support=page.support, what="note", number=number_in(request))


def choose(page: ShowOwnView, request: HttpRequest) -> None:
    words = request.POST.get("person", "")
    answering.choose_representative(
        support=page.support, person_id=int(words) if words.isascii() and words.isdigit() else 0
    )


def end(page: ShowOwnView, request: HttpRequest) -> None:
    answering.end(support=page.support)


ASKED_DEEDS: dict[str, Deed] = {"agree": agree, "decline": decline}
DEEDS: dict[str, Deed] = {
    "share": share, "write": write, "mark": mark, "remove_step": remove_step, "remove_note": remove_note, "choose": choose,
    "end": end,
}  # fmt: skip


class TakeOwnView(ByLink):
    """All of it as plain text, for the member to keep."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = render_to_string("union_learning/own.txt", {"content": self.content})
        answer = HttpResponse(words, content_type="text/plain; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="your-steps.txt"'
        return answer
