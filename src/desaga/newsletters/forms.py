from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from desaga.ui.forms import TrapMixin

from .models import LONGEST_INTRODUCTION, LONGEST_TITLE
from .offering import Piece


class IssueForm(forms.Form):
    title = forms.CharField(label="Title", max_length=LONGEST_TITLE, help_text="It is also the subject of the e-mail.")
    introduction = forms.CharField(
        label="Introduction",
        max_length=LONGEST_INTRODUCTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="A few lines of your own. Name nobody here who has not agreed to it.",
    )


class ChoosePiecesForm(forms.Form):
    """What may be put into an issue, as a list of ticks."""

    keys = forms.MultipleChoiceField(label="What goes into it", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Iterable[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.kind}: {one.title}{', ' + one.when if one.when else ''}") for one in offered
        ]


class EmailForm(TrapMixin, forms.Form):
    email = forms.EmailField(
        label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
    )


class EndForThemForm(forms.Form):
    email = forms.EmailField(label="Their e-mail", help_text="As they gave it.")
