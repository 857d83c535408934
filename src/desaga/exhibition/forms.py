from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from desaga.ui.forms import DatePartsField, FilterForm, TrapMixin

from .models import LONGEST_LINE, LONGEST_PLACE, LONGEST_WORDS
from .operations.requests import Asked
from .states import TourState, VenueKind


def text(label: str, help_text: str = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_WORDS,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class TourForm(forms.Form):
    """What is lent."""

    title = forms.CharField(label="What it is called", max_length=LONGEST_LINE)
    words = text("What it is", "What comes: how many panels, headsets, crates. The public page shows it.")
    needs = text("What a place needs for it", "Space, power, somebody who watches over it, who pays for the journey.")
    longest_days = forms.IntegerField(label="For at most how many days", min_value=1, max_value=365, initial=42)


class DaysForm(forms.Form):
    starts_on = DatePartsField(label="From")
    ends_on = DatePartsField(label="Until", help_text="The last day on which it is there.")


class AskForm(TrapMixin, forms.Form):
    """What a venue fills in."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    venue = forms.CharField(label="Your school, college or house", max_length=LONGEST_LINE)
    venue_kind = forms.ChoiceField(
        label="What kind of place it is", choices=VenueKind.choices, widget=forms.RadioSelect
    )
    place = forms.CharField(label="Town", max_length=LONGEST_PLACE)
    starts_on = DatePartsField(label="From")
    ends_on = DatePartsField(label="Until", help_text="The last day on which it would be with you.")
    contact_name = forms.CharField(
        label="Whom we write to", max_length=LONGEST_LINE, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_email = forms.EmailField(
        label="Their e-mail",
        max_length=LONGEST_LINE,
        help_text="An e-mail goes there; its link says that this is from you.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    words = text("What you would do with it", "Who would come, and how many. A few lines.", required=False)

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class WordsForm(forms.Form):
    """What is said with a step."""

    words = text("", required=False)

    def __init__(self, *args: Any, label: str = "A word with it", required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].required = label, required


class RequestFilterForm(FilterForm):
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any state"), *((one.value, one.label) for one in TourState if one != TourState.SENT)],
    )
