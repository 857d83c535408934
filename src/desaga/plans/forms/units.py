"""Whose plan it is, under which it stands, and what an action answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from desaga.organisations.models import Unit

from ..models import Action, Plan
from ..queries.units import left_to_answer, plans_to_stand_under, units_to_choose
from .fields import PartialDateField, area, refuse_end_before_start


class UnitPlanForm(forms.Form):
    """A unit's plan as it begins."""

    unit = SafeModelChoiceField(queryset=Unit.objects, label="Unit", empty_label="Choose the unit")
    title = forms.CharField(
        label="Title", max_length=300, required=False, help_text="Left empty, it is called by the unit and this plan."
    )
    starts = PartialDateField(label="From", help_text="Left empty, as this plan. For example 2027 or August 2027.")
    ends = PartialDateField(label="Until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_choose()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_end_before_start(self, data)
        return data


class PlaceForm(forms.Form):
    """Whose plan it is, and under which it stands."""

    unit = SafeModelChoiceField(
        queryset=Unit.objects,
        label="Whose plan it is",
        required=False,
        empty_label="The whole organisation’s",
        help_text="The unit lead of that unit may then change it.",
    )
    under = SafeModelChoiceField(
        queryset=Plan.objects,
        label="Under which plan",
        required=False,
        empty_label="Under none",
        help_text="Its actions can then say which of that plan they answer.",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_choose(plan)
        self.fields["under"].queryset = plans_to_stand_under(plan)


class AnswerForm(forms.Form):
    """Which action of the plan above is answered, and how."""

    answered = SafeModelChoiceField(queryset=Action.objects, label="It answers", empty_label="Choose an action")
    note = forms.CharField(label="How", required=False, widget=area(2), max_length=2000)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answered"]
        field.queryset = left_to_answer(action).only("code", "title", "plan_id", "organisation_id")
        field.label_from_instance = lambda one: str(one)[:140]
