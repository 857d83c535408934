"""An action's measures: accepting, making, changing, reading, ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property

from desaga.indicators.lines import NoSuchLine, line_of
from desaga.indicators.queries import Option
from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView

from ..forms import MeasureForm, ReadingForm, SourceForm
from ..models import Measure
from ..operations import measures
from ..queries import measures as queries
from .actions import ActionMixin

FIELDS = ("what", "direction", "target", "is_share", "baseline", "due")


class AcceptMeasureView(ActionMixin, PressView):
    """One press: what the action's own words propose is counted from now on."""

    permission = "plans.edit_plan"

    def perform(self) -> str:
        told = self.request.POST
        try:
            line = line_of(told["source"]) if told.get("source") else None
        except NoSuchLine:
            raise measures.NoSuchSource from None
        words = told.get("words", "")
        measure = measures.accept_measure(actor=self.request.user, action=self.action, words=words, line=line)
        return f"Counted from now on: {measure.aim}."


class MeasureFormView(ActionMixin, WorkspaceFormView):
    template_name = "plans/measure_form.html"
    form_class: Any = MeasureForm
    permission = "plans.edit_plan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, plan=self.action.plan, **kwargs)


class AddMeasureView(MeasureFormView):
    title = "Add a measure"
    button = "Add the measure"
    said = "The measure is added."

    def perform(self, form: MeasureForm) -> None:
        measures.add_measure(actor=self.request.user, action=self.action, **form.cleaned_data)


class OneMeasureMixin(ActionMixin):
    @cached_property
    def measure(self) -> Measure:
        return queries.measure(self.action, self.kwargs["measure_pk"])  # type: ignore[attr-defined]


class EditMeasureView(OneMeasureMixin, MeasureFormView):
    title = "Change the measure"
    button = "Save the measure"
    said = "The measure is saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.measure, name) for name in FIELDS}

    def perform(self, form: MeasureForm) -> None:
        measures.change_measure(actor=self.request.user, measure=self.measure, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(measure=self.measure, **kwargs)


class ReadMeasureView(OneMeasureMixin, MeasureFormView):
    form_class = ReadingForm
    title = "Say where it stands"
    button = "Add the reading"
    said = "The reading is added."
    permission = "plans.give_update"

    def asked_about(self) -> Any:
        return self.action

    def perform(self, form: ReadingForm) -> None:
        measures.read_measure(actor=self.request.user, measure=self.measure, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(measure=self.measure, lead=self.measure.aim, **kwargs)


class BindMeasureView(OneMeasureMixin, MeasureFormView):
    """Says where a measure's readings come from; what its words may mean stands first."""

    form_class = SourceForm
    title = "Say where it is read from"
    button = "Save"
    said = "It is saved where the measure is read from."

    def get_form_kwargs(self) -> dict[str, Any]:
        measure = self.measure
        sources = queries.sources_for(measure.plan, queries.unit_of(measure), self.request.user)
        meant = queries.fitting(sources, f"{measure.words} {measure.what}")
        return {**super().get_form_kwargs(), "sources": sources, "meant": meant, "now": self.read_from(sources)}

    def read_from(self, sources: Sequence[Option]) -> tuple[str, str] | None:
        """What it is read from now, where that is not offered to this reader: saving the form must not end it."""
        line = self.measure.line
        return (str(line), self.measure.source_name) if line and line not in {one.line for one in sources} else None

    def get_initial(self) -> dict[str, Any]:
        return {"source": str(self.measure.line or "")}

    def perform(self, form: SourceForm) -> None:
        measures.bind_measure(actor=self.request.user, measure=self.measure, line=form.cleaned_data["source"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(measure=self.measure, lead=self.measure.aim, **kwargs)


class EndMeasureView(OneMeasureMixin, ConfirmView):
    permission = "plans.edit_plan"
    title = "Count it no more"
    sentence = "It stands no longer on the action’s page. Its readings are kept."
    button = "Count it no more"
    said = "It is counted no more."

    def thing(self) -> Measure:
        return self.measure

    def perform(self) -> Measure:
        return measures.end_measure(actor=self.request.user, measure=self.measure)
