"""Input about definitions and decisions, to clean data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from desaga.ui.forms import DatePartsField

from .defining import Condition, Counting, Definition, Looks, Outcome, Rule, Unfit, from_data
from .defining.serial import LONGEST_REASON, LONGEST_TITLE, value_fault
from .defining.wording import COUNTED

HINTS = {
    Looks.SOC: "3111, or 311 for all that begin so, or 3111-3116",
    Looks.TITLE: "Whole words, such as technician*; * is any letters",
    Looks.JOB_FAMILY: "As the extract has it, one a line",
    Looks.GRADE: "As the extract has it, one a line",
    Looks.UNIT: "A unit of yours, with all in it, or the extract’s word",
    Looks.LEVEL: "HESA’s code, such as K0",
    Looks.FUNCTION: "HESA’s code: 1 teaching, 2 research, 3 both, 9 not academic",
    Looks.MARKER: "As the extract has it",
    Looks.TEACHES: "yes or no",
    Looks.RESEARCHES: "yes or no",
}
NAMES = {
    Looks.SOC: "SOC2020 code",
    Looks.TITLE: "Job title",
    Looks.JOB_FAMILY: "Job family",
    Looks.GRADE: "Grade",
    Looks.UNIT: "Unit",
    Looks.LEVEL: "Contract level",
    Looks.FUNCTION: "Academic function",
    Looks.MARKER: "HR’s own mark",
    Looks.TEACHES: "Part in teaching",
    Looks.RESEARCHES: "Part in research",
}
OUTCOMES = (
    (Outcome.TECHNICIAN, "Technical staff"),
    (Outcome.OTHER, "Not technical staff"),
    (Outcome.ASK, "Ask a person"),
)
LARGEST_FILE = 200_000


class RuleForm(forms.Form):
    """One rule: for each thing looked at, values of which any fits, and values of which none may."""

    outcome = forms.ChoiceField(label="Then it is", choices=OUTCOMES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why", max_length=LONGEST_REASON, help_text="Shown to whoever asks why somebody counts, or does not."
    )
    source = forms.CharField(
        label="Source",
        max_length=LONGEST_REASON,
        required=False,
        help_text="An address, or title and page. Leave empty if it is your own rule.",
    )
    is_unverified = forms.BooleanField(label="No source was read for it yet", required=False)

    def __init__(self, *args: Any, rule: Rule | None = None, **kwargs: Any) -> None:
        if rule:
            kwargs["initial"] = {**_rule_initial(rule), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for looks in Looks:
            for name, words in ((looks.value, "is any of"), (f"{looks.value}_not", "is none of")):
                self.fields[name] = forms.CharField(
                    label=f"{NAMES[looks]} {words}", required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "dsg-rule-values"})
                )  # fmt: skip

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each thing to look at, with its two fields."""
        return [
            {"name": NAMES[one], "hint": HINTS[one], "any": self[one.value], "none": self[f"{one.value}_not"]}
            for one in Looks
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = [one for looks in Looks for one in self._conditions(looks, cleaned)]
        if not found and not self.errors:
            raise ValidationError("Say what the rule looks at: fill in at least one line.", code="nothing")
        cleaned["conditions"] = tuple(found)
        return cleaned

    def _conditions(self, looks: Looks, cleaned: dict[str, Any]) -> Iterable[Condition]:
        for name, is_not in ((looks.value, False), (f"{looks.value}_not", True)):
            values = _values(cleaned.get(name, ""), several=looks in SEVERAL_A_LINE)
            for fault in filter(None, (value_fault(looks, value) for value in values)):
                self.add_error(name, fault)
            if values:
                yield Condition(looks, values, is_not)

    @property
    def rule(self) -> Rule:
        told = self.cleaned_data
        return Rule(told["conditions"], Outcome(told["outcome"]), told["reason"], told["source"], told["is_unverified"])


#: Codes, and words that have no comma: several may stand in a line. A unit, a family, a title or a grade may have one in its name.
SEVERAL_A_LINE = (Looks.SOC, Looks.LEVEL, Looks.FUNCTION, Looks.TEACHES, Looks.RESEARCHES)


def _values(text: str, *, several: bool) -> tuple[str, ...]:
    """One a line, or several between commas."""
    lines = text.splitlines()
    parts = (part.strip() for line in lines for part in (line.split(",") if several else [line]))
    return tuple(dict.fromkeys(filter(None, parts)))


def _rule_initial(rule: Rule) -> dict[str, Any]:
    values = {
        f"{one.looks.value}{'_not' if one.is_not else ''}": "\n".join(one.values) for one in rule.conditions
    }  # fmt: skip
    return {**values, "outcome": rule.outcome.value, "reason": rule.reason, "source": rule.source, "is_unverified": rule.is_unverified}  # fmt: skip


class SettingsForm(forms.Form):
    """What is said of the definition as a whole, and of what no rule fits."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    note = forms.CharField(label="What it is for", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    counting = forms.ChoiceField(
        label="Somebody with several contracts",
        choices=[(one.value, COUNTED[one]) for one in Counting],
        widget=forms.RadioSelect,
    )
    rest = forms.ChoiceField(label="What no rule fits is", choices=OUTCOMES, widget=forms.RadioSelect)
    rest_reason = forms.CharField(label="Why", max_length=LONGEST_REASON)

    @staticmethod
    def initial_of(definition: Definition) -> dict[str, Any]:
        names = ("title", "note", "counting", "rest", "rest_reason")
        return {name: getattr(definition, name) for name in names}


class AdoptForm(forms.Form):
    in_force_from = DatePartsField(label="In force from", initial=timezone.localdate)
    because = forms.CharField(
        label="What changed, and who agreed", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class TakeInForm(forms.Form):
    """A definition from a file, as another version or another institution gave it out."""

    document = forms.FileField(
        label="The file", widget=forms.FileInput(attrs={"accept": ".json,application/json"}), help_text="A definition as Desaga gives it out (.json)."
    )  # fmt: skip

    def clean_document(self) -> Definition:
        document = self.cleaned_data["document"]
        if document.size > LARGEST_FILE:
            raise ValidationError("The file is too large to be a definition.", code="too_large")
        try:
            return from_data(json.loads(document.read()))
        except Unfit as unfit:
            raise ValidationError(unfit.sentences[:10], code="unfit") from unfit
        except (ValueError, RecursionError) as error:
            raise ValidationError("The file is no JSON, so it cannot be read.", code="no_json") from error


class FindPersonForm(forms.Form):
    number = forms.CharField(
        label="Staff number",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )


class OverrideForm(forms.Form):
    technical = forms.ChoiceField(
        label="They are", choices=(("yes", "Technical staff"), ("no", "Not technical staff")), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown in the list of overrides. Leave names and health out of it.",
    )
