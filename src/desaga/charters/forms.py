from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.organisations.states import OrganisationKind
from desaga.ui.forms import DatePartsField, FilterForm

from .models import LONGEST_NAME, LONGEST_SUMMARY, LONGEST_WORDS, Charter
from .queries import frameworks_to_keep
from .states import Nation, Precision, SignatureState

ANY = ("", "Any")


def long_text(label: str, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def choice(label: str, choices: Iterable[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[ANY, *choices], required=False, **kwargs)


def address(label: str, **kwargs: Any) -> forms.URLField:
    return forms.URLField(label=label, required=False, assume_scheme="https", max_length=LONGEST_NAME, **kwargs)


class KeepCharterForm(forms.Form):
    """A charter whose aims are a framework's principles."""

    name = forms.CharField(label="What it is called", max_length=LONGEST_NAME)
    framework = forms.ChoiceField(
        label="The framework whose principles are its aims",
        help_text="One of your own frameworks in use, or one that everybody knows.",
    )
    summary = forms.CharField(
        label="In one sentence", max_length=LONGEST_SUMMARY, widget=forms.Textarea(attrs={"rows": 2})
    )
    about = long_text("What signing means", rows=5, required=False)
    source = address("Where one reads about it")
    source_read_on = DatePartsField(label="When you read it there", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = frameworks_to_keep()  # type: ignore[attr-defined]


class ChangeCharterForm(forms.ModelForm):
    source = address("Where one reads about it")
    source_read_on = DatePartsField(label="When you read it there", required=False)

    class Meta:
        model = Charter
        fields = ("name", "summary", "about", "source", "source_read_on", "is_historic")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2}), "about": forms.Textarea(attrs={"rows": 5})}


class OfferForm(forms.Form):
    to = forms.ModelChoiceField(
        label="Organisation", queryset=Organisation.objects.none(), help_text="Its leads get one e-mail each."
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = organisations  # type: ignore[attr-defined]


class PledgesForm(forms.Form):
    """One box for each aim; what is left empty is not pledged. `pledges` are the words by the aim's code."""

    def __init__(self, *args: Any, aims: Sequence[Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aims = aims
        for number, aim in enumerate(aims):
            self.fields[f"pledge_{number}"] = long_text(aim["title"], required=False)

    @property
    def pledges(self) -> dict[str, str]:
        return {aim["code"]: self.cleaned_data.get(f"pledge_{n}", "") for n, aim in enumerate(self.aims)}


class SignForm(PledgesForm):
    signed_by = forms.CharField(
        label="Who signs", max_length=LONGEST_NAME, help_text="Name and role of the head of the organisation. The public does not see it."
    )  # fmt: skip
    signed_on = DatePartsField(label="Signed on")
    nation = forms.ChoiceField(label="Nation", choices=Nation.choices)
    words = long_text("Why you sign, in your own words", required=False)


class EnterForm(PledgesForm):
    name = forms.CharField(label="Who signed", max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label="Kind", choices=OrganisationKind.choices)
    nation = choice("Nation", Nation.choices)
    signed_on = DatePartsField(
        label="Signed on", required=False, help_text="Leave it empty where the day is not known."
    )
    precision = forms.ChoiceField(label="How exactly it is known", choices=Precision.choices, initial=Precision.DAY)
    home_page = address("Home page")
    plan_url = address("Public page of its plan")
    note = forms.CharField(
        label="Note", max_length=LONGEST_SUMMARY, required=False, help_text="Shown with the signature."
    )


class PlaceForm(forms.Form):
    """Where a signature stands. Cohort, stage and the day of the report are the keeper's to say."""

    cohort = choice("Cohort", ())
    stage = choice("Stage", ())
    report_due_on = DatePartsField(label="Next yearly report due", required=False)
    nation = choice("Nation", Nation.choices)
    home_page = address("Home page")
    plan_url = address(
        "Public page of the action plan", help_text="Plans that are published here are linked by themselves."
    )

    def __init__(self, *args: Any, charter: Charter, is_keeper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (("cohort", charter.cohorts), ("stage", charter.stages)):
            if is_keeper and known:
                self.fields[name].choices = [ANY, *known]  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        if not is_keeper or charter.is_historic:
            del self.fields["report_due_on"]


class SayWhyForm(forms.Form):
    words = long_text("Why", help_text="The other side reads it.")


class WithdrawForm(forms.Form):
    words = long_text("Why, if you wish to say", required=False)


class YearForm(forms.Form):
    """The year of a report to begin: this one or one of the two before."""

    year = forms.TypedChoiceField(label="Year", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        self.fields["year"].choices = [(year, str(year)) for year in range(this, this - 3, -1)]  # type: ignore[attr-defined]


PARTS = ("done", "evidence", "evidence_url", "next")


class ReportForm(forms.Form):
    """The year in short, and for each pledge what was done, what shows it, and what comes next."""

    summary = long_text("The year in short", required=False)

    def __init__(self, *args: Any, pledges: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pledges = pledges
        for number in range(len(pledges)):
            self.fields[f"done_{number}"] = long_text("Done", required=False)
            self.fields[f"evidence_{number}"] = forms.CharField(
                label="What shows it", max_length=LONGEST_NAME, required=False
            )
            self.fields[f"evidence_url_{number}"] = address("Where it can be read")
            self.fields[f"next_{number}"] = long_text("Next", rows=2, required=False)

    def by_pledge(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each pledge with its four fields, to be shown together."""
        return [(one, [self[f"{part}_{n}"] for part in PARTS]) for n, one in enumerate(self.pledges)]

    @property
    def lines(self) -> dict[str, dict[str, str]]:
        said = self.cleaned_data
        return {one.code: {part: said[f"{part}_{n}"] for part in PARTS} for n, one in enumerate(self.pledges)}


class SignaturesFilter(FilterForm):
    q = forms.CharField(label="Words", required=False)
    state = choice("State", SignatureState.choices)
    kind = choice("Kind", OrganisationKind.choices)
    nation = choice("Nation", Nation.choices)
