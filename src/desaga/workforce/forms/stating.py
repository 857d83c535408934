"""What figures are counted by, and what no extract knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_scopes.forms import SafeModelChoiceField

from desaga.disclosure import INTERNAL_THRESHOLDS
from desaga.organisations.models import Unit
from desaga.organisations.queries import open_units
from desaga.ui.forms import DropFileInput

from ..figuring.groups import comparable
from ..models.stating import MOST_POSTS
from ..readiness.fields import year_words
from ..states import Characteristic

NARROW = {"class": "govuk-input--width-5", "inputmode": "decimal"}


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
        if not all(word.isascii() and word.isdecimal() and len(word) <= 3 for word in words):
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
        label="Posts advertised", min_value=0, max_value=MOST_POSTS, widget=forms.NumberInput(attrs=NARROW),
        help_text="0 where the unit advertised none: that is a number too, and not the same as not knowing.",
    )  # fmt: skip
    applicants = forms.IntegerField(
        label="Applicants for them together", min_value=0, max_value=100_000, required=False, widget=forms.NumberInput(attrs=NARROW),
        help_text="Leave it empty if you do not know.",
    )  # fmt: skip

    def clean_applicants(self) -> int | None:
        applicants = self.cleaned_data["applicants"]
        if self.cleaned_data.get("posts") == 0 and applicants:
            raise ValidationError("Nobody applies where no post is advertised. Leave it empty.", code="no_post")
        return applicants


class YearField(forms.TypedChoiceField):
    """A collection year, this one or one of the last five."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"label": "Collection year", "coerce": int, "help_text": "From 1 August to 31 July."}
        super().__init__(choices=_years, **{**told, **kwargs})


def _years() -> list[tuple[int, str]]:
    this = timezone.localdate().year
    return [(year, year_words(year)) for year in range(this, this - 6, -1)]


class PostsFileForm(forms.Form):
    """A file of posts, and the year that it is of."""

    year = YearField()
    document = forms.FileField(
        label="The file", widget=DropFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
        help_text="Excel or CSV, at most 1 MB. A column says the unit by name or code, others may say how many posts and how many applicants. Without a number of posts, each row is one post. Technical posts only, and no names.",
    )  # fmt: skip


class PostsForm(CorrectPostsForm):
    """Technical posts that a unit advertised in a year."""

    year = YearField()
    unit = SafeModelChoiceField(queryset=Unit.objects, label="Unit")

    field_order = ("year", "unit", "posts", "applicants")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
