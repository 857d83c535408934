"""Input to clean data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from desaga.plans.forms.fields import area
from desaga.ui.forms import DatePartsField, DropFileInput

from . import queries
from .drafting import DRAFTS
from .kinds import Kind, last_of


class ReportForm(forms.Form):
    """What a report is of, and when it is due."""

    title = forms.CharField(label="Title", max_length=200)
    starts_on = DatePartsField(label="Period from")
    ends_on = DatePartsField(
        label="Period to", help_text="Updates, decisions and evidence of these days are drafted from."
    )
    signed_on = DatePartsField(
        label="Your organisation signed on",
        required=False,
        help_text="Where the report is for a charter: when you signed it. The due date follows from it.",
    )
    stage = forms.ChoiceField(label="Stage", required=False, choices=[])
    due_on = DatePartsField(
        label="Due on", required=False, help_text="Left empty, it is worked out where the kind of report says how."
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.stages:
            self.fields["stage"].choices = [("", "No stage"), *((one.key, one.name) for one in kind.stages)]
        else:
            del self.fields["stage"], self.fields["signed_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "The period ends before it begins. Change one of the days.")
        return data


class SectionForm(forms.Form):
    """What a section says."""

    text = forms.CharField(
        label="Text", required=False, max_length=40_000, widget=area(20, **{"class": "govuk-js-character-count"})
    )
    with_tables = forms.BooleanField(label="Keep the drafted tables under the text", required=False)
    is_done = forms.BooleanField(label="This section is finished", required=False)

    def __init__(self, *args: Any, limit: int | None, tables: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = "An empty line begins a paragraph; lines that begin with a hyphen become a list."
        self.fields["text"].help_text = f"At most {limit:,} words. {words}" if limit else words
        if not tables:
            del self.fields["with_tables"]


class CommentForm(forms.Form):
    text = forms.CharField(label="Your comment", max_length=4000, widget=area(4))


class SendForm(forms.Form):
    """Who signs off."""

    person = forms.ModelChoiceField(
        queryset=None, label="A person here", required=False, empty_label="Somebody else",
        help_text="People with the role Lead or Steering group member. They find it in their work.",
    )  # fmt: skip
    name = forms.CharField(label="Or: name", required=False, max_length=150)
    email = forms.EmailField(
        label="E-mail", required=False, help_text="They get a link that needs no account and opens for 30 days."
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.people_who_may_sign(but=actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("person"):
            for name, missing in (
                ("name", "Choose a person above, or give a name."),
                ("email", "Give the address to write to."),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return data


class KindSectionForm(forms.Form):
    """A section of a kind of report."""

    title = forms.CharField(label="Title", max_length=200)
    asks = forms.CharField(label="What is asked", required=False, max_length=2000, widget=area(3))
    limit = forms.IntegerField(label="At most so many words", required=False, min_value=1, max_value=20_000)
    drafts = forms.MultipleChoiceField(
        label="Drafted from",
        required=False,
        choices=[(key, one.label) for key, one in DRAFTS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Nothing ticked: the section begins empty.",
    )
    place = forms.IntegerField(label="Place in the report", min_value=1, max_value=100)


class CohortsForm(forms.Form):
    """Due dates by the month of signing, one a line."""

    cohorts = forms.CharField(
        label="Due dates by month of signing",
        required=False,
        widget=area(10),
        max_length=10_000,
        help_text="One a line: month of signing, stage, month by whose end it is due. For example 2019-12, 3, 2026-01.",
    )

    def __init__(self, *args: Any, stages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = stages

    def clean_cohorts(self) -> list[dict[str, str]]:
        lines = filter(None, map(str.strip, self.cleaned_data["cohorts"].splitlines()))
        return [self._cohort(line) for line in lines]

    def _cohort(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.split(",")]
        try:
            signed, stage, due = parts
            last_of(signed), last_of(due)
        except ValueError:
            raise forms.ValidationError(
                f"“{line}” is not a month, a stage and a month, such as 2019-12, 3, 2026-01."
            ) from None
        if stage not in self.stages:
            raise forms.ValidationError(f"In “{line}”: there is no stage {stage}. There are {', '.join(self.stages)}.")
        return {"signed": signed, "stage": stage, "due": due}


class HandInFormForm(forms.Form):
    """A Word form to be filled."""

    document = forms.FileField(label="The form, a Word document (.docx)", widget=DropFileInput)
