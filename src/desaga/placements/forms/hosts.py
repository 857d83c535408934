"""An entry of the directory of hosts, how the directory is narrowed, and with which entry another is merged."""

from __future__ import annotations

from typing import Any

from django import forms

from desaga.ui.forms import FilterForm

from ..countries import NAMES, name_of
from ..host_lists import ror_of
from .schemes import narrow


class PlaceForm(forms.Form):
    name = forms.CharField(label="Name", max_length=300, help_text="As the host writes it itself.")
    country = forms.ChoiceField(label="Country", choices=[("", "Choose one"), *((one, one) for one in NAMES)])
    ror = forms.CharField(
        label="ROR number", required=False, max_length=40,
        help_text="Nine signs, as ror.org has them, such as 024mrxd33. Leave it empty where you do not know it.",
        widget=forms.TextInput(attrs=narrow(10)),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.get("country", "")
        if known and name_of(known) not in NAMES:
            # As it was typed once; whoever saves it may leave it so.
            self.fields["country"].choices += [(known, known)]  # type: ignore[attr-defined]

    def clean_ror(self) -> str:
        """As an address or without it."""
        number = ror_of(str(self.cleaned_data["ror"]))
        if number is None:
            raise forms.ValidationError("Write the nine signs of a ROR number, such as 024mrxd33.")
        return number


class DirectoryFilterForm(FilterForm):
    q = forms.CharField(label="Name or ROR number", required=False)
    country = forms.ChoiceField(label="Country", required=False)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "All countries"), *countries]  # type: ignore[attr-defined]
