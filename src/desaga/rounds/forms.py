"""Input to clean data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from desaga.plans.forms import AccountForm
from desaga.plans.forms.fields import area
from desaga.ui.forms import DatePartsField

from .operations.answers import EMAIL
from .operations.rounds import DueInThePast

LONGEST_WORDS = 1000


class RoundForm(forms.Form):
    """What a round asks for, and by when."""

    period = forms.CharField(label="For the period", max_length=100, help_text="As it will stand with every update.")
    due_on = DatePartsField(label="Answers by", help_text="The links go on opening for some weeks after it.")
    words = forms.CharField(
        label="A word from you",
        required=False,
        max_length=LONGEST_WORDS,
        widget=area(3),
        help_text="It stands in each e-mail, above the actions.",
    )
    remind_days_before = forms.IntegerField(
        label="Remind so many days before", min_value=0, max_value=30, initial=3, help_text="0 for no reminder.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    silent_days_after = forms.IntegerField(
        label="Write once more to who is silent, so many days after", min_value=0, max_value=60, initial=4,
        help_text="Only to who has answered nothing at all. 0 for never. Whoever is late is reminded once before.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    escalate_days_after = forms.IntegerField(
        label="Tell the lead who is silent, so many days after", min_value=0, max_value=60, initial=7,
        help_text="Once, in one e-mail. 0 for never.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(str(DueInThePast()), code="past")
        return due_on


class LineForm(AccountForm):
    """What one says of one action of a request."""

    elsewhere = forms.CharField(
        label="Whom to ask instead",
        required=False,
        max_length=300,
        help_text="A name, an office or an e-mail address.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AskForm(forms.Form):
    """Whom to ask instead, by the officer: an address, and a name if it is known."""

    words = forms.CharField(
        label="E-mail address, with a name if you like", max_length=300, help_text="Ann Smith, ann@example.ac.uk"
    )

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        if not EMAIL.search(words):
            raise forms.ValidationError("Write an e-mail address like name@example.ac.uk.", code="no_address")
        return words
