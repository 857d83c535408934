"""Input to clean data."""

from __future__ import annotations

from typing import Any

from django import forms

from desaga.organisations.queries import open_groups
from desaga.plans.forms.fields import area
from desaga.ui.forms import DatePartsField

from . import queries
from .states import Outcome


class ReviewForm(forms.Form):
    """When, where, and who."""

    meets_on = DatePartsField(label="Meets on")
    group = forms.ModelChoiceField(
        queryset=None, label="Group", required=False, empty_label="No group",
        help_text="Its members can be asked for comments, and get the minutes.",
    )  # fmt: skip
    place = forms.CharField(
        label="Time and place", required=False, max_length=200, help_text="For example 14:00, room 2.11, or a link."
    )
    comments_by = DatePartsField(
        label="Comments by", required=False, help_text="Until when people may comment on the pack."
    )
    words = forms.CharField(
        label="What the meeting is about", required=False, max_length=2000, widget=area(3),
        help_text="It opens the pack.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = open_groups()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("comments_by") and data.get("meets_on") and data["comments_by"] > data["meets_on"]:
            self.add_error("comments_by", "Ask for comments by the day of the meeting at the latest.")
        return data


class CommentForm(forms.Form):
    """A word before the meeting."""

    text = forms.CharField(label="Your comment", max_length=4000, widget=area(4))
    wants_decision = forms.BooleanField(
        label="The group is to decide this", required=False, help_text="It opens the agenda."
    )


class DecisionForm(forms.Form):
    """What the group made of it."""

    prefix = "decision"
    outcome = forms.ChoiceField(
        label="Outcome", choices=Outcome.choices, initial=Outcome.AGREED, widget=forms.RadioSelect
    )
    text = forms.CharField(label="What was decided", max_length=4000, widget=area(2))


class TaskForm(forms.Form):
    """Who is to do what by when."""

    prefix = "task"
    text = forms.CharField(label="What is to be done", max_length=2000, widget=area(2))
    person = forms.ModelChoiceField(
        queryset=None, label="By a person here", required=False, empty_label="Somebody else",
        help_text="They find it in their work.",
    )  # fmt: skip
    who = forms.CharField(
        label="Or by", required=False, max_length=200, help_text="A name or an office, where it is nobody of the list."
    )
    due_on = DatePartsField(label="By when", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.people_here()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("person") and not (data.get("who") or "").strip():
            self.add_error("who", "Say who does it: choose a person, or write a name.")
        return data


class MinutesForm(forms.Form):
    """What ends a meeting."""

    present = forms.CharField(
        label="Present", max_length=4000, widget=area(3), help_text="Names, as the minutes say them."
    )
    apologies = forms.CharField(label="Apologies", required=False, max_length=2000, widget=area(2))
    next_on = DatePartsField(
        label="Meets again on",
        required=False,
        help_text="As often as the group meets, else three months on. Left empty, no meeting is planned.",
    )


class FinishTaskForm(forms.Form):
    note = forms.CharField(label="What came of it", required=False, max_length=300)
