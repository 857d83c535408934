"""Whom the words of a plan mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from desaga.organisations.models import Party

from ..queries.parties import parties_to_choose
from .settling import party_label


class WhoForm(forms.Form):
    """One of the parties that the organisation knows."""

    party = SafeModelChoiceField(queryset=Party.objects, label="Party", empty_label="Choose one")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties_to_choose()
        self.fields["party"].label_from_instance = party_label
