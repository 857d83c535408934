"""What a scheme is, read and changed part by part. Each change is written into the next version, which holds when it is put in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceView

from .. import editing
from ..answering import parts
from ..forms import questions, things
from ..forms.definition import EMPLOYER, FactsForm, ReportForm
from ..models import SchemeVersion
from ..operations import editing as operations
from ..operations.schemes import put_in_force
from ..queries import schemes as queries
from .schemes import RUNS, SchemeFormView, SchemeMixin

#: What is in each list: its form, what one is called, and what the list is called.
THINGS: Mapping[str, tuple[type[things.ThingForm], str, str]] = {
    "parts": (things.PartForm, "part", "Parts"),
    "costs": (things.CostForm, "kind of cost", "Kinds of cost"),
    "approvers": (things.ApproverForm, "approver", "Who is asked"),
    "criteria": (things.CriterionForm, "criterion", "Criteria"),
    "conflicts": (things.ConflictForm, "kind of conflict", "Kinds of conflict"),
    "reasons": (things.ReasonForm, "reason for saying no", "Reasons for saying no"),
    "ineligible": (things.ReasonForm, "reason for not being eligible", "Reasons for not being eligible"),
    "duties": (things.DutyForm, "duty", "What each party undertakes"),
    "later": (things.LaterForm, "later question", "Asked later"),
    "equality": (questions.QuestionForm, "equality question", "Equality questions"),
}
TAB = "placements:show_definition"


def form_of(place: str) -> tuple[type[things.ThingForm], str, str]:
    """Questions stand in parts, in what is asked later, and in the report."""
    return THINGS.get(place) or (questions.QuestionForm, "question", "Questions")


class DefinitionMixin(SchemeMixin):
    tab = TAB

    @cached_property
    def version(self) -> SchemeVersion:
        """What is being written, else what is in force."""
        version = queries.version_written(self.scheme) or queries.version_in_force(self.scheme)
        if version is None:
            raise Http404
        return version

    @property
    def is_written(self) -> bool:
        return queries.version_written(self.scheme) is not None

    def back(self) -> str:
        return self.address(TAB, scheme_slug=self.scheme.slug)  # type: ignore[attr-defined, no-any-return]


class ShowDefinitionView(DefinitionMixin, WorkspaceView):
    template_name = "placements/show_definition.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force, definition = queries.version_in_force(self.scheme), self.version.definition
        return super().get_context_data(
            version=self.version,
            definition=definition,
            is_written=self.version.in_force_at is None,
            in_force=in_force,
            parts=parts(definition),
            employer_learns=dict(EMPLOYER)[definition.tells_employer],
            versions=list(queries.versions_of(self.scheme)),
            **kwargs,
        )


class ChangeView(DefinitionMixin, SchemeFormView):
    """A form that changes one thing of the definition."""

    permission = RUNS
    button = "Save"

    def changed(self, form: Any, data: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def perform(self, form: Any) -> None:
        operations.change_definition(
            actor=self.request.user, scheme=self.scheme, change=lambda data: self.changed(form, data)
        )


class EditFactsView(ChangeView):
    form_class = FactsForm
    title = "Whom and what it funds"

    def get_initial(self) -> dict[str, Any]:
        return FactsForm.of(self.version.definition.model_dump(mode="json"))

    def changed(self, form: FactsForm, data: dict[str, Any]) -> dict[str, Any]:
        return form.applied_to(data)


class EditReportView(ChangeView):
    form_class = ReportForm
    title = "The report"

    def get_initial(self) -> dict[str, Any]:
        return dict(self.version.data["report"])

    def changed(self, form: ReportForm, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "report": {**data["report"], **form.cleaned_data}}


class ThingMixin(DefinitionMixin):
    permission = RUNS
    """A page about one thing of a list of the definition."""

    @property
    def place(self) -> str:
        place: str = self.kwargs["place"]
        try:
            editing.items(dict(self.version.data), place)
        except editing.NoSuchPlace:
            raise Http404 from None
        return place

    @cached_property
    def old(self) -> dict[str, Any] | None:
        if "key" not in self.kwargs:
            return None
        try:
            return editing.item(self.version.data, self.place, self.kwargs["key"])
        except editing.NoSuchPlace:
            raise Http404 from None


class AddThingView(ThingMixin, ChangeView):
    def get_form_class(self) -> type[things.ThingForm]:
        return form_of(self.place)[0]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "definition": self.version.data, "old": self.old, "place": self.place}

    def get_initial(self) -> dict[str, Any]:
        return self.get_form_class().of(self.old) if self.old else super().get_initial()

    def changed(self, form: things.ThingForm, data: dict[str, Any]) -> dict[str, Any]:
        return editing.put(data, self.place, form.item(editing.keys_of(data, self.place)))

    @property
    def title(self) -> str:  # type: ignore[override]
        name = form_of(self.place)[1]
        return f"Add {'an' if name[0] in 'aeiou' else 'a'} {name}"


class EditThingView(AddThingView):
    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Change the {form_of(self.place)[1]}"


class MoveThingView(DefinitionMixin, PressView):
    permission = RUNS

    def perform(self) -> str:
        place, key = self.kwargs["place"], self.kwargs["key"]
        by = -1 if "up" in self.request.POST else 1
        try:
            operations.change_definition(
                actor=self.request.user, scheme=self.scheme, change=lambda data: editing.move(data, place, key, by=by)
            )
        except editing.NoSuchPlace:
            raise Http404 from None
        return ""


class RemoveThingView(ThingMixin, ConfirmView):
    button = "Remove it"
    sentence = "It is left out of the next version. Who has begun goes on with it."
    said = "Removed."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Remove the {form_of(self.place)[1]}"

    def thing(self) -> str:
        assert self.old
        return str(self.old.get("label") or self.old.get("title") or self.old.get("words"))

    def perform(self) -> None:
        place, key = self.place, self.kwargs["key"]
        operations.change_definition(
            actor=self.request.user, scheme=self.scheme, change=lambda data: editing.remove(data, place, key)
        )


class PutInForceView(DefinitionMixin, ConfirmView):
    permission = RUNS
    template_name = "placements/put_in_force.html"
    title, button = "Put the next version in force", "Put it in force"
    said = "It holds for whoever begins from now on."

    def thing(self) -> Any:
        return self.version

    def perform(self) -> Any:
        return put_in_force(actor=self.request.user, scheme=self.scheme)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force = queries.version_in_force(self.scheme)
        told = editing.differences(in_force and in_force.definition, self.version.definition)
        told_more = {"has_before": in_force is not None}
        return super().get_context_data(
            **told_more, differences=told, is_written=self.version.in_force_at is None, **kwargs
        )


class ThrowAwayView(DefinitionMixin, ConfirmView):
    permission = RUNS
    title, button = "Throw the next version away", "Throw it away"
    sentence = "What you changed since the last version was put in force is lost. What is in force stays."
    said = "Thrown away."

    def thing(self) -> Any:
        return self.version

    def perform(self) -> None:
        operations.throw_away(actor=self.request.user, scheme=self.scheme)
