"""One item of a panel's agenda: what everybody reads of it, who leaves, what the panel has in mind. Each sees what they hear."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView
from desaga.organisations.refusals import Refused

from ..agenda import money_said, rows_of
from ..forms import OUTCOME_FORMS, OutcomeForm
from ..models import AgendaItem, PendingOutcome
from ..operations import meeting, pending
from ..queries import meeting as reads
from ..queries.applications import applications_on_panel, typed
from ..queries.leaving import out_of
from ..queries.panel import assignments_of
from ..queries.reading import hidden_in, title_told
from ..queries.said import said_for_panel
from ..sitting import OutcomeKind
from ..staff_words import readings_told
from ..telling import Hidden, tell
from .meeting import LeadMeetingMixin, LiveMixin, MeetingMixin


class ItemMixin(MeetingMixin):
    """One item, for those who hear it; for all others it is not there."""

    @cached_property
    def item(self) -> AgendaItem:
        item = reads.item_or_404(self.request.user, self.request.organisation, self.round, self.kwargs["reference"])
        item.application.scheme = self.scheme
        return item

    @cached_property
    def sets(self) -> bool:
        """Whether whoever looks decides on it."""
        return reads.sets_outcome(self.request.user, self.request.organisation, self.item)

    def item_url(self) -> str:
        told = {
            "scheme_slug": self.scheme.slug,
            "round_pk": self.round.pk,
            "reference": self.item.application.reference,
        }
        return self.address("placements:show_item", **told)  # type: ignore[attr-defined]


class DecidesMixin(ItemMixin):
    """Something that only those do who decide on the item."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.has_perm(self.permission, request.organisation) and not self.sets:  # type: ignore[union-attr, attr-defined]
            raise PermissionDenied("The chair does that, or whoever runs the meeting where the chair must not.")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ShowItemView(ItemMixin, LiveMixin, WorkspaceFormView):
    """What everybody reads of it, all scores with their reasons, who must leave, and what is in mind."""

    template_name = "placements/show_item.html"
    button = "Keep it as pending"
    said = "It is kept. The applicant learns nothing of it until outcomes are told."

    @cached_property
    def outcome(self) -> PendingOutcome | None:
        return reads.outcome_of(self.item)

    @cached_property
    def kind(self) -> str:
        asked = self.request.POST.get("kind") or self.request.GET.get("outcome", "")
        if asked in OutcomeKind.values:
            return asked
        return self.outcome.kind if self.outcome else ""

    def get_form_class(self) -> type[OutcomeForm]:
        return OUTCOME_FORMS.get(self.kind, OutcomeForm)

    def get_form_kwargs(self) -> dict[str, Any]:
        told = {"item": self.item, "outcome": self.outcome, "others": self.others()}
        return {**super().get_form_kwargs(), **told}

    def others(self) -> list[tuple[int, str]]:
        """Those on the reserve list that whoever looks hears."""
        if self.kind != OutcomeKind.RESERVE:
            return []
        return [
            (one.pk, str(one.application.reference)) for one in reads.on_reserve(self.items) if one.pk != self.item.pk
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.sets:
            raise PermissionDenied("The chair decides, or whoever runs the meeting where the chair must not.")
        return super().post(request, *args, **kwargs)

    def perform(self, form: OutcomeForm) -> PendingOutcome:
        told = form.told
        before = told.pop("before", "")
        told["before"] = next((one for one in self.items if str(one.pk) == before), None)
        return pending.set_outcome(
            actor=self.request.user, item=self.item, kind=self.kind, seen=seen_in(self.request), **told
        )

    def get_success_url(self) -> str:
        return self.item_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item, application = self.item, self.item.application
        hidden = Hidden() if self.runs else hidden_in(application)
        rows = rows_of(self.items, as_staff=self.runs)
        place = next((number for number, one in enumerate(self.items) if one.pk == item.pk), 0)
        return super().get_context_data(
            item=item,
            application=application,
            told=title_told(application, hidden),
            parts=tell(application.definition, typed(application), None if self.runs else hidden),
            files_at="placements:fetch_application_file" if self.runs else "placements:read_file",
            said=said_for_panel(application, Hidden() if self.runs else hidden),
            readings=readings_told(assignments_of(application), application.definition),
            leaving=reads.who_leaves(item),
            is_out=reads.is_out_now(self.request.user, self.organisation, self.round),
            outcome=self.outcome,
            seen=self.outcome.set_at.isoformat() if self.outcome else "",
            sets=self.sets,
            may_step_back=applications_on_panel(self.request.user, self.organisation).filter(pk=application.pk).exists(),
            kind=self.kind,
            kinds=OutcomeKind.choices,
            reasons=[one for one in application.definition.decline_reasons if self.outcome and one.key in self.outcome.reasons],
            changes=reads.changes_of(item)[:20],
            is_undecided=reads.is_undecided(item),
            row=rows[place],
            notes_seen=meeting.seen_of(item.notes),
            after=self.items[place + 1] if place + 1 < len(self.items) else None,
            money=money_said(reads.money_line(self.round, self.items), whole=self.hears_all),
            **{"notes": item.notes, "notes_trouble": "", **kwargs},
        )  # fmt: skip


def seen_in(request: HttpRequest) -> datetime | None:
    """When the outcome that stood on the page was set."""
    return parse_datetime(request.POST.get("seen", "")) if request.POST.get("seen") else None


class TakeOutcomeBackView(DecidesMixin, PressView):
    def perform(self) -> str:
        pending.take_back_outcome(actor=self.request.user, item=self.item, seen=seen_in(self.request))
        return "Nothing is in mind for it any more."

    def back(self) -> str:
        return self.item_url()


class MoveItemView(LeadMeetingMixin, ItemMixin, PressView):
    """Up or down among the items that whoever presses hears."""

    def perform(self) -> str:
        place = next(number for number, one in enumerate(self.items) if one.pk == self.item.pk)
        place += -1 if self.request.POST.get("to") == "up" else 1
        if 0 <= place < len(self.items):
            meeting.move_item(actor=self.request.user, item=self.item, beside=self.items[place])
        return ""


class OpenItemView(DecidesMixin, PressView):
    def perform(self) -> str:
        held = meeting.open_item(actor=self.request.user, item=self.item)
        out = [one.name for one in out_of([held]).get(held.application_id, [])]
        return f"Out now: {', '.join(out)}." if out else "Nobody need leave for it."

    def back(self) -> str:
        return self.item_url()


class CloseItemView(DecidesMixin, PressView):
    def perform(self) -> str:
        meeting.close_item(actor=self.request.user, item=self.item)
        return "It has been heard. Those who were out come back."

    def back(self) -> str:
        return self.item_url()


class KeepNotesView(DecidesMixin, ShowItemView):
    """Notes for the minutes. Where others wrote meanwhile, both stand on the page, and nothing that was typed is lost."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        notes = request.POST.get("notes", "")[:5000].replace("\r\n", "\n")
        try:
            meeting.keep_notes(actor=request.user, item=self.item, notes=notes, seen=request.POST.get("notes_seen"))
        except meeting.NotesMeanwhile as refusal:
            form = self.get_form_class()(item=self.item, outcome=self.outcome, others=self.others())
            context = self.get_context_data(form=form, notes=notes, notes_trouble=str(refusal))
            return self.render_to_response(context, status=409)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.item_url())
        messages.success(request, "The notes are kept for the minutes.")
        return redirect(self.item_url())
