"""An extract on its way in: handed in, mapped, checked, loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from desaga.ui.forms import DatePartsField, DropFileInput, FilterForm

from ..counting import exact
from ..models import Limits, Snapshot
from ..operations.handing import LARGEST_EXTRACT, MEGABYTE
from ..presenting import ListToMap, fields_to_choose, misfit_words, rival_words
from ..reading.fields import BY_KEY, SEVERAL
from ..states import Coverage, Grain

NARROW = {"class": "govuk-input--width-5", "inputmode": "decimal"}


class HandInForm(forms.Form):
    """A file, the day that it shows, and whom it covers."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    document = forms.FileField(
        label="The file from your HR system",
        widget=DropFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
        help_text="Excel of at most 25 MB or CSV of at most 60 MB, as it comes: room for 100,000 rows. Leave pay, addresses and bank details out of it: they are not needed.",
    )
    as_at = DatePartsField(
        label="The day that it shows", help_text="As at this day, such as 31 July.", initial=timezone.localdate
    )
    coverage = forms.ChoiceField(
        label="Whom does it cover?",
        choices=Coverage.choices,
        widget=forms.RadioSelect,
        help_text="With technical staff only, whoever is gone may have left or may be in another kind of post: they are not counted as leavers.",
    )
    supersedes = forms.ModelChoiceField(
        label="Does it take the place of a snapshot that is wrong?", queryset=Snapshot.objects.none(), required=False,
        empty_label="No, it is a new one", help_text="The wrong one is kept, and no figure counts it any more.",
    )  # fmt: skip

    def __init__(self, *args: Any, snapshots: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if snapshots:
            self.fields["supersedes"].queryset = snapshots
        else:
            del self.fields["supersedes"]

    def clean_document(self) -> Any:
        document = self.cleaned_data["document"]
        if document.size > LARGEST_EXTRACT:
            raise ValidationError(
                f"The file is larger than {LARGEST_EXTRACT // MEGABYTE} MB. Leave out columns that are not needed, or save it as .xlsx.",
                code="too_large",
            )
        return document


class FindMovedForm(forms.Form):
    """Words of a name or number."""

    words = forms.CharField(
        label="Find somebody",
        max_length=100,
        help_text="A part of the name or of the staff number. It is kept nowhere.",
    )


class MapColumnsForm(forms.Form):
    """What each column is, what a row is, and the full-time week."""

    grain = forms.ChoiceField(
        label="One row of the file is", choices=[(one.value, one.label.removeprefix("One row ")) for one in Grain]
    )
    full_time_hours = forms.DecimalField(
        label="Full-time week, hours", min_value=1, max_value=60, max_digits=4, decimal_places=2, widget=forms.NumberInput(attrs=NARROW),
        help_text="Hours a week are divided by it.",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        profile: Mapping[str, Any],
        columns: Mapping[int, str],
        equality: bool,
        misfits: Mapping[str, str] = MappingProxyType({}),
        rivals: Mapping[str, str] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.profile, self.misfits, self.rivals = profile, misfits, rivals
        choices = [("", "Left out"), *fields_to_choose(equality=equality)]
        for n, head in enumerate(profile["heads"]):
            key = columns.get(n, "")
            if key and BY_KEY[key].is_equality and not equality:
                key = ""
            self.fields[f"column_{n}"] = forms.ChoiceField(label=head, choices=choices, required=False, initial=key)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each column: heading, samples, how full it is, the field to choose, and what is doubtful about it."""
        told, heads = self.profile["columns"], self.profile["heads"]
        taken = {key: heads[n] for n in range(len(heads)) if (key := self[f"column_{n}"].value()) not in {"", *SEVERAL}}
        return [
            {
                "head": head,
                "samples": told[n]["samples"],
                "filled": told[n]["filled"],
                "field": self[f"column_{n}"],
                "doubt": misfit_words(self.misfits.get(str(n), ""))
                or rival_words(self.rivals.get(str(n), ""), head, taken),
            }
            for n, head in enumerate(heads)
        ]

    @property
    def mapped(self) -> dict[int, str]:
        return {n: key for n in range(len(self.profile["heads"])) if (key := self.cleaned_data[f"column_{n}"])}


class CodesForm(forms.Form):
    """A code for each word that no list knows. Nothing chosen: not decided."""

    def __init__(self, *args: Any, lists: Iterable[ListToMap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = list(lists)
        self.words_of: dict[str, tuple[str, str]] = {}
        for at, one in enumerate(self.lists):
            codes = [(code, f"{code} {label}") for code, label in one.codes.values.items()]
            for n, word in enumerate(one.words):
                name = f"word_{at}_{n}"
                likely = word.proposals[0] if word.proposals else ""
                choices = [("", "Not decided"), *codes, ("none", "No code fits")]
                self.fields[name] = forms.ChoiceField(label=word.words, choices=choices, required=False, initial=likely)
                self.words_of[name] = (word.list_key, word.words)

    @property
    def parts(self) -> list[dict[str, Any]]:
        return [
            {
                "list": one.codes,
                "column": one.column,
                "lines": [{"word": word, "field": self[f"word_{at}_{n}"]} for n, word in enumerate(one.words)],
            }
            for at, one in enumerate(self.lists)
        ]

    @property
    def chosen(self) -> dict[tuple[str, str], str]:
        """(list, word) to code; empty where somebody said that none fits."""
        said = {name: self.cleaned_data[name] for name in self.words_of if self.cleaned_data[name]}
        return {self.words_of[name]: "" if code == "none" else code for name, code in said.items()}


class SheetForm(forms.Form):
    """Which sheet and which row hold the headings."""

    sheet = forms.ChoiceField(label="Sheet", required=False)
    head_row = forms.IntegerField(
        label="Headings stand in row", min_value=1, max_value=1000, widget=forms.NumberInput(attrs=NARROW)
    )

    def __init__(self, *args: Any, sheets: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one, one) for one in sheets if one]
        if len(named) > 1:
            self.fields["sheet"].choices = named
        else:
            del self.fields["sheet"]


class FaultFilterForm(FilterForm):
    """Narrows the faults to one kind in one column."""

    kind = forms.ChoiceField(label="Fault", required=False)

    def __init__(self, *args: Any, counts: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            ("", "All"),
            *(
                (one.key, f"{one.column + ': ' if one.column else ''}{one.what} ({exact(one.number)})")
                for one in counts
            ),
        ]


class LimitsForm(forms.ModelForm):
    class Meta:
        model = Limits
        fields = ("most_faulty", "largest_change", "full_time_hours")
        widgets = dict.fromkeys(fields, forms.NumberInput(attrs=NARROW))
