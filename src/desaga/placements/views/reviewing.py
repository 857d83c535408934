"""What a member of the panel opens: what to declare, what to read, and their scores."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from ..conflicting import NONE
from ..forms import BecauseForm, DeclareForm
from ..letter_files import as_answer, as_attachment
from ..models import Application, Assignment
from ..operations import conflicts, scoring
from ..queries import panel as reads
from ..queries import reading
from ..queries.applications import applications_to_declare, typed
from ..queries.meeting import meetings_of, minutes_of
from ..queries.said import file_for_panel_or_404, letter_for_panel_or_404, redacted_or_404, said_for_panel
from ..queries.schemes import definition_of_version
from ..scoring import read_sheet
from ..staff_words import ReadingTold, readings_told, scores_told, state_of_reading
from ..telling import tell
from .schemes import SchemeMixin


class ReadingMixin(SchemeMixin):
    """A page for members of panels."""

    permission = "placements.sit_on_panels"
    tab = "placements:list_reading"

    def list_url(self) -> str:
        return self.address("placements:list_reading", scheme_slug=self.scheme.slug)  # type: ignore[attr-defined]


class ListReadingView(ReadingMixin, WorkspaceView):
    template_name = "placements/list_reading.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.organisation
        found = reading.with_titles(reading.readings_of(user, organisation).filter(application__scheme=self.scheme))
        readings = [(one, *state_of_reading(one)) for one in found]
        to_declare = reading.told_before_declaring(
            applications_to_declare(user, organisation).filter(scheme=self.scheme)
        )
        return super().get_context_data(
            led=list(reads.rounds_led_by(user, self.scheme)),
            meetings=list(meetings_of(user, self.scheme)),
            minuted=list(minutes_of(user, self.scheme)),
            to_declare=to_declare,
            to_score=[one for one in readings if not one[0].is_done],
            done=[one for one in readings if one[0].is_done],
            today=timezone.localdate(),
            **kwargs,
        )


class DeclareView(ReadingMixin, WorkspaceFormView):
    """All that is shown is the title, the applicant’s employer and the host."""

    template_name = "placements/declare.html"
    form_class = DeclareForm
    title = "Before you read"
    button = "Go on"

    @cached_property
    def told(self) -> dict[str, Any]:
        rows = applications_to_declare(self.request.user, self.organisation).filter(
            scheme__slug=self.kwargs["scheme_slug"], reference=self.kwargs["reference"]
        )
        found = reading.told_before_declaring(rows)
        if not found:
            raise Http404
        return found[0]

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = definition_of_version(self.told["version_id"]).conflict_kinds
        return {**super().get_form_kwargs(), "kinds": kinds}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(told=self.told, **kwargs)

    def perform(self, form: DeclareForm) -> None:
        application = reading.application_declared_on(self.told["pk"])
        self.is_clear = form.cleaned_data["kind"] == NONE
        conflicts.declare(actor=self.request.user, application=application, **form.cleaned_data)
        if not self.is_clear:
            messages.success(self.request, "Thank you. You see no more of it, and it is not counted as yours to read.")

    def back(self) -> str:
        return self.list_url()

    def get_success_url(self) -> str:
        if not self.is_clear:
            return self.list_url()
        return self.address(
            "placements:read_application", scheme_slug=self.scheme.slug, reference=self.kwargs["reference"]
        )


class OneReadingMixin(ReadingMixin):
    """A page about one application that somebody reads; 404 alike where it is not there, hidden, or still to be declared on."""

    @cached_property
    def application(self) -> Application:
        user, organisation = self.request.user, self.request.organisation
        return reading.on_panel_or_404(user, organisation, self.kwargs["scheme_slug"], self.kwargs["reference"])

    @cached_property
    def assignment(self) -> Assignment | None:
        """None for whoever leads the round and does not score."""
        return reading.assignment_of(self.request.user, self.application)

    @property
    def reading(self) -> Assignment:
        if self.assignment is None:
            raise Http404
        return self.assignment

    def back(self) -> str:
        return self.address(  # type: ignore[attr-defined]
            "placements:read_application", scheme_slug=self.scheme.slug, reference=self.application.reference
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hidden = reading.hidden_in(self.application)
        told = reading.title_told(self.application, hidden)
        return super().get_context_data(application=self.application, told=told, hidden=hidden, **kwargs)


class ReadApplicationView(OneReadingMixin, WorkspaceView):
    """The copy for the panel beside the sheet of scores."""

    template_name = "placements/read_application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hidden, application = reading.hidden_in(self.application), self.application
        return super().get_context_data(
            parts=tell(application.definition, typed(application), hidden),
            said=said_for_panel(application, hidden),
            assignment=self.assignment,
            sheet=self.sheet() if self.assignment else None,
            sheets=self.sheets(),
            readings=self.readings(),
            **{"trouble": None, **kwargs},
        )

    def sheet(self) -> list[dict[str, Any]]:
        """The criteria, each with what is typed or was sent."""
        typed_so_far = self.typed or self.reading.draft or self.sent()
        troubles = read_sheet(self.application.definition.criteria, typed_so_far).troubles if self.typed else {}
        return [
            {"criterion": one, "typed": typed_so_far.get(one.key, {}), "trouble": troubles.get(one.key, "")}
            for one in self.application.definition.criteria
        ]

    def readings(self) -> list[ReadingTold]:
        """What the others gave, for whoever leads the round; who scores as well reads it when they have sent theirs."""
        waits = self.assignment is not None and not self.assignment.is_done
        if waits or not reads.leads(self.request.user, self.organisation, self.application):
            return []
        return readings_told(reads.assignments_of(self.application), self.application.definition)

    typed: dict[str, dict[str, str]] | None = None

    def sent(self) -> dict[str, dict[str, str]]:
        values, reasons = scoring.last_sheet(self.reading)
        return {key: {"value": str(value), "reason": reasons[key]} for key, value in values.items()}

    def sheets(self) -> list[tuple[int, Any, list[tuple[str, str, str]]]]:
        if self.assignment is None:
            return []
        definition = self.application.definition
        return [
            (number, rows[0].at, scores_told(rows, definition)) for number, rows in reading.sheets_of(self.assignment)
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.typed = {
            one.key: {name: request.POST.get(f"{one.key}-{name}", "") for name in ("value", "reason")}
            for one in self.application.definition.criteria
        }
        told = {"actor": request.user, "assignment": self.reading, "typed": self.typed}
        try:
            if "send" in request.POST:
                scoring.send_scores(**told)
                messages.success(request, "Your scores are sent. You can change them until the panel has decided.")
                return redirect(self.list_url())
            scoring.save_draft(**told)
        except scoring.SheetNotComplete as refusal:
            scoring.save_draft(**told)
            context = self.get_context_data(trouble=refusal.sheet.troubles)
            return self.render_to_response(context, status=422)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.list_url())
        messages.success(request, "Kept. Nobody sees it until you send it.")
        return redirect(self.back())


class ReadFileView(OneReadingMixin, WorkspaceMixin, View):
    """A file of an application as the panel reads it: as an attachment and nothing else, once the virus scanner is past it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application, hidden = self.application, reading.hidden_in(self.application)
        if hidden.names:
            return as_answer(redacted_or_404(application, hidden, self.kwargs["pk"]))
        parts = tell(application.definition, typed(application), hidden)
        return as_attachment(*file_for_panel_or_404(application, parts, self.kwargs["pk"]))


class ReadLetterView(OneReadingMixin, WorkspaceMixin, View):
    """A letter that somebody who was asked handed in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        hidden = reading.hidden_in(self.application)
        return as_answer(letter_for_panel_or_404(self.application, hidden, self.kwargs["pk"]))


class AbstainView(OneReadingMixin, WorkspaceFormView):
    """Read it, and give no score."""

    template_name = "placements/reading_form.html"
    form_class = BecauseForm
    title = "Give no score"
    button = "Abstain"
    said = "You gave no score; the mean is that of the others. You can still score it."

    def get_form_kwargs(self) -> dict[str, Any]:
        hint = "The chair reads this. If something stands in the way, step back instead: then you see no more of it."
        return {**super().get_form_kwargs(), "label": "Why you give no score", "hint": hint}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(reading=self.reading, **kwargs)

    def perform(self, form: BecauseForm) -> None:
        scoring.abstain(actor=self.request.user, assignment=self.reading, because=form.cleaned_data["because"])
