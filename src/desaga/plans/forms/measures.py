"""What one says of a measure, and of where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from desaga.indicators.lines import Line, line_of
from desaga.indicators.queries import Option
from desaga.ui.forms import DatePartsField

from ..models.measures import LARGEST
from ..states import Direction
from .fields import PartialDateField

NARROW = forms.NumberInput(attrs={"class": "govuk-input--width-10", "step": "any", "inputmode": "decimal"})


def amount(label: str, **kwargs: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=12, decimal_places=2, min_value=0, max_value=LARGEST, widget=NARROW, **kwargs
    )  # type: ignore[arg-type]


class MeasureForm(forms.Form):
    what = forms.CharField(
        label="What is counted", max_length=200, help_text="For example case studies, or of technical staff registered."
    )
    direction = forms.ChoiceField(label="It is to be", choices=Direction.choices)
    target = amount("This many", required=False, help_text="Leave it empty where only the direction is known.")
    is_share = forms.BooleanField(label="It is a share, in per cent", required=False)
    baseline = amount("Where it stood at the beginning", required=False)
    due = PartialDateField(label="By", help_text="For example 2027, July 2027 or 31 July 2027.")


class ReadingForm(forms.Form):
    value = amount("It stands at")
    on = DatePartsField(label="On", initial=timezone.localdate)
    note = forms.CharField(
        label="Where that is from", required=False, max_length=300, help_text="A list, a page, who counted."
    )


class SourceForm(forms.Form):
    """Where a measure's readings come from."""

    source = forms.ChoiceField(label="Its readings come from", required=False)

    def __init__(
        self, *args: Any, sources: Sequence[Option], meant: Sequence[Option], now: tuple[str, str] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        groups = (
            ("These may be meant", meant),
            ("Counted by Desaga, every night", [one for one in sources if not one.is_manual and one not in meant]),
            ("Counted by hand", [one for one in sources if one.is_manual and one not in meant]),
        )
        self.fields["source"].choices = [
            ("", "People: they say from time to time where it stands"),
            *([("Now", [now])] if now else []),
            *((label, [(str(one.line), one.name) for one in some]) for label, some in groups if some),
        ]

    def clean_source(self) -> Line | None:
        words = self.cleaned_data["source"]
        return line_of(words) if words else None
