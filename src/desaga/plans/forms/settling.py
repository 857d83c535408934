"""What one says of a document's columns, words and names, all in one form each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from desaga.ui.forms import FilterForm

from ..reading.headings import column_of
from ..reading.words import key
from ..states import ChoiceKind
from ..wording import COLUMN_WORDS, LEFT_OUT

READER, OUT = "", "out"


def field_name(kind: str, words: str) -> str:
    """The field of some words: the same however many others there are, so that two people never settle each other's."""
    return f"{kind}-{hashlib.sha256(key(words).encode()).hexdigest()[:16]}"


class ColumnsForm(forms.Form):
    """What each heading's column is. `now` is what has been said already, by the heading's key."""

    def __init__(self, *args: Any, headings: Sequence[Any], now: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = {field_name("column", heading.words): heading for heading in headings}
        for name, heading in self.headings.items():
            role = column_of(heading.words).role
            by_itself = "Left to the reader" + (f" (by its words: {COLUMN_WORDS[role]})" if role else "")
            told = now.get(key(heading.words))
            self.fields[name] = forms.ChoiceField(
                label=heading.words,
                required=False,
                choices=[(READER, by_itself), *COLUMN_WORDS.items(), (OUT, LEFT_OUT)],
                initial=READER if told is None else told["role"] or OUT,
            )

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [{"heading": heading, "field": self[name]} for name, heading in self.headings.items()]

    def roles(self) -> dict[str, str | None]:
        """The role by heading, as `operations.imports.rehead_columns` takes it; fields that were not sent are left."""
        said = {READER: None, OUT: ""}
        return {
            heading.words: said.get(self.cleaned_data[name], self.cleaned_data[name])
            for name, heading in self.headings.items()
            if name in self.data
        }


class RememberedFilterForm(FilterForm):
    """Which remembered choices to look at."""

    kind = forms.ChoiceField(label="About", required=False, choices=[("", "All"), *ChoiceKind.choices])
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
