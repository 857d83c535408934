"""What one says when an action becomes business as usual, or is one no more."""

from __future__ import annotations

from django import forms

from desaga.ui.forms import DatePartsField

from .fields import area

LONGEST_REASON = 2000


class ToUsualForm(forms.Form):
    """Since when, and why."""

    since = DatePartsField(label="Since when", help_text="The day from which it is done as a matter of course.")
    reason = forms.CharField(
        label="Why",
        widget=area(3),
        max_length=LONGEST_REASON,
        help_text="One sentence, for those who ask in two years: “Part of every induction now.”",
    )


class FromUsualForm(forms.Form):
    """Why it needs work again."""

    reason = forms.CharField(
        label="Why it needs work again",
        widget=area(3),
        max_length=LONGEST_REASON,
        help_text="It stands in the action’s history.",
    )


class StillUsualForm(forms.Form):
    """What one saw, if anything is worth a note."""

    note = forms.CharField(
        label="What you saw",
        required=False,
        max_length=1000,
        help_text="One sentence at most, such as “Asked in three units, done in all”. It may stay empty.",
    )
