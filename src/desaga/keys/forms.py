from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from desaga.ui.forms import DatePartsField

from .states import Scope

USUAL = timedelta(days=182)


class KeyForm(forms.Form):
    """What a key is for, what it opens, and until when."""

    name = forms.CharField(
        label="What is it for?",
        max_length=120,
        help_text="The program that will read, such as “Power BI of the planning office”.",
    )
    scopes = forms.MultipleChoiceField(
        label="What does it open?",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="A program that holds the key can read this, and change nothing. Open no more than it needs.",
    )
    ends_on = DatePartsField(label="Last day", help_text="At most a year from today.")
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate() + USUAL
        self.fields["submission"].initial = uuid4
