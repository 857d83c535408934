"""What people write into the report of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from ..fund.telling import SECTIONS
from .schemes import area

REMARK = "remark_"


class FundTextForm(forms.Form):
    """A foreword, and a remark under each section; `seen` is the version that was on the page."""

    foreword = forms.CharField(
        label="Foreword", required=False, max_length=6000, widget=area(8), help_text="An empty line begins a new paragraph."
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, titles: Mapping[str, str] = SECTIONS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, title in titles.items():
            label = f"Remark under “{title}”"
            self.fields[f"{REMARK}{key}"] = forms.CharField(
                label=label, required=False, max_length=3000, widget=area(3)
            )

    @property
    def remarks(self) -> dict[str, str]:
        return {key: self.cleaned_data.get(f"{REMARK}{key}", "") for key in SECTIONS}

    @staticmethod
    def initial_of(foreword: str, remarks: Mapping[str, str], seen: int) -> dict[str, Any]:
        return {
            "foreword": foreword,
            "seen": seen,
            **{f"{REMARK}{key}": words for key, words in remarks.items()},
        }
