"""Input to clean data, for a panel's meeting: one form for each kind of outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ..answering import parts
from ..models import AgendaItem, PendingOutcome
from ..sitting import OutcomeKind
from .awards import PoundsField
from .panel import area


class OutcomeForm(forms.Form):
    """What all kinds have: words for the applicant."""

    words = area("Words for the applicant", required=False, hint="They stand in the letter, as you write them.")

    def __init__(
        self, *args: Any, item: AgendaItem, outcome: PendingOutcome | None, others: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        if outcome is not None:
            told = {name: getattr(outcome, name) for name in ("words", "conditions", "reasons", "open_parts")}
            self.initial = {**told, **({"amount": f"{outcome.amount:.2f}"} if outcome.amount else {}), **self.initial}
        self.fill(others)

    def fill(self, others: Sequence[Any]) -> None:
        """What only the item or the agenda knows."""

    @property
    def told(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class FullForm(OutcomeForm):
    conditions = area("Conditions", required=False, hint="They hold with the award. Empty: none.", rows=3)
    field_order = ("amount", "conditions", "words")


class PartForm(FullForm):
    amount = PoundsField(label="Award, in pounds")

    def fill(self, others: Sequence[Any]) -> None:
        self.fields["amount"].help_text = f"They asked for £{self.item.application.asked or 0:,.2f}."


class ReserveForm(OutcomeForm):
    amount = PoundsField(label="Award if money comes free, in pounds", required=False)
    conditions = area("Conditions", required=False, hint="They hold if it is offered. Empty: none.", rows=3)
    before = forms.ChoiceField(label="Where it stands on the reserve list", required=False)
    field_order = ("before", "amount", "conditions", "words")

    def fill(self, others: Sequence[Any]) -> None:
        asked = self.item.application.asked or 0
        self.fields["amount"].help_text = f"They asked for £{asked:,.2f}. Empty: all of it."
        told = [(str(pk), f"Before {title}") for pk, title in others]
        self.fields["before"].choices = [("", "Last"), *told]  # type: ignore[attr-defined]
        if not others:
            del self.fields["before"]


class DeclineForm(OutcomeForm):
    reasons = forms.MultipleChoiceField(label="Why", widget=forms.CheckboxSelectMultiple)
    field_order = ("reasons", "words")

    def fill(self, others: Sequence[Any]) -> None:
        known = self.item.application.definition.decline_reasons
        self.fields["reasons"].choices = [(one.key, f"{one.label}. {one.words}") for one in known]  # type: ignore[attr-defined]


class ChangesForm(OutcomeForm):
    open_parts = forms.MultipleChoiceField(label="Parts that open again", widget=forms.CheckboxSelectMultiple)
    field_order = ("open_parts", "words")

    def fill(self, others: Sequence[Any]) -> None:
        known = parts(self.item.application.definition)
        self.fields["open_parts"].choices = [(one.key, one.title) for one in known]  # type: ignore[attr-defined]
        self.fields["words"].label, self.fields["words"].required = "What is to be changed, and why", True


OUTCOME_FORMS: dict[str, type[OutcomeForm]] = {
    OutcomeKind.FULL: FullForm,
    OutcomeKind.PART: PartForm,
    OutcomeKind.RESERVE: ReserveForm,
    OutcomeKind.DECLINE: DeclineForm,
    OutcomeKind.CHANGES: ChangesForm,
    OutcomeKind.NEXT: OutcomeForm,
}
