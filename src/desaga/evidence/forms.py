"""What one types to give evidence, and to find it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from desaga.ui.forms import DatePartsField, FilterForm

from . import records, uses
from .checking import CheckedFile, FileRefused, check_file
from .files import ACCEPTED
from .models import LONGEST_LINK, LONGEST_TITLE, LONGEST_WORDS, Evidence
from .operations import GivenPiece
from .states import State

KINDS_IN_WORDS = "PDF, Word, Excel, PowerPoint, OpenDocument, .csv, .txt, .eml, or a picture as .jpg, .png or .webp"
#: A browser forgets the file that was chosen when a form comes back.
CHOOSE_AGAIN = "Nothing is wrong with “{name}”, but the browser has let go of it. Choose it again."
SOURCES = ("file", "link", "record")
ONE_OF_THEM = "Give one thing at a time: a file, a link, or a record of Desaga."


class EvidenceFileField(forms.FileField):
    """A file of evidence: cleaned, it is a `CheckedFile`. Looking at it takes a second or so, and the scanner's time."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ACCEPTED})
        super().__init__(**{"label": "A file", "required": False, "widget": widget, "allow_empty_file": True, **kwargs})
        self.help_text = kwargs.get("help_text") or f"{KINDS_IN_WORDS}; at most {megabytes()} MB."

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return check_file(upload)
        except FileRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal


def megabytes() -> int:
    return settings.LARGEST_EVIDENCE // (1024 * 1024)


class LinkField(forms.CharField):
    """An address of the web; one without a beginning gets https."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
        words = {"label": "Or a link", "required": False, "max_length": LONGEST_LINK, "widget": widget}
        super().__init__(**{**words, **kwargs})

    def clean(self, value: Any) -> str:
        link = (super().clean(value) or "").strip()
        if not link:
            return ""
        link = link if "://" in link else f"https://{link}"
        try:
            URLValidator(schemes=["http", "https"])(link)
        except ValidationError:
            raise ValidationError(
                "Write a whole address of the web, such as https://www.example.ac.uk/report.", code="link"
            ) from None
        return link


def choose_again(form: forms.Form, name: str) -> None:
    """Where something else has to be mended, say that the file must be chosen once more. Call at the end of `clean`."""
    upload = form.files.get(form.add_prefix(name))
    if form.errors and upload and name not in form.errors:
        form.add_error(name, CHOOSE_AGAIN.format(name=upload.name))


class AboutForm(forms.Form):
    """What stands with a piece of evidence."""

    title = forms.CharField(label="What it is called", max_length=LONGEST_TITLE)
    shows = forms.CharField(
        label="What it shows", required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences for somebody who will not open it.",
    )  # fmt: skip
    is_technician_voice = forms.BooleanField(
        label="It is in technicians’ own words", required=False,
        help_text="What technicians said or wrote themselves: an interview, a survey’s free text, a letter.",
    )  # fmt: skip
    given_by = forms.CharField(
        label="Who supplied it",
        max_length=200,
        help_text="A person, a group or an office. It may be somebody else than you.",
    )
    expires_on = DatePartsField(
        label="Until when it holds", required=False,
        help_text="Leave empty if it does not run out. Those who run the programme are reminded 30 days before.",
    )  # fmt: skip


class GiveEvidenceForm(AboutForm):
    """One piece: a file, a link, or a record, and what stands with it."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    file = EvidenceFileField()
    link = LinkField()
    record = forms.ChoiceField(label="Or a record of Desaga", required=False)

    field_order = (
        *SOURCES,
        "title",
        "shows",
        "is_technician_voice",
        "given_by",
        "expires_on",
        "submission",
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = "Leave empty for the name of the file, or where the link leads."
        choices = list(offered)
        self.fields["record"].choices = [("", "None"), *choices]
        if not choices:
            del self.fields["record"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = [name for name in SOURCES if name in self.fields and self._has(name)]
        if len(chosen) > 1:
            self.add_error(chosen[1], ONE_OF_THEM)
        elif not chosen:
            self.add_error("file", "Choose a file, or give a link.")
        choose_again(self, "file")
        return said

    def _has(self, name: str) -> bool:
        name = self.add_prefix(name)
        return bool(self.data.get(name) or self.files.get(name))

    @property
    def piece(self) -> GivenPiece:
        """What was given; after the form was found valid."""
        said = self.cleaned_data
        record = records.named(said["record"]) if said.get("record") else None
        return GivenPiece(
            file=said["file"], link=said["link"], record=record, title=said["title"], shows=said["shows"],
            is_technician_voice=said["is_technician_voice"], expires_on=said["expires_on"],
        )  # fmt: skip


class DeclineForm(forms.Form):
    """Why a piece is not accepted."""

    reason = forms.CharField(
        label="Why it is not accepted", max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever gave it reads this. Say what would do instead.",
    )  # fmt: skip


class ReplaceForm(forms.Form):
    """What comes in a piece's place."""

    by = forms.ModelChoiceField(
        queryset=Evidence._base_manager.none(), label="What takes its place", empty_label="Choose a piece",
        help_text="Give the new piece first. It will serve every action that this one served.",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = choices


class EvidenceFilterForm(FilterForm):
    """Which evidence to list. What it may serve is asked of those who use it."""

    q = forms.CharField(label="Words", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *State.choices])
    voice = forms.ChoiceField(label="Whose words", required=False, choices=[("", "All"), ("yes", "Technicians’ own")])
    runs_out = forms.ChoiceField(
        label="Runs out", required=False, choices=[("", "All"), ("soon", "Within 30 days"), ("past", "Has run out")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in uses.KINDS.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.label, required=False, choices=[("", "All"), *kind.choices()]
            )
