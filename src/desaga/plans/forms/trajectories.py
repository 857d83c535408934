"""What each completion and each fate count as in the sector study's metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from ..states import Completion, Fate
from ..trajectories import CLASS_CHOICES, COLOUR_CHOICES, DEFAULT, OF_THE_STUDY, key_of


class TrajectoryForm(forms.Form):
    """A choice for each completion and each fate."""

    def __init__(self, *args: Any, rule: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, choices in ((Completion, COLOUR_CHOICES), (Fate, CLASS_CHOICES)):
            for one in kind:
                key = key_of(one)
                self.fields[key] = forms.ChoiceField(label=str(one.label), choices=choices, initial=rule[key])

    def completions(self) -> Iterator[forms.BoundField]:
        return (self[key_of(one)] for one in Completion)

    def fates(self) -> Iterator[tuple[forms.BoundField, bool]]:
        """Each with whether the study itself says what it counts as."""
        return ((self[key_of(one)], one in OF_THE_STUDY) for one in Fate)

    def as_rule(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in DEFAULT}
