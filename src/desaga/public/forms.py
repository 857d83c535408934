"""Input to clean data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.plans.forms.fields import area
from desaga.plans.states import Status
from desaga.ui.forms import DatePartsField, FilterForm

from .models import LONGEST_WORDS
from .operations.holding import TakenInTheFuture
from .queries import directory

PART_WORDS = {
    "themes": "Themes: the headings that actions stand under",
    "how": "How each action will be done",
    "success": "How we will know",
    "who": "Who carries it: offices, groups and units by name; a person only as “a named person”",
    "when": "When, with its stages and what it waits for",
    "status": "Status: how far it is",
    "rag": "RAG: how confident you are",
    "answers": "What it answers: principles of frameworks",
    "measures": "Measures, with where they stand",
    "narrative": "What was last said of it, word for word",
}


class PublicationForm(forms.Form):
    """What the public page of a plan will say."""

    parts = forms.MultipleChoiceField(
        label="What is shown of each action",
        required=False,
        choices=list(PART_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Its code and its title are always shown. Comments, doubts and documents never are.",
    )
    words = forms.CharField(
        label="Introduction",
        required=False,
        max_length=LONGEST_WORDS,
        widget=area(4),
        help_text="It stands above everything else.",
    )
    contact_name = forms.CharField(
        label="Whom the public can write to",
        required=False,
        max_length=150,
        help_text="A name, if whoever it is agrees; else only the role.",
    )
    contact_role = forms.CharField(label="Their role", required=False, max_length=150)
    contact_address = forms.EmailField(
        label="Their e-mail address", required=False, help_text="Best one that several people read."
    )
    reviewed_on = DatePartsField(label="Last reviewed", required=False)

    def clean_reviewed_on(self) -> Any:
        day = self.cleaned_data["reviewed_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Write the day of a review that was held.", code="future")
        return day


class PublicFilterForm(FilterForm):
    """Which actions of a public plan to read."""

    q = forms.CharField(label="Words", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    theme = forms.ChoiceField(label="Theme", required=False)
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "All"), *Status.choices, ("none", "Not said"), ("usual", "Business as usual")],
    )

    def __init__(self, *args: Any, themes: list[str], has_status: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", "All"), *((one, one) for one in themes)]  # type: ignore[attr-defined]
        if not themes:
            del self.fields["theme"]
        if not has_status:
            del self.fields["status"]


class HeldPlanForm(forms.Form):
    """Whose plan it is, and where it was taken from."""

    of = forms.ModelChoiceField(
        label="Whose plan it is",
        required=False,
        queryset=Organisation.objects.none(),
        empty_label="Somebody who is not in this list",
    )
    name = forms.CharField(
        label="Their name, if they are not in the list",
        required=False,
        max_length=200,
        help_text="They are added to the directory of organisations, without a workspace.",
    )
    is_another = forms.BooleanField(
        label="It is another than those of like name",
        required=False,
        help_text="Only where you were told that there are any.",
    )
    source_address = forms.URLField(
        label="Address that it was taken from",
        max_length=500,
        assume_scheme="https",
        help_text="Where they published it.",
    )
    taken_on = DatePartsField(label="Taken on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = directory()  # type: ignore[attr-defined]

    def clean_taken_on(self) -> Any:
        day = self.cleaned_data["taken_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(str(TakenInTheFuture()), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["name"] = " ".join((data.get("name") or "").split())
        if not data.get("of") and not data["name"]:
            self.add_error("of", "Choose whose plan it is, or write their name below.")
        return data


class HeldFilterForm(FilterForm):
    """Which of the plans that are held to look at."""

    q = forms.CharField(label="Words", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
