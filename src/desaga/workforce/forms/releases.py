"""Releasing a period, correcting and withdrawing it."""

from __future__ import annotations

from typing import Any

from django import forms

from ..models import Snapshot


class PrepareReleaseForm(forms.Form):
    """Which snapshot, and what the period is called."""

    snapshot = forms.ModelChoiceField(
        label="Which snapshot is counted?",
        queryset=Snapshot.objects.none(),
        empty_label=None,
        help_text="Starters, leavers and moves are counted against the snapshot nearest to a year before it.",
    )
    name = forms.CharField(
        label="What is the period called?", max_length=60, help_text="As readers know it, such as July 2026 or 2025/26."
    )

    def __init__(self, *args: Any, snapshots: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["snapshot"].queryset = snapshots


class RestateForm(PrepareReleaseForm):
    """As preparing, and what changed since."""

    what_changed = forms.CharField(
        label="What changed?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever has used the earlier figures reads this beside the new ones. Name no person.",
    )


class WithdrawForm(forms.Form):
    """Why figures are taken back."""

    because = forms.CharField(
        label="Why are they withdrawn?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Readers see this in place of the figures. Name no person.",
    )
