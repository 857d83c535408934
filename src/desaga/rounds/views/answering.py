"""The page on which somebody says how their actions go: behind the link of a mail, or signed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.evidence.forms import CHOOSE_AGAIN
from desaga.organisations.doors import WorkspaceMixin
from desaga.organisations.refusals import Refused
from desaga.plans.operations.updates import NothingNewWithAFile
from desaga.plans.queries.evidence import standing_titles
from desaga.plans.queries.updates import last_updates
from desaga.plans.updating import Account
from desaga.tenancy.context import enter

from .. import queries
from ..forms import LineForm
from ..models import RequestedAction, RequestKey, UpdateRequest
from ..operations import answers
from ..operations.evidence import NotGivenHere, TooMuchEvidence, refuse_too_much, sends_too_much, take_evidence_back
from ..states import RoundState

GONE = 410
TOGETHER_TOO_LARGE = "The files are too large to be sent together. Choose them again, and send one action at a time."
#: So few actions stand open on the page; of more, each opens by a press.
FEW = 3
EVERY = "every"
FILE = "evidence_file"

#: What of the last account stands beside the question, besides status, RAG and words.
SAID_BEFORE = {
    "reason": "Why it was red",
    "recovery": "How it was to get back on course",
    "next_step": "What was to come next",
    "evidence": "What showed it",
}


class Question:
    """An action on the page: what was said of it last, and the form for what is to be said."""

    def __init__(
        self, line: RequestedAction, last: Any, data: Mapping[str, Any] | None = None, files: Any = None,
        standing: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.line, self.last, self.data = line, last, data
        self.lost_file = ""
        self.prefix = f"a{line.pk}"
        self.trouble = ""
        self.was_touched = False
        before = last or line.action
        self.initial = {"status": before.status, "rag": before.rag}
        self.form = LineForm(data, files, prefix=self.prefix, initial=self.initial)
        self.form.standing = standing

    @property
    def submission(self) -> UUID:
        """What makes the same form sent twice one update."""
        try:
            return UUID(str((self.data or {}).get(f"{self.prefix}-submission")))
        except ValueError:
            return uuid4()

    @property
    def before(self) -> list[tuple[str, str]]:
        """What else was said last, each with a word for it."""
        said = [(label, getattr(self.last, name, "")) for name, label in SAID_BEFORE.items()]
        return [(label, words) for label, words in said if words]

    @property
    def is_touched(self) -> bool:
        return self.was_touched or self.form.is_bound and self.form.has_changed()

    @property
    def has_trouble(self) -> bool:
        return bool(self.trouble) or self.form.is_bound and bool(self.form.errors)

    def keep(self) -> None:
        """Show what was typed, unsaved, and say nothing about it."""
        self.was_touched = self.is_touched
        typed = {name: self.form[name].value() for name in self.form.fields}
        if upload := self.form.files.get(self.form.add_prefix(FILE)):
            self.lost_file = CHOOSE_AGAIN.format(name=upload.name)
        self.form = LineForm(prefix=self.prefix, initial=typed)


class AnsweringView(TemplateView):
    """One page with all that is asked; each press saves what it says, and keeps what else was typed."""

    template_name = "rounds/answer_request.html"
    asked: UpdateRequest
    link: RequestKey | None = None

    def here(self) -> str:
        raise NotImplementedError

    def questions(self, data: Mapping[str, Any] | None = None) -> list[Question]:
        lines = queries.lines_to_answer(self.asked)
        last = last_updates([line.action_id for line in lines])
        standing, files = standing_titles({line.action_id for line in lines}), self.request.FILES if data else None
        return [
            Question(line, last.get((line.action_id, line.unit_id)), data, files, standing.get(line.action_id, ()))
            for line in lines
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        questions = self.questions(request.POST)
        name = request.POST.get("name", "").strip()
        if "take_back" in request.POST:
            trouble = self._take_back()
            return self._answer(questions, [], [], name, trouble, is_done=not trouble)
        pressed = self._pressed(questions)
        trouble = self._trouble(pressed, name)
        tried = [] if trouble else [one for one, _ in pressed]
        saved = [one for one, deed in pressed if not trouble and self._attempt(one, deed, name)]
        if saved:
            messages.success(request, self._said(saved))
        return self._answer(questions, saved, tried, name, trouble, is_done=bool(saved))

    def _answer(
        self, questions: list[Question], saved: list[Question], tried: list[Question], name: str, trouble: str, is_done: bool
    ) -> HttpResponse:  # fmt: skip
        """The page afresh where all is done; else what was typed, with what is wrong with it."""
        left = [one for one in questions if one not in saved]
        if is_done and not any(one.is_touched for one in left):
            return redirect(self.here())
        for one in left:
            if one not in tried:
                one.keep()
        fresh = {one.line.pk: one for one in self.questions()}
        shown = [fresh[one.line.pk] if one in saved else one for one in questions]
        return self.render_to_response(self.get_context_data(questions=shown, name=name, trouble=trouble))

    def _take_back(self) -> str:
        """Take back a piece that was given here; what is wrong with that, or nothing."""
        try:
            wanted = int(self.request.POST["take_back"])
            title = take_evidence_back(request=self.asked, evidence_id=wanted, actor=self._actor, link=self.link)
        except ValueError:
            return str(NotGivenHere())
        except Refused as refusal:
            return str(refusal)
        messages.success(self.request, f"Taken back: {title}.")
        return ""

    def _trouble(self, pressed: list[tuple[Question, str]], name: str) -> str:
        """Why nothing can be saved at all, or nothing."""
        if not pressed:
            return "Nothing was said yet. Say how an action goes, or press “Nothing new”."
        if getattr(self.request, "upload_was_cut", False) and len(self.request.FILES) > 1:
            return TOGETHER_TOO_LARGE
        if self.request.FILES and sends_too_much(
            self.asked, [file.size for _, some in self.request.FILES.lists() for file in some]
        ):
            return str(TooMuchEvidence())
        wants_name = self.asked.asks_name and any(deed != "pass" for _, deed in pressed)
        return str(answers.NameWanted()) if wants_name and not name else ""

    def _attempt(self, question: Question, deed: str, name: str) -> bool:
        """Whether what was pressed is done; if not, the question says why."""
        try:
            return self._do(question, deed, name)
        except Refused as refusal:
            question.trouble = str(refusal)
            question.keep()
            return False

    def _pressed(self, questions: list[Question]) -> list[tuple[Question, str]]:
        """What the pressed button asks to be done with which actions."""
        for deed in ("nothing", "pass", "send"):
            wanted = self.request.POST.get(deed)
            if wanted == EVERY and deed == "nothing":
                return [(one, deed) for one in questions if one.line.is_waiting and not one.is_touched]
            if wanted == EVERY:
                return [(one, deed) for one in questions if one.is_touched]
            if wanted is not None:
                return [(one, deed) for one in questions if str(one.line.pk) == wanted]
        return [(one, "send") for one in questions if one.is_touched]

    def _do(self, question: Question, deed: str, name: str) -> bool:
        actor, form = self._actor, question.form
        if deed == "pass" or deed == "send" and self._is_only_elsewhere(form):
            answers.pass_on(
                line=question.line, words=form["elsewhere"].value() or "", name=name, actor=actor, link=self.link
            )
            return True
        if deed == "nothing" and form.has_file:
            raise NothingNewWithAFile
        if form.has_file:
            refuse_too_much(self.asked)
        if deed == "send" and not form.is_valid():
            return False
        account = Account() if deed == "nothing" else form.account
        answers.answer_action(
            line=question.line, account=account, name=name, actor=actor,
            nothing_new=deed == "nothing", submission=question.submission,
            pieces=form.pieces if deed == "send" else (), link=self.link,
        )  # fmt: skip
        return True

    @property
    def _actor(self) -> Any:
        return self.request.user if self.request.user.is_authenticated else None

    @staticmethod
    def _is_only_elsewhere(form: LineForm) -> bool:
        return form.changed_data == ["elsewhere"]

    @staticmethod
    def _said(saved: list[Question]) -> str:
        names = ", ".join(one.line.action.code or f"“{one.line.action.short_title}”" for one in saved[:5])
        return f"Thank you. Saved: {names}{' and others' if len(saved) > 5 else ''}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("questions", self.questions())
        waiting = [one for one in kwargs["questions"] if one.line.is_waiting]
        return super().get_context_data(
            asked=self.asked,
            round=self.asked.round,
            organisation=self.asked.round.organisation,
            waiting=waiting,
            answered=[one for one in kwargs["questions"] if not one.line.is_waiting],
            stands_open=len(waiting) <= FEW,
            given=queries.evidence_given(self.asked),
            **kwargs,
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class AnswerRequestView(AnsweringView):
    """The page behind the link. Opening it writes nothing: programs that look at mail open links too.

    The key is a query word, and a hidden field of the form: paths are what logs hold.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        self.link = queries.key_opened(organisation, self.key) if organisation else None
        if organisation is None or self.link is None:
            return self.render_to_response({"gone": "unknown"}, status=404)
        self.asked = asked = self.link.request
        asked.round.organisation = organisation
        enter(organisation, user=request.user if request.user.is_authenticated else None)
        gone = "revoked" if asked.revoked_at else "closed" if asked.round.state != RoundState.OPEN else ""
        if gone:
            return self.render_to_response({"gone": gone, "asked": asked, "organisation": organisation}, status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'key': self.key})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(key=self.key, **kwargs)


class AnswerOwnView(WorkspaceMixin, AnsweringView):
    """The same page for whoever is signed in and asked."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise Http404
        theirs = queries.requests_asking(request.user.person_id, request.user.email)
        self.asked = queries.found(theirs, pk=kwargs["pk"])
        self.asked.round.organisation = self.organisation
        return super().dispatch(request, *args, **kwargs)

    def here(self) -> str:
        return self.request.path
