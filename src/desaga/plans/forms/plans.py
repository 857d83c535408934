"""What one types about a plan, and which of its actions one wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from desaga.ui.forms import FilterForm

from ..states import Status
from .fields import PartialDateField, refuse_end_before_start


class PlanForm(forms.Form):
    """What a plan is called and for how long it is."""

    title = forms.CharField(label="Title", max_length=300)
    starts = PartialDateField(label="From", help_text="For example 2027, August 2027 or 1 August 2027.")
    ends = PartialDateField(label="Until")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_end_before_start(self, data)
        return data


SORTS = ("", "due", "code", "status")


class ActionFilterForm(FilterForm):
    """Which actions of a plan to look at."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    party = forms.ChoiceField(label="Party", required=False)
    principle = forms.ChoiceField(label="Principle", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "All"), *Status.choices, ("none", "No status yet")]
    )
    due = forms.ChoiceField(
        label="Due",
        required=False,
        choices=[
            ("", "All"),
            ("overdue", "Overdue"),
            ("soon", "Within 3 months"),
            ("later", "Later"),
            ("ongoing", "Ongoing"),
            ("undated", "No date"),
        ],
    )
    sort = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[(name, name) for name in SORTS])

    def __init__(
        self, *args: Any, parties: Sequence[tuple[str, str]], principles: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", "All"), *parties, *self._unknown("party", [v for v, _ in parties])]
        known = [value for _, rows in principles for value, _ in rows]
        self.fields["principle"].choices = [("", "All"), *principles, *self._unknown("principle", known)]

    def _unknown(self, name: str, known: list[str]) -> list[tuple[str, str]]:
        """A link may ask for whom the plan does not name: then nothing fits, rather than everything."""
        wanted = self.data.get(name) or ""
        return [(wanted, wanted)] if wanted and wanted not in known and "\x00" not in wanted else []


class VersionForm(forms.Form):
    """What a version of a plan is called."""

    name = forms.CharField(
        label="What is this version?",
        max_length=120,
        help_text="Such as “As sent to the steering group, October 2026”. A version holds the whole plan and is never changed.",
    )
