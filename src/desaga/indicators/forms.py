"""What people count by hand: what it is, and where it stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from desaga.ui.forms import DatePartsField

from .states import Better, Unit

LARGEST = 999_999_999


class SeriesForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120, help_text="For example Technicians who are registered.")
    definition = forms.CharField(
        label="What is counted",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="So that whoever reads it next year counts the same: who or what, out of what, on which day, from which list.",
    )
    unit = forms.ChoiceField(label="Counted in", choices=Unit.choices, help_text="It stays: readings are in it.")
    better = forms.ChoiceField(label="Which way is good", choices=Better.choices)


class EditSeriesForm(SeriesForm):
    unit: Any = None


class ReadSeriesForm(forms.Form):
    value = forms.DecimalField(
        label="It stands at",
        max_digits=12,
        decimal_places=2,
        min_value=0,
        max_value=LARGEST,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10", "step": "any", "inputmode": "decimal"}),
    )
    on = DatePartsField(
        label="On", initial=timezone.localdate, help_text="A day that has a reading is corrected by it."
    )
    note = forms.CharField(
        label="Where that is from", required=False, max_length=300, help_text="A list, a page, who counted."
    )
