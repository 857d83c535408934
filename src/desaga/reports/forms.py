"""Input to clean data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from desaga.plans.forms.fields import area
from desaga.ui.forms import DatePartsField, DropFileInput

from . import queries
from .drafting import DRAFTS
from .kinds import Kind, last_of

MOST_MONTHS = 600


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


class HeadForm(forms.Form):
    """Who heads the organisation."""

    name = forms.CharField(label="Name", max_length=150)
    title = forms.CharField(label="Title", max_length=150, help_text="For example Vice-Chancellor, Director.")
    email = forms.EmailField(label="E-mail", help_text="Reports to be signed off are sent there.")


class SendForm(forms.Form):
    """Who signs off: the head of organisation where nothing is said."""

    person = forms.ModelChoiceField(
        queryset=None, label="A person here", required=False, empty_label="Nobody of these",
        help_text="People with the role Lead or Steering group member. They find it in their work.",
    )  # fmt: skip
    name = forms.CharField(label="Or: name", required=False, max_length=150)
    email = forms.EmailField(
        label="E-mail", required=False, help_text="They get a link that needs no account and opens for 30 days."
    )
    because = forms.CharField(
        label="Why they sign and not the head", required=False, max_length=300, help_text="It stands on the report."
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.people_who_may_sign(but=actor)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_deputy = any(data.get(name) for name in ("person", "name", "email", "because"))
        if is_deputy and not data.get("person"):
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


class KindForm(forms.Form):
    """What a kind of report is called."""

    name = forms.CharField(label="Name", max_length=120)
    words = forms.CharField(label="What it is for", required=False, max_length=500, widget=area(2))


class AddKindForm(KindForm):
    copy_of = forms.ChoiceField(
        label="Begin with",
        required=False,
        choices=[],
        help_text="A copy has the sections and the due dates of the other.",
    )

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        copies = [(one.key, f"A copy of {one.name}") for one in kinds]
        self.fields["copy_of"].choices = [("", "One section, to build on"), *copies]


PUBLISHED = {"published": True, "not published": False}


class DueForm(forms.Form):
    """Stages and when they are due after signing, and due dates by the month of signing; one a line."""

    stages = forms.CharField(
        label="Stages",
        required=False,
        widget=area(5),
        max_length=5_000,
        help_text="One a line: a short key, its name, due from and to so many months after signing, published or not published, and where that "
        "stands. For example 1, Stage 1, 12, 18, published, the charter’s web page.",
    )

    cohorts = forms.CharField(
        label="Due dates by month of signing",
        required=False,
        widget=area(10),
        max_length=10_000,
        help_text="One a line: month of signing, stage, month by whose end it is due. For example 2019-12, 3, 2026-01.",
    )

    def clean_stages(self) -> list[dict[str, Any]]:
        stages = [_stage(line) for line in _lines(self.cleaned_data["stages"])]
        keys = [one["key"] for one in stages]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise forms.ValidationError(f"The key {twice} stands on two lines. Give each stage its own.")
        return stages

    def clean_cohorts(self) -> list[dict[str, str]]:
        if "stages" in self.errors:
            return []
        return [self._cohort(line) for line in _lines(self.cleaned_data["cohorts"])]

    def _cohort(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.split(",")]
        try:
            signed, stage, due = parts
            last_of(signed), last_of(due)
        except ValueError:
            raise forms.ValidationError(
                f"“{line}” is not a month, a stage and a month, such as 2019-12, 3, 2026-01."
            ) from None
        known = [one["key"] for one in self.cleaned_data["stages"]]
        if stage not in known:
            there_are = f"There are {', '.join(known)}." if known else "Name it above first."
            raise forms.ValidationError(f"In “{line}”: there is no stage {stage}. {there_are}")
        return {"signed": signed, "stage": stage, "due": due}


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.splitlines()))


def _stage(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split(",", 5)]
    try:
        key, name, first, last, published, source = parts if len(parts) > 5 else [*parts, ""]
        stage = {"key": key, "name": name, "first": int(first), "last": int(last), "source": source}
        stage["is_published"] = PUBLISHED[published.casefold()]
    except (ValueError, KeyError):
        raise forms.ValidationError(
            f"“{line}” does not say a key, a name, two numbers of months, and published or not published."
        ) from None
    if not key or len(key) > 20 or not name or not 0 <= stage["first"] <= stage["last"] <= MOST_MONTHS:
        raise forms.ValidationError(
            f"In “{line}”: the key is up to 20 letters, and the months go from a smaller number to a larger."
        )
    return stage


class HandInFormForm(forms.Form):
    """A Word form to be filled."""

    document = forms.FileField(label="The form, a Word document (.docx)", widget=DropFileInput)
