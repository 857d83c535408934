"""Which piece of evidence serves an action too."""

from __future__ import annotations

from typing import Any

from django import forms

from desaga.evidence.models import Evidence


class UseEvidenceForm(forms.Form):
    """A piece that is there already."""

    evidence = forms.ModelChoiceField(
        queryset=Evidence._base_manager.none(), label="Which piece", empty_label="Choose a piece",
        help_text="The newest stand first. It is kept once, and counts for each action that it serves.",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = choices
