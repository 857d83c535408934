"""What one says of a document's columns, words and names, all in one form each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from desaga.organisations.forms import LoadForm
from desaga.ui.forms import FilterForm

from .. import dates
from ..operations.imports import Said
from ..queries.parties import same_words
from ..reading.headings import column_of
from ..reading.words import key
from ..states import ChoiceKind, Status
from ..wording import COLUMN_WORDS, LEFT_OUT, meaning_in_words
from .fields import PartialDateField

READER, OUT, NONE_OF_THEM = "", "out", "none"
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


class WordsForm(forms.Form):
    """What words mean: principles as "framework: code" with semicolons between, a status, a phase's first and last date.

    `words` are `queries.words.Word`s; `principles` what can be chosen, by "framework: code".
    """

    def __init__(self, *args: Any, words: Sequence[Any], principles: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = {field_name(word.kind, word.words): word for word in words}
        self.principles = {same_words(label): told[:2] for label, told in principles.items()}
        self.principles |= {same_words(told[1]): told[:2] for told in reversed(principles.values())}
        for name, word in self.words.items():
            self.fields |= {name + part: field for part, field in self._fields_of(word).items()}
            seen = word.choice.at.isoformat() if word.choice else ""
            self.fields[f"{name}-seen"] = forms.CharField(required=False, initial=seen, widget=forms.HiddenInput)

    def _fields_of(self, word: Any) -> dict[str, forms.Field]:
        told = word.choice.meaning if word.choice else {}
        match word.kind:
            case ChoiceKind.STATUS:
                by_itself = f"Left to the reader: {Status(word.taken).label}" if word.taken else "Left to the reader"
                choices = [(READER, by_itself), *Status.choices, (OUT, "No status: a comment")]
                now = (told["status"] or OUT) if told else READER
                return {"": forms.ChoiceField(label=word.words, required=False, choices=choices, initial=now)}
            case ChoiceKind.PHASE:
                start = PartialDateField(label=f"{word.words} from", initial=told.get("start") or "")
                return {"-start": start, "-end": PartialDateField(label="until", initial=told.get("end") or "")}
        attrs = {"list": "principles", "autocomplete": "off", "spellcheck": "false", "class": "dsg-who"}
        now = NONE_OF_THEM if told and not told["principles"] else _principles_line(told.get("principles", []))
        field = forms.CharField(
            label=word.words, required=False, max_length=600, initial=now, widget=forms.TextInput(attrs=attrs)
        )
        return {"": field}

    def lines(self, kind: ChoiceKind) -> list[dict[str, Any]]:
        parts = ("-start", "-end") if kind == ChoiceKind.PHASE else ("",)
        return [
            {"word": word, "fields": [self[name + part] for part in parts], "seen": self[f"{name}-seen"]}
            for name, word in self.words.items()
            if word.kind == kind
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.said: list[Said] = []
        for name, word in self.words.items():
            parts = [name + part for part in self._fields_of(word)]
            was_sent = any(part in self.data for part in parts)
            if not was_sent or any(part in self.errors for part in parts):
                continue
            if not any(part in self.changed_data for part in parts):
                continue
            meaning = self._meaning(name, word, data)
            if name not in self.errors and f"{name}-end" not in self.errors:
                self.said.append(Said(word.kind, word.words, meaning, data.get(f"{name}-seen", "")))
        return data

    def _meaning(self, name: str, word: Any, data: Mapping[str, Any]) -> dict[str, Any] | None:
        match word.kind:
            case ChoiceKind.STATUS:
                chosen = data[name]
                return None if chosen == READER else {"status": "" if chosen == OUT else chosen}
            case ChoiceKind.PHASE:
                start, end = data[f"{name}-start"], data[f"{name}-end"]
                if start and end and (dates.first_day(start) or date.min) > (dates.last_day(end) or date.max):
                    self.add_error(f"{name}-end", "The end comes before the start. Change one of them.")
                return {"start": start or None, "end": end or None} if start or end else None
        return self._principles(name, data[name])

    def _principles(self, name: str, typed: str) -> dict[str, Any] | None:
        if not typed.strip():
            return None
        if same_words(typed) == NONE_OF_THEM:
            return {"principles": []}
        said = [part for part in map(same_words, typed.split(";")) if part]
        if unknown := [part for part in said if part not in self.principles]:
            self.add_error(name, f"No framework here has “{unknown[0]}”. Choose one of the list, or write none.")
            return None
        return {"principles": [list(self.principles[part]) for part in said]}

    def show_now(self, kind: str, words: str) -> None:
        """Say that somebody else chose meanwhile, and let the next press know of it."""
        name = field_name(kind, words)
        choice = self.words[name].choice
        self.data = self.data.copy()
        self.data[f"{name}-seen"] = self[f"{name}-seen"].initial
        meant = f"that this is {meaning_in_words(choice)}" if choice else "to leave this to the reader"
        at = f"{name}-end" if kind == ChoiceKind.PHASE else name
        self.add_error(at, f"Somebody has said meanwhile {meant}. Save again to change that.")


def _principles_line(principles: Sequence[Sequence[str]]) -> str:
    return "; ".join(f"{framework}: {code}" for framework, code in principles)


class AddressesForm(LoadForm):
    """Contact addresses as a file or as pasted lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["pasted", "sheet"])
        pasted, sheet = self.fields["pasted"], self.fields["sheet"]
        pasted.label, sheet.label = "Paste names and addresses", "Or choose a file"
        pasted.help_text = (
            "One name a line with its addresses: TSM, ann@example.ac.uk; or Ann Smith (ann@example.ac.uk)."
        )
        sheet.help_text = "An .xlsx, .ods or .csv file of at most 5 MB: a name and its addresses in each row."


def party_label(party: Any) -> str:
    """A party as lists offer it: name and code."""
    return f"{party.name} ({party.code})" if party.code else party.name


class RememberedFilterForm(FilterForm):
    """Which remembered choices to look at."""

    kind = forms.ChoiceField(label="About", required=False, choices=[("", "All"), *ChoiceKind.choices])
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
