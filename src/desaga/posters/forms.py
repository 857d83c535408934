from __future__ import annotations

from django import forms

from .designs import DESIGNS, PAPERS


class PosterForm(forms.Form):
    design = forms.ChoiceField(
        label="Design",
        choices=[(key, f"{one.name}: {one.words}") for key, one in DESIGNS.items()],
        widget=forms.RadioSelect,
    )
    paper = forms.ChoiceField(
        label="Paper", choices=[(one, one) for one in PAPERS], initial="A3", widget=forms.RadioSelect
    )
