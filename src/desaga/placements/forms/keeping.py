from __future__ import annotations

from django import forms

from .awards import area


class HoldForm(forms.Form):
    """Why an application is kept beyond its time."""

    because = forms.CharField(
        label="Why it is kept",
        help_text="A dispute, an audit, a question of law. It stays with the application, and goes with it.",
        max_length=1000,
        widget=area(3),
    )
