"""What one says of a document's columns, words and names, all in one form each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from desaga.organisations.forms import LoadForm
from desaga.ui.forms import FilterForm

from ..queries.parties import same_words
from ..reading.headings import column_of
from ..reading.words import key
from ..states import ChoiceKind
from ..wording import COLUMN_WORDS, LEFT_OUT

READER, OUT = "", "out"
NO_SUCH_PARTY = "There is no party of this name. Choose one of the list, or add it as somebody new."
KNOWN_BY_ITSELF = (
    "This name is a party’s own code or name, so it always means it. Choose another party, or change the party."
)


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


class NamesForm(forms.Form):
    """Whom each name means: one of `parties`, by their labels, found while one types. A name that is emptied is taken back."""

    def __init__(self, *args: Any, names: Sequence[Any], parties: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {field_name("name", name.words): name for name in names}
        self.parties = {same_words(label): party for label, party in parties.items()}
        for party in parties.values():
            for words in filter(None, (party.name, party.code)):
                self.parties.setdefault(same_words(words), party)
        for field, name in self.names.items():
            shown = party_label(name.party) if name.party else ""
            attrs = {"list": "parties", "autocomplete": "off", "spellcheck": "false", "class": "dsg-who"}
            self.fields[field] = forms.CharField(
                label=name.words, required=False, max_length=300, initial=shown, widget=forms.TextInput(attrs=attrs)
            )
            self.fields[f"was-{field}"] = forms.CharField(required=False, initial=shown, widget=forms.HiddenInput)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [{"name": name, "field": self[field], "was": self[f"was-{field}"]} for field, name in self.names.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.meant: dict[str, tuple[Any, Any]] = {}
        for field, name in self.names.items():
            typed, was = same_words(data.get(field, "")), same_words(data.get(f"was-{field}", ""))
            if typed == was:
                continue
            if typed and typed not in self.parties:
                self.add_error(field, NO_SUCH_PARTY)
            elif not typed and name.party and not name.choice:
                self.add_error(field, KNOWN_BY_ITSELF)
            else:
                self.meant[name.words] = (self.parties.get(typed), self.parties.get(was))
        return data

    def show_now(self, words: str, party: str) -> None:
        """Say that somebody else chose meanwhile, and let the next press know of it."""
        field = field_name("name", words)
        self.data = self.data.copy()
        self.data[f"was-{field}"] = self[f"was-{field}"].initial
        self.add_error(field, f"Somebody has said meanwhile that this is {party}. Save again if it is not.")


class NamesFilterForm(FilterForm):
    """Which names to look at."""

    show = forms.ChoiceField(
        label="Show", required=False, choices=[("", "All names"), ("open", "Not known yet"), ("said", "Said by us")]
    )
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))


class AddressesForm(LoadForm):
    """Contact addresses as a file or as pasted lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["pasted", "sheet"])
        pasted, sheet = self.fields["pasted"], self.fields["sheet"]
        pasted.label, sheet.label = "Paste names and addresses", "Or choose a file"
        pasted.help_text = (
            "One name a line with its addresses: TSM, ann@example.ac.uk or Ann Smith <ann@example.ac.uk>."
        )
        sheet.help_text = "An .xlsx, .ods or .csv file of at most 5 MB: a name and its addresses in each row."


def party_label(party: Any) -> str:
    """A party as lists offer it: name and code."""
    return f"{party.name} ({party.code})" if party.code else party.name


class RememberedFilterForm(FilterForm):
    """Which remembered choices to look at."""

    kind = forms.ChoiceField(label="About", required=False, choices=[("", "All"), *ChoiceKind.choices])
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
