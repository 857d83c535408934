"""Input to clean data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_scopes.forms import SafeModelChoiceField

from desaga.disclosure import INTERNAL_THRESHOLDS
from desaga.organisations.models import Unit
from desaga.organisations.queries import open_units
from desaga.ui.forms import DatePartsField, DropFileInput, FilterForm

from .counting import exact
from .figuring.groups import comparable
from .models import Limits, Snapshot
from .models.stating import MOST_POSTS
from .operations.handing import LARGEST_EXTRACT, MEGABYTE
from .presenting import ListToMap, fields_to_choose
from .readiness.fields import year_words
from .reading.fields import BY_KEY
from .states import Characteristic, Coverage, Grain

NARROW = {"class": "govuk-input--width-5", "inputmode": "decimal"}


class HandInForm(forms.Form):
    """A file, the day that it shows, and whom it covers."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    document = forms.FileField(
        label="The file from your HR system",
        widget=DropFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
        help_text="Excel or CSV as it comes, at most 25 MB. Leave pay, addresses and bank details out of it: they are not needed.",
    )
    as_at = DatePartsField(
        label="The day that it shows", help_text="As at this day, such as 31 July.", initial=timezone.localdate
    )
    coverage = forms.ChoiceField(
        label="Whom does it cover?",
        choices=Coverage.choices,
        widget=forms.RadioSelect,
        help_text="With technical staff only, whoever is gone may have left or may be in another kind of post: they are not counted as leavers.",
    )
    supersedes = forms.ModelChoiceField(
        label="Does it take the place of a snapshot that is wrong?", queryset=Snapshot.objects.none(), required=False,
        empty_label="No, it is a new one", help_text="The wrong one is kept, and no figure counts it any more.",
    )  # fmt: skip

    def __init__(self, *args: Any, snapshots: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if snapshots:
            self.fields["supersedes"].queryset = snapshots
        else:
            del self.fields["supersedes"]

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document.size > LARGEST_EXTRACT:
            raise ValidationError(
                f"The file is larger than {LARGEST_EXTRACT // MEGABYTE} MB. Leave out columns that are not needed, or save it as .xlsx.",
                code="too_large",
            )
        return document


class MapColumnsForm(forms.Form):
    """What each column is, what a row is, and the full-time week."""

    grain = forms.ChoiceField(
        label="One row of the file is", choices=[(one.value, one.label.removeprefix("One row ")) for one in Grain]
    )
    full_time_hours = forms.DecimalField(
        label="Full-time week, hours", min_value=1, max_value=60, max_digits=4, decimal_places=2, widget=forms.NumberInput(attrs=NARROW),
        help_text="Hours a week are divided by it.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, profile: Mapping[str, Any], columns: Mapping[int, str], equality: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        choices = [("", "Left out"), *fields_to_choose(equality=equality)]
        for n, head in enumerate(profile["heads"]):
            key = columns.get(n, "")
            if key and BY_KEY[key].is_equality and not equality:
                key = ""
            self.fields[f"column_{n}"] = forms.ChoiceField(label=head, choices=choices, required=False, initial=key)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each column: heading, samples, how full it is, and the field to choose."""
        told = self.profile["columns"]
        return [
            {"head": head, "samples": told[n]["samples"], "filled": told[n]["filled"], "field": self[f"column_{n}"]}
            for n, head in enumerate(self.profile["heads"])
        ]

    @property
    def mapped(self) -> dict[int, str]:
        return {n: key for n in range(len(self.profile["heads"])) if (key := self.cleaned_data[f"column_{n}"])}


class CodesForm(forms.Form):
    """A code for each word that no list knows. Nothing chosen: not decided."""

    def __init__(self, *args: Any, lists: Iterable[ListToMap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = list(lists)
        self.words_of: dict[str, tuple[str, str]] = {}
        for at, one in enumerate(self.lists):
            codes = [(code, f"{code} {label}") for code, label in one.codes.values.items()]
            for n, word in enumerate(one.words):
                name = f"word_{at}_{n}"
                likely = word.proposals[0] if word.proposals else ""
                choices = [("", "Not decided"), *codes, ("none", "No code fits")]
                self.fields[name] = forms.ChoiceField(label=word.words, choices=choices, required=False, initial=likely)
                self.words_of[name] = (word.list_key, word.words)

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [
            {
                "list": one.codes,
                "column": one.column,
                "lines": [{"word": word, "field": self[f"word_{at}_{n}"]} for n, word in enumerate(one.words)],
            }
            for at, one in enumerate(self.lists)
        ]

    @property
    def chosen(self) -> dict[tuple[str, str], str]:
        """(list, word) to code; empty where somebody said that none fits."""
        said = {name: self.cleaned_data[name] for name in self.words_of if self.cleaned_data[name]}
        return {self.words_of[name]: "" if code == "none" else code for name, code in said.items()}


class SheetForm(forms.Form):
    """Which sheet and which row hold the headings."""

    sheet = forms.ChoiceField(label="Sheet", required=False)
    head_row = forms.IntegerField(
        label="Headings stand in row", min_value=1, max_value=1000, widget=forms.NumberInput(attrs=NARROW)
    )

    def __init__(self, *args: Any, sheets: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one, one) for one in sheets if one]
        if len(named) > 1:
            self.fields["sheet"].choices = named
        else:
            del self.fields["sheet"]


class FaultFilterForm(FilterForm):
    """Narrows the faults to one kind in one column."""

    kind = forms.ChoiceField(label="Fault", required=False)

    def __init__(self, *args: Any, counts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            ("", "All"),
            *(
                (one.key, f"{one.column + ': ' if one.column else ''}{one.what} ({exact(one.number)})")
                for one in counts
            ),
        ]


class LimitsForm(forms.ModelForm):
    class Meta:
        model = Limits
        fields = ("most_faulty", "largest_change", "full_time_hours")
        widgets = dict.fromkeys(fields, forms.NumberInput(attrs=NARROW))


class LinesField(forms.CharField):
    """One value a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(str(one) for one in value)

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]


class AgesField(forms.CharField):
    """Whole years, with commas between."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(str(one) for one in value)

    def clean(self, value: Any) -> list[int]:
        words = [word for word in (super().clean(value) or "").replace(";", ",").replace(" ", ",").split(",") if word]
        if not all(word.isdigit() and len(word) <= 3 for word in words):
            raise ValidationError("Give whole years with commas between, such as 60, 65, 67.", code="not_years")
        return [int(word) for word in words]


class StatementForm(forms.Form):
    """What figures are counted by."""

    grades = LinesField(
        label="Grades, the lowest first", required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=4000,
        help_text="One a line, as the extract names them. A promotion is a move to a grade further down this list; a grade that is not in it is neither up nor down.",
    )  # fmt: skip
    age_bands = AgesField(
        label="Bands of age begin at", help_text="The first age of each band but the youngest: 26, 36 makes 25 and under, 26 to 35, 36 and over."
    )  # fmt: skip
    retirement_ages = AgesField(
        label="Ages of retirement",
        help_text="Those of your pension schemes and of the state pension, the youngest first. At most five.",
    )
    threshold = forms.TypedChoiceField(
        label="How few people are hidden inside", coerce=int, widget=forms.RadioSelect,
        choices=[(one, f"Fewer than {one} people") for one in INTERNAL_THRESHOLDS],
        help_text="They are hidden with what would give them away. It holds from the next release on, and stands beside every figure. The higher, the more figures of small units are hidden. For the public, numbers are rounded as HESA does, whatever you choose.",
    )  # fmt: skip
    ukprn = forms.RegexField(
        r"^\d{8}$", label="UKPRN", required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"}),
        help_text="Eight figures. It heads the coded export for the Staff record.", error_messages={"invalid": "A UKPRN has eight figures."},
    )  # fmt: skip


class CorrectPostsForm(forms.Form):
    """How many posts, and how many applied."""

    posts = forms.IntegerField(
        label="Posts advertised", min_value=1, max_value=MOST_POSTS, widget=forms.NumberInput(attrs=NARROW)
    )
    applicants = forms.IntegerField(
        label="Applicants for them together", min_value=0, max_value=100_000, required=False, widget=forms.NumberInput(attrs=NARROW),
        help_text="Leave it empty if you do not know.",
    )  # fmt: skip


class PostsForm(CorrectPostsForm):
    """Technical posts that a unit advertised in a year."""

    year = forms.TypedChoiceField(label="Collection year", coerce=int, help_text="From 1 August to 31 July.")
    unit = SafeModelChoiceField(queryset=Unit.objects, label="Unit")

    field_order = ("year", "unit", "posts", "applicants")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        self.fields["year"].choices = [(year, year_words(year)) for year in range(this, this - 6, -1)]
        self.fields["unit"].queryset = open_units()


class ComparatorForm(forms.Form):
    """A share of others, with where it comes from."""

    about = forms.ChoiceField(label="Of whom is the share?")
    share = forms.DecimalField(
        label="Share, per cent", min_value=0, max_value=100, max_digits=5, decimal_places=2, widget=forms.NumberInput(attrs=NARROW)
    )  # fmt: skip
    name = forms.CharField(
        label="Among whom?",
        max_length=200,
        help_text="Such as: technicians of the sector, people of working age in the region.",
    )
    year = forms.CharField(
        label="Year",
        max_length=20,
        help_text="Such as 2022/23.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    source = forms.CharField(
        label="Source",
        max_length=500,
        help_text="Where anybody can look it up: an address, or title and page. It stands under every chart that shows the share.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [
            (f"{characteristic}:{group}", f"{Characteristic(characteristic).label}: {words}")
            for (characteristic, group), words in comparable().items()
        ]

    @property
    def told(self) -> dict[str, Any]:
        """The cleaned data as the operations take them."""
        data = dict(self.cleaned_data)
        characteristic, _, group = data.pop("about").partition(":")
        return {"characteristic": characteristic, "group": group, **data}


class PrepareReleaseForm(forms.Form):
    """Which snapshot, and what the period is called."""

    snapshot = forms.ModelChoiceField(
        label="Which snapshot is counted?",
        queryset=Snapshot.objects.none(),
        empty_label=None,
        help_text="Starters, leavers and moves are counted against the snapshot nearest to a year before it.",
    )
    name = forms.CharField(
        label="What is the period called?", max_length=60, help_text="As readers know it, such as July 2026 or 2025/26."
    )

    def __init__(self, *args: Any, snapshots: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["snapshot"].queryset = snapshots


class RestateForm(PrepareReleaseForm):
    """As preparing, and what changed since."""

    what_changed = forms.CharField(
        label="What changed?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever has used the earlier figures reads this beside the new ones. Name no person.",
    )


class WithdrawForm(forms.Form):
    """Why figures are taken back."""

    because = forms.CharField(
        label="Why are they withdrawn?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Readers see this in place of the figures. Name no person.",
    )
