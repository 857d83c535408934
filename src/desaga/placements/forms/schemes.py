"""What a scheme is called, its panels and its money."""

from __future__ import annotations

from calendar import month_name
from typing import Any

from django import forms
from django.utils import timezone

from desaga.ui.forms import DatePartsField

from ..dating import Days, sittings_until
from ..models import Scheme
from ..shipped import all_shipped


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def narrow(width: int) -> dict[str, str]:
    return {"class": f"govuk-input--width-{width}"}


class SchemeForm(forms.Form):
    """A new scheme."""

    name = forms.CharField(label="What is it called?", max_length=120)
    begins_with = forms.ChoiceField(
        label="Begin with", widget=forms.RadioSelect,
        help_text="You change everything of it before it opens.",
    )  # fmt: skip
    slug = forms.SlugField(
        label="Its address",
        max_length=60,
        help_text="Small letters and hyphens, such as exchange-placements. It stands in links.",
    )
    code = forms.RegexField(
        "^[A-Z]{2,6}$", label="Its code", help_text="Two to six capital letters. Each reference number begins with it.",
        widget=forms.TextInput(attrs=narrow(5)), error_messages={"invalid": "Write two to six capital letters, such as KEP."},
    )  # fmt: skip
    contact = forms.EmailField(label="Where questions go", required=False)
    starts_on = DatePartsField(label="Funded from")
    ends_on = DatePartsField(label="Funded until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begins = self.fields["begins_with"]
        begins.choices = [(one.key, one.name) for one in all_shipped()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "It cannot end before it begins.")
        return data


class SchemeFactsForm(SchemeForm):
    """A scheme that is there already."""

    begins_with = code = None  # type: ignore[assignment]
    ending = forms.CharField(
        label="How it ends", required=False, widget=area(4), max_length=2000,
        help_text="For its page: the last panel, the evaluation, what follows. Leave it empty while nobody need think of it.",
    )  # fmt: skip
    evaluation_due_on = DatePartsField(
        label="Evaluated by", required=False, help_text="Two months before, My work reminds those who run it."
    )
    evaluation_url = forms.URLField(
        label="Where the evaluation is", required=False, max_length=500, assume_scheme="https", help_text="Its address on the web. It stands on the scheme’s page."
    )  # fmt: skip
    sure = forms.CharField(required=False, widget=forms.HiddenInput)
    successor = forms.ModelChoiceField(
        Scheme._base_manager.none(), label="Followed by", required=False, empty_label="No other scheme"
    )

    def __init__(self, *args: Any, scheme: Scheme, others: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        if scheme.published_at is not None:
            # Links to it stand in e-mails.
            del self.fields["slug"]
        self.fields["successor"].queryset = others.exclude(pk=scheme.pk)  # type: ignore[attr-defined]


class RoundForm(forms.Form):
    """A sitting of the panel."""

    name = forms.CharField(label="What is it called?", max_length=80, help_text="For example: Panel of March 2027.")
    cut_off_on = DatePartsField(label="Complete by", help_text="What is complete on that day is still heard.")
    meets_on = DatePartsField(label="The panel meets on")
    answers_by = DatePartsField(label="Applicants hear by")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        cut_off, meets, answers = (data.get(name) for name in ("cut_off_on", "meets_on", "answers_by"))
        if cut_off and meets and cut_off > meets:
            self.add_error("cut_off_on", "Applications must be complete before the panel meets.")
        if meets and answers and answers < meets:
            self.add_error("answers_by", "Nobody can hear before the panel has met.")
        return data


class NewRoundForm(RoundForm):
    def clean_cut_off_on(self) -> Any:
        day = self.cleaned_data["cut_off_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("This day is past: nobody could apply. Choose a later one.")
        return day


class RoundsForm(forms.Form):
    """Several sittings at once: each year in the same months."""

    months = forms.TypedMultipleChoiceField(
        label="In which months does it meet?", coerce=int, widget=forms.CheckboxSelectMultiple, choices=tuple(enumerate(month_name))[1:]
    )  # fmt: skip
    day = forms.IntegerField(
        label="On which day of the month?", min_value=1, max_value=31, initial=12, help_text="At a weekend it meets on the Monday after.", widget=forms.NumberInput(attrs=narrow(3))
    )  # fmt: skip
    cut_off_weeks = forms.IntegerField(
        label="Complete how many weeks before?", min_value=0, max_value=26, initial=3, widget=forms.NumberInput(attrs=narrow(3))
    )  # fmt: skip
    answer_weeks = forms.IntegerField(
        label="Applicants hear how many weeks after?", min_value=0, max_value=26, initial=2, widget=forms.NumberInput(attrs=narrow(3))
    )  # fmt: skip
    until = DatePartsField(label="Until")

    def days(self) -> list[Days]:
        told = self.cleaned_data
        weeks = {name: told[name] for name in ("cut_off_weeks", "answer_weeks")}
        return sittings_until(told["months"], told["day"], first=timezone.localdate(), until=told["until"], **weeks)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.days():
            self.add_error("until", "No panel fits: choose a later day, or other months.")
        return data


class BudgetForm(forms.Form):
    """The money of a year."""

    name = forms.CharField(label="Year", max_length=40, help_text="As people call it, such as 2027 or 2027/28.")
    starts_on = DatePartsField(label="From")
    ends_on = DatePartsField(label="Until")
    amount = forms.DecimalField(
        label="Pounds", min_value=0, max_digits=11, decimal_places=2, widget=forms.TextInput(attrs={**narrow(10), "inputmode": "decimal"})
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "It cannot end before it begins.")
        return data
