"""In the meeting: one point of the agenda at a time, what is decided of it and left to do, then the minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..comparing import Item
from ..forms import DecisionForm, MinutesForm, TaskForm
from ..operations import meeting, reviews
from ..presenting import history_in, next_meeting
from ..states import About, ReviewState
from .reviews import PAPERS_OFFERED, PressView, ReviewMixin

FORMS = {"decide": DecisionForm, "task": TaskForm}


class MeetingView(ReviewMixin, WorkspaceView):
    """The agenda, with one point of it open: `?at=` an action, or nothing for what concerns the plan as a whole."""

    permission = "reviews.run_review"
    template_name = "reviews/meeting.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.pack is None:
            messages.error(request, str(reviews.NothingFrozen()))
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    @property
    def at(self) -> int | None:
        asked = self.request.GET.get("at", "")
        return int(asked) if asked.isdecimal() else None

    @property
    def points(self) -> list[Item]:
        if self.pack is None:
            raise Http404
        return list(self.pack.agenda)

    @cached_property
    def action(self) -> Any:
        """The action of the point that is open: any of the plan's, on the agenda or not."""
        return queries.action_or_404(self.review, self.at) if self.at else None

    def address_at(self, pk: int | None) -> str:
        return self.address("reviews:meeting", pk=self.review.pk) + (f"?at={pk}" if pk else "")

    def after(self) -> int | None:
        """The point that follows the one that is open; None after the last."""
        ids = [one.id for one in self.points]
        if self.at is None:
            return ids[0] if ids else None
        follows = ids[ids.index(self.at) + 1 :] if self.at in ids else []
        return follows[0] if follows else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        press = request.POST.get("do", "")
        try:
            if press in FORMS:
                return self._write(press)
            meeting.mark_discussed(actor=request.user, review=self.review, action=self.action)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address_at(self.at))
        return redirect(self.address_at(self.after()))

    def _write(self, press: str) -> HttpResponse:
        form = FORMS[press](self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{press: form, "has_errors": True}), status=422)
        call = meeting.decide if press == "decide" else meeting.give_task
        call(actor=self.request.user, review=self.review, action=self.action, **form.cleaned_data)
        messages.success(self.request, "Written down.")
        return redirect(self.address_at(self.at))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = {name: kwargs.pop(name, None) or form() for name, form in FORMS.items()}
        points, discussed = self.points, queries.discussed_in(self.review)
        return super().get_context_data(
            points=[(one, one.id in discussed) for one in points],
            done=sum(1 for one in points if one.id in discussed),
            at=self.at,
            action=self.action,
            point=history_in(self.pack, self.at) if self.pack and self.at else None,
            said=self.pack.comments.get(self.at, ()) if self.pack else (),
            decisions=[one for one in queries.decisions_of(self.review) if one.action_id == self.at],
            tasks=[one for one in queries.tasks_of(self.review) if one.action_id == self.at],
            next_url=self.address_at(self.after()) if self.after() else "",
            is_open=self.review.state == ReviewState.READY,
            **forms,
            **kwargs,
        )


class StrikeView(PressView):
    """Takes a decision or a task out of open minutes."""

    def perform(self) -> str:
        self.entry = queries.entry_or_404(self.review, self.kwargs["kind"], self.kwargs["entry_pk"])
        meeting.strike(actor=self.request.user, entry=self.entry)
        return "Struck out."

    def back(self) -> str:
        entry = getattr(self, "entry", None)
        at = f"?at={entry.action_id}" if entry is not None and entry.action_id else ""
        return self.address("reviews:meeting", pk=self.review.pk) + at


class HoldView(ReviewMixin, WorkspaceFormView):
    """Ends the meeting."""

    permission = "reviews.run_review"
    template_name = "reviews/hold_form.html"
    form_class = MinutesForm
    title = "End the meeting"
    button = "End the meeting"
    said = "The review was held. The minutes are ready."

    def get_initial(self) -> dict[str, Any]:
        names = [person.name for person in queries.members_of(self.review.group)]
        return {
            "present": self.review.present or "\n".join(names),
            "apologies": self.review.apologies,
            "next_on": self.review.next_on or next_meeting(self.review),
        }

    def perform(self, form: MinutesForm) -> None:
        reviews.hold(actor=self.request.user, review=self.review, **form.cleaned_data)

    def back(self) -> str:
        return self.address("reviews:meeting", pk=self.review.pk)

    def get_success_url(self) -> str:
        return self.address("reviews:show_minutes", pk=self.review.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        open_points = self.pack.agenda if self.pack else ()
        discussed = queries.discussed_in(self.review)
        left = [one for one in open_points if one.id not in discussed]
        return super().get_context_data(left=left, **kwargs)


class ShowMinutesView(ReviewMixin, WorkspaceView):
    template_name = "reviews/show_minutes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            pack=self.pack,
            decisions=queries.decisions_of(self.review),
            tasks=queries.tasks_of(self.review),
            told_on=queries.told_on(self.review, About.MINUTES),
            formats=PAPERS_OFFERED,
            **kwargs,
        )


class ReopenView(PressView):
    def perform(self) -> str:
        reviews.reopen(actor=self.request.user, review=self.review)
        return "The minutes are open again. What was frozen stays as it is."


class SendMinutesView(PressView):
    def perform(self) -> str:
        number = reviews.send_minutes(actor=self.request.user, review=self.review)
        return f"The minutes are on their way to {number} {'person' if number == 1 else 'people'}."

    def back(self) -> str:
        return self.address("reviews:show_minutes", pk=self.review.pk)
