"""What each status and RAG count as in the Commitment's forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from ..reporting import RAGS, STATUSES, Pair, key_of
from ..states import Rag, Reported, Status

NOT_SAID = "Not said"


class ReportingForm(forms.Form):
    """A choice for each status and each RAG."""

    def __init__(self, *args: Any, rule: Mapping[Pair, Reported], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for status, rag in rule:
            label = f"{_name(Status, status)}, RAG {_name(Rag, rag).lower()}"
            self.fields[key_of(status, rag)] = forms.ChoiceField(
                label=label, choices=Reported.choices, initial=rule[status, rag]
            )

    def rows(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each status with its choices, in the order of the RAGs."""
        for status in STATUSES:
            yield _name(Status, status), [self[key_of(status, rag)] for rag in RAGS]

    def heads(self) -> list[str]:
        return [_name(Rag, rag) for rag in RAGS]

    def as_rule(self) -> dict[Pair, str]:
        return {(status, rag): self.cleaned_data[key_of(status, rag)] for status in STATUSES for rag in RAGS}


def _name(kind: Any, value: str) -> str:
    return str(kind(value).label) if value else NOT_SAID
