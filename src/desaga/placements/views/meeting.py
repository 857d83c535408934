"""A panel meets: agenda, item by item, the money line, and the minutes. Each sees what they hear."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import PAPERS, Block, Imprint
from desaga.organisations.doors import ConfirmView, PressView, WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from ..agenda import money_said, rows_of, step_of
from ..minutes import agenda_paper, minutes_paper
from ..models import AgendaItem, Round
from ..operations import meeting
from ..operations.releasing import may_look_at_letters
from ..queries import meeting as reads
from ..states import RoundState
from .schemes import SchemeMixin

#: So often a page of a meeting looks what others did meanwhile.
EVERY = "5s"


class MeetingMixin(SchemeMixin):
    """A page about one sitting, for those who may be there; 404 for all others."""

    permission = "placements.join_meetings"
    tab = "placements:list_members"

    @cached_property
    def round(self) -> Round:
        return reads.meeting_or_404(self.request.user, self.request.organisation, self.scheme, self.kwargs["round_pk"])

    @cached_property
    def runs(self) -> bool:
        return self.request.user.has_perm("placements.run_schemes", self.request.organisation)

    @cached_property
    def leads(self) -> bool:
        return reads.leads_meeting(self.request.user, self.request.organisation, self.round)

    @cached_property
    def items(self) -> list[AgendaItem]:
        """What whoever asks hears."""
        rows = reads.items_heard(self.request.user, self.request.organisation, self.round)
        return reads.with_versions_once(rows)

    @cached_property
    def hears_all(self) -> bool:
        return reads.hears_all(self.request.user, self.request.organisation, self.round)

    def as_paper(self, title: str, blocks: list[Block]) -> HttpResponse:
        """A paper in the format that the address names, for whoever asks alone."""
        today, format = timezone.localdate(), PAPERS[self.kwargs["format"]]
        content = format.write_paper(blocks, Imprint(title, self.request.organisation.name, today, font_files()))
        name = f"{slugify(title)[:80]}-{today.isoformat()}.{format.ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=format.media_type, headers=headers)

    def back(self) -> str:
        return self.address("placements:show_meeting", scheme_slug=self.scheme.slug, round_pk=self.round.pk)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sits = self.round.state == RoundState.SITTING
        told = {"round": self.round, "sits": sits, "leads": self.leads, "runs": self.runs}
        return super().get_context_data(**told, every=EVERY if sits else "", **kwargs)

    def said(self, **also: Any) -> dict[str, Any]:
        """The agenda and its money line."""
        rows = rows_of(self.items, as_staff=self.runs)
        by_mean = self.request.GET.get("line") == "mean"
        line = reads.money_line(self.round, self.items, by_mean=by_mean)
        return {
            "rows": rows,
            "line": line,
            "steps": step_of(line, rows),
            "by_mean": by_mean,
            "money": money_said(line, whole=self.hears_all),
            "undecided": sum(row.is_undecided and row.outcome is None for row in rows),
            "without_chair": sum(row.chair_is_out for row in rows),
            **also,
        }


class LiveMixin(MeetingMixin):
    """A page that looks by itself what others did. Once outcomes are told it leads a member back to what they read, and is gone."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.round  # noqa: B018 (asking for it is the check)
        except Http404:
            if not reads.has_told(request.user, self.scheme, self.kwargs["round_pk"]):
                raise
            messages.info(request, "The meeting is over: the panel has told its outcomes.")
            reading = self.address("placements:list_reading", scheme_slug=self.scheme.slug)  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": reading}) if request.htmx else redirect(reading)  # type: ignore[attr-defined]
        answer: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class ShowMeetingView(LiveMixin, WorkspaceView):
    template_name = "placements/show_meeting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.organisation
        is_out = reads.is_out_now(user, organisation, self.round)
        to_declare = 0 if self.runs else reads.left_to_declare(user, organisation, self.round)
        letters = reads.letters_about(self.items) if self.runs and self.round.released_at else []
        lost = [one for one in letters if one.lost_at]
        leads_only = self.leads and not self.runs and self.round.state == RoundState.SITTING
        told = sum(one.told_at is not None for one in self.items)
        also = {
            "is_out": is_out,
            "letters": len(letters),
            "lost": lost,
            "told": told,
            "to_declare": to_declare,
            "may_look": leads_only and may_look_at_letters(user, organisation, self.round),
            "hears_all": self.hears_all,
            "formats": PAPERS,
        }
        return super().get_context_data(**self.said(**also), **kwargs)


class LeadMeetingMixin(MeetingMixin):
    """Something that only those do who lead it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.has_perm(self.permission, request.organisation) and not self.leads:  # type: ignore[union-attr, attr-defined]
            raise PermissionDenied("The chair does that, or somebody who runs the scheme.")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class BeginMeetingView(LeadMeetingMixin, ConfirmView):
    template_name = "placements/begin_meeting.html"
    title = "Begin the meeting"
    sentence = "The agenda is made now: what was found eligible is heard, the highest mean first. What is not yet found eligible goes to the next panel, and its applicants read that."
    button = "Begin the meeting"
    said = "The panel sits. Nothing that you decide moves for applicants until you tell the outcomes."

    def thing(self) -> Round:
        return self.round

    def perform(self) -> Round:
        return meeting.begin_meeting(actor=self.request.user, round_=self.round)


class OrderByMeanView(LeadMeetingMixin, PressView):
    def perform(self) -> str:
        meeting.order_by_mean(actor=self.request.user, round_=self.round)
        return "The highest mean is heard first now."


class TakeAgendaOutView(MeetingMixin, WorkspaceMixin, View):
    """The agenda on paper, of what whoever asks hears."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kwargs["format"] not in PAPERS or self.round.state == RoundState.PLANNED:
            raise Http404
        blocks = agenda_paper(self.round, rows_of(self.items, as_staff=self.runs), whole=self.hears_all)
        return self.as_paper(f"Agenda, {self.round}", blocks)


class TakeMinutesOutView(MeetingMixin, WorkspaceMixin, View):
    """The minutes, of what whoever asks hears, or heard."""

    @cached_property
    def round(self) -> Round:
        return reads.minuted_or_404(self.request.user, self.request.organisation, self.scheme, self.kwargs["round_pk"])

    @cached_property
    def items(self) -> list[AgendaItem]:
        rows = reads.items_minuted(self.request.user, self.request.organisation, self.round)
        return reads.with_versions_once(rows)

    @cached_property
    def hears_all(self) -> bool:
        """Once outcomes are told nothing is left to decide: whole is what has every item."""
        if self.round.state != RoundState.RELEASED:
            return reads.hears_all(self.request.user, self.request.organisation, self.round)
        return len(self.items) == self.round.agenda.count()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kwargs["format"] not in PAPERS:
            raise Http404
        rows = rows_of(self.items, as_staff=self.runs)
        return self.as_paper(f"Minutes, {self.round}", minutes_paper(self.round, rows, whole=self.hears_all))
