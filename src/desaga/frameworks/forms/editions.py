"""What is said about an edition, and the ways in which its principles come in."""

from __future__ import annotations

from typing import Any

from django import forms

from desaga.ui.forms import DropFileInput, FilterForm

from ..states import Kind

LARGEST_DOCUMENT = 5 * 1024 * 1024
LONGEST_PASTE = 500_000


class FrameworkFilter(FilterForm):
    """Which frameworks to look at."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))


class EditionForm(forms.Form):
    """What an edition is called, what its principles are, and where it is written."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="As your plans name it. The name tells the edition as well, so a later one is called, for example, Our values 2026.",
    )
    kind = forms.ChoiceField(label="What its principles are", choices=Kind.choices)
    version = forms.CharField(label="Edition", max_length=80, required=False, help_text="For example March 2026.")
    source = forms.CharField(
        label="Where it is written",
        max_length=500,
        required=False,
        help_text="A web address, or the name of the document.",
    )

    def __init__(self, *args: Any, name_stays: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name_stays:
            self.fields["name"].disabled = True
            self.fields["name"].help_text = "The name stays, because actions name it. A new edition can have another."


class AddFrameworkForm(EditionForm):
    """The same, with the document or the words that its principles are read from.

    `read` holds what was read already, signed, so that no document has to be chosen twice; `part` says which of several.
    """

    document = forms.FileField(
        label="Read its principles from a document",
        required=False,
        widget=DropFileInput(attrs={"accept": ".docx,.xlsx,.ods,.csv,.pdf,.txt,.md,.html"}),
        help_text="Word, Excel, PDF with text in it, .csv or plain text; at most 5 MB. You see what was read, and correct it, before it is used.",
    )
    pasted = forms.CharField(
        label="Or paste them",
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One a line: V1 – We care for each other. Cells that you copied from a spreadsheet work too.",
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    part = forms.ChoiceField(
        label="Which part of it is the framework?",
        widget=forms.RadioSelect,
        error_messages={"required": "Several tables or lists may be it. Choose the one that is the framework."},
    )

    def __init__(self, *args: Any, parts: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parts and len(parts) > 1:
            self.fields["part"].choices = parts
        else:
            del self.fields["part"]

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document and document.size > LARGEST_DOCUMENT:
            raise forms.ValidationError(
                "The file is larger than 5 MB. Save only the pages with the principles, and choose it again."
            )
        return document


class NewEditionForm(AddFrameworkForm):
    """A new edition; where no document and no words are given, it begins with the principles as they are now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].label = "Read the new principles from a document"
        self.fields[
            "document"
        ].help_text += " Without a document the new edition begins with the principles as they are."
