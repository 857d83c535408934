"""What one writes down of what one did, and which of it one wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from desaga.ui.forms import DatePartsField, FilterForm

from .states import Kind


class ActivityForm(forms.Form):
    kind = forms.ChoiceField(label="What kind of thing", choices=[("", "Choose"), *Kind.choices])
    what = forms.CharField(label="What", max_length=300, help_text="For example Electron microscopy user day.")
    on = DatePartsField(label="When", initial=timezone.localdate, help_text="Of several days, the last.")
    hours = forms.DecimalField(
        label="How long, in hours", required=False, max_digits=6, decimal_places=2, min_value=0.25, max_value=2000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "step": "any", "inputmode": "decimal"}),
        help_text="A day is about 7.",
    )  # fmt: skip
    place = forms.CharField(label="Where", required=False, max_length=200)
    with_whom = forms.CharField(label="With whom", required=False, max_length=300)
    practice = forms.CharField(
        label="What it did for your work", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you do differently or better since. Professional bodies ask for it.",
    )  # fmt: skip
    users = forms.CharField(
        label="What it did for those you work for", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Researchers, students, colleagues, the public.",
    )  # fmt: skip


class ActivityFilter(FilterForm):
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), *Kind.choices])
    year = forms.TypedChoiceField(label="Year", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "All"), *((year, str(year)) for year in years)]
