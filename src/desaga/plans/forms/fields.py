"""Fields that the forms of this slice share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from .. import dates

LONGEST_THEME = 300


def area(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class PartialDateField(forms.CharField):
    """A date as exact as it is known; answers "2027", "2027-03", "2027-03-31" or "" and takes what people write."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return dates.said(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        try:
            return dates.understood(super().clean(value) or "")
        except dates.NotADate as error:
            raise ValidationError(str(error), code="not_a_date") from None


class OnceForm(forms.Form):
    """A form that makes one thing however often it is sent."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class LinesField(forms.CharField):
    """A list of things, one a line. A line that was not touched stays exactly the thing that it was."""

    def __init__(self, *, write: Callable[[Any], str], read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": area(3), **kwargs})
        self.write, self.read = write, read
        self.former: list[Any] = []

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(map(self.write, value))

    def clean(self, value: Any) -> list[Any]:
        left = list(self.former)
        found = []
        for line in filter(None, (line.strip() for line in (super().clean(value) or "").splitlines())):
            same = next((one for one in left if self.write(one).strip() == line), None)
            if same is None:
                same = self._read(line)
            else:
                left.remove(same)
            found.append(same)
        return found

    def _read(self, line: str) -> Any:
        try:
            return self.read(line)
        except dates.NotADate as error:
            raise ValidationError(f"In the line “{line}”: {error}", code="not_a_date") from None


def refuse_end_before_start(form: forms.Form, data: Mapping[str, Any]) -> None:
    """Add an error where a period ends before it begins."""
    first, last = dates.first_day(data.get("starts")), dates.last_day(data.get("ends"))
    if first and last and last < first:
        form.add_error("ends", "The end comes before the start. Change one of them.")
