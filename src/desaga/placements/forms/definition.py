"""What stands once in a definition, as forms; and a definition from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from ..defined_files import LARGEST, NoDefinition, from_file
from .schemes import area, narrow
from .things import Item, choices_of, lines

EMPLOYER = (
    ("never", "Never that their people applied"),
    ("award", "Only of awards"),
    ("application", "Of applications, when they come in"),
)


class FactsForm(forms.Form):
    """What stands once in a definition."""

    purpose = forms.CharField(label="What is it for?", widget=area(4), max_length=5000)
    noun = forms.CharField(
        label="What does one award pay for, in a word?", max_length=40, required=False,
        help_text="A placement, a project: letters and pages call it so. A word that follows “a”.",
        widget=forms.TextInput(attrs=narrow(20)),
    )  # fmt: skip
    host_word = forms.ChoiceField(
        label="How is one with a host?",
        choices=[("at", "At the host"), ("with", "With the host")],
        widget=forms.RadioSelect,
        required=False,
    )
    host_noun = forms.CharField(
        label="What is a host called?", max_length=40, required=False, help_text="A host, a partner: pages and letters call it so.",
        widget=forms.TextInput(attrs=narrow(20)),
    )  # fmt: skip
    who = forms.CharField(label="Who may apply?", widget=area(3), max_length=5000)
    nations = forms.CharField(
        label="Nations", widget=area(4), required=False,
        help_text="One a line; empty where it is open to all. Who works in another cannot send an application, and reads why.",
    )  # fmt: skip
    role_words = forms.CharField(
        label="Words for the people it is for", widget=area(3), required=False,
        help_text="One a line. The question of role offers them; who chooses none of them cannot send an application, and reads why.",
    )  # fmt: skip
    employers_names = forms.CharField(
        label="Employers whose people may apply", widget=area(6), required=False,
        help_text="One a line; empty where it is open to those of all. Other names of the same one stand behind a bar: University of Farfield | Farfield.",
    )  # fmt: skip
    employers_are = forms.CharField(
        label="What these employers are together", max_length=300, required=False,
        help_text="For example: signatories of the Technician Commitment. Whoever works elsewhere reads it as the reason.",
    )  # fmt: skip
    employers_bar = forms.BooleanField(
        label="Who works elsewhere cannot send an application", required=False,
        help_text="Without the tick they are told, and you look at it when you check who is eligible.",
    )  # fmt: skip
    funds = forms.CharField(label="What is funded?", widget=area(3), max_length=5000)
    least = forms.DecimalField(
        label="Least, in pounds", required=False, min_value=0, decimal_places=2, widget=forms.TextInput(attrs=narrow(5))
    )
    most = forms.DecimalField(
        label="Most, in pounds", required=False, min_value=0, decimal_places=2, widget=forms.TextInput(attrs=narrow(5))
    )
    home = forms.BooleanField(label="Within the United Kingdom", required=False)
    abroad = forms.BooleanField(label="Abroad", required=False)
    advance = forms.BooleanField(label="Some of it can be paid beforehand", required=False)
    rests_one_round = forms.BooleanField(label="Whoever had an award rests for one round", required=False)
    tells_employer = forms.ChoiceField(
        label="What the applicant’s employer learns", choices=EMPLOYER, widget=forms.RadioSelect
    )
    names_hidden = forms.BooleanField(label="The panel reads without names", required=False)
    names_shown_at_meeting = forms.BooleanField(
        label="Names are shown when it meets", required=False, help_text="Else they stay hidden until you show them."
    )
    reviewers_each = forms.IntegerField(
        label="How many of the panel read each application", required=False, min_value=1, max_value=20,
        help_text="Empty where everyone reads all.", widget=forms.NumberInput(attrs=narrow(3)),
    )  # fmt: skip
    accept_days = forms.IntegerField(
        label="Days to accept an award", min_value=1, max_value=90, widget=forms.NumberInput(attrs=narrow(3))
    )
    needs_agreement = forms.BooleanField(
        label="An agreement is signed by the technician, home and host", required=False
    )
    keep_months = forms.IntegerField(
        label="Months until people are stripped from what is kept", min_value=6, max_value=240,
        help_text="Counted from the end of an application. Figures stay.", widget=forms.NumberInput(attrs=narrow(3)),
    )  # fmt: skip

    @staticmethod
    def of(data: Mapping[str, Any]) -> Item:
        nations = "\n".join(one["label"] for one in data.get("nations", []))
        named = {
            "noun": data.get("noun", "placement"),
            "host_word": data.get("host_word", "at"),
            "host_noun": data.get("host_noun", "host"),
        }
        rule = data.get("employers") or {}
        employers = {
            "employers_names": "\n".join(" | ".join(names) for names in rule.get("names", [])),
            "employers_are": rule.get("are", ""),
            "employers_bar": rule.get("bars", True),
        }
        return {**data, **named, **employers, "nations": nations, "role_words": "\n".join(data.get("role_words", []))}

    def clean(self) -> Item:
        data = super().clean() or self.cleaned_data
        if data.get("employers_names") and not data.get("employers_are"):
            self.add_error("employers_are", "Say what they are together: it is the reason that others read.")
        return data

    def applied_to(self, data: Mapping[str, Any]) -> Item:
        """The definition with what was typed."""
        told = dict(self.cleaned_data)
        told |= {"noun": told["noun"].strip() or "placement", "host_word": told["host_word"] or "at"}
        told["host_noun"] = told["host_noun"].strip() or "host"
        told["employers"] = self._employers(told)
        told["nations"] = choices_of(lines(told["nations"]), data.get("nations", []))
        told["role_words"] = lines(told["role_words"])
        for name in ("least", "most"):
            told[name] = None if told[name] is None else str(told[name])
        return {**data, **told}

    @staticmethod
    def _employers(told: Item) -> Item | None:
        names = [[one.strip() for one in line.split("|") if one.strip()] for line in lines(told.pop("employers_names"))]
        are, bars = told.pop("employers_are"), told.pop("employers_bar")
        return {"are": are, "names": [one for one in names if one], "bars": bars} if any(names) else None


class ReportForm(forms.Form):
    title = forms.CharField(label="What is it called?", max_length=300)
    after_days = forms.IntegerField(
        label="Due so many days after the placement",
        min_value=1,
        max_value=366,
        widget=forms.NumberInput(attrs=narrow(3)),
    )


class DefinitionFileForm(forms.Form):
    """A definition from a file; `file` is its data then."""

    file = forms.FileField(label="The file", widget=forms.FileInput(attrs={"accept": ".json,.toml"}))
    note = forms.CharField(label="What is new in it", required=False, max_length=300)

    def clean_file(self) -> Item:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError("The file is larger than 1 MB: no definition is.")
        try:
            return from_file(upload.read())
        except NoDefinition as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
