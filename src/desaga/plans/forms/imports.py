"""What one types while a document becomes a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desaga.ui.forms import DropFileInput, FilterForm

from ..operations.imports import LARGEST_DOCUMENT, MEGABYTE
from .fields import OnceForm, area

LONGEST_PASTE = 2_000_000
READABLE = ".json,.docx,.docm,.xlsx,.xlsm,.xls,.ods,.pdf,.txt,.md,.csv,.tsv,.html,.htm"


class HandInForm(OnceForm):
    """A file, or words pasted from somewhere."""

    document = forms.FileField(
        label="The file that you have",
        required=False,
        widget=DropFileInput(attrs={"accept": READABLE}),
        help_text="Word, Excel, OpenDocument, PDF with text in it, web page, or plain text; at most 25 MB.",
    )
    text = forms.CharField(
        label="Or paste the text of the plan",
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=area(8, spellcheck="false"),
        help_text="From a web page or an e-mail. A table copied from a spreadsheet keeps its columns.",
    )

    updates = forms.ChoiceField(
        label="Is it a new plan, or a newer state of one?",
        required=False,
        help_text="A file that was taken out of Desaga says so itself. A newer state is shown beside the plan: you choose what to take over.",
    )

    def __init__(self, *args: Any, plans: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "A new plan, unless the file says otherwise"), *plans]
        self.fields["updates"].choices = choices
        if len(choices) == 1:
            del self.fields["updates"]

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document and document.size > LARGEST_DOCUMENT:
            limit = LARGEST_DOCUMENT // MEGABYTE
            raise ValidationError(
                f"“{document.name}” is larger than {limit} MB. Remove pictures from it or split it, and choose it again.",
                code="too_large",
            )
        return document

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("document") and not (data.get("text") or "").strip():
            self.add_error("document", "Choose a file, or paste the text below.")
        return data


class ThemeForm(forms.Form):
    """The theme that a row is put under; empty for none."""

    theme = forms.CharField(required=False)


class ReviewFilterForm(FilterForm):
    """Which rows of an import to look at."""

    notice = forms.ChoiceField(label="Doubts", required=False)
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All"),
            ("open", "Not looked at yet"),
            ("kept", "Kept"),
            ("corrected", "Corrected"),
            ("dropped", "Dropped"),
            ("usual", "Business as usual"),
        ],
    )
    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, *args: Any, kinds: Mapping[str, int], words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(kind, f"{words.get(kind, kind)} ({number})") for kind, number in kinds.items()]
        self.fields["notice"].choices = [("", "All rows"), *([("any", "Any doubt")] if told else []), *told]
