"""The principles of an edition as rows: worded, added, removed and put in order without script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from ..wordings import MOST_PRINCIPLES, Wording, faults

PARTS = ("was", "place", "code", "title", "text", "names", "optional", "gone")
SPARE_ROWS = 3
MOST_ROWS = MOST_PRINCIPLES + 50


class PrinciplesForm(forms.Form):
    """One row a principle. `only_words` leaves codes, order and number as they are: the edition is in use."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        wordings: Sequence[Wording] = (),
        seen: str = "",
        spare: int = SPARE_ROWS,
        only_words: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, initial={"seen": seen}, **kwargs)
        self.only_words = only_words
        spare = 0 if only_words else spare
        shown = [*wordings, *(Wording("") for _ in range(spare))]
        self.count = min(_rows_in(data), MOST_ROWS) if data is not None else len(shown)
        for at in range(self.count):
            self._add_row(at, shown[at] if data is None else Wording(""))

    def _add_row(self, at: int, row: Wording) -> None:
        number = at + 1
        made: dict[str, forms.Field] = {
            "was": forms.CharField(required=False, widget=forms.HiddenInput, initial=row.was, strip=False),
            "place": forms.IntegerField(
                label=f"Place of row {number}", required=False, min_value=0, max_value=9999, initial=number
            ),
            "code": forms.CharField(label=f"Code of row {number}", required=False, initial=row.code),
            "title": forms.CharField(label=f"Title of row {number}", required=False, initial=row.title),
            "text": forms.CharField(
                label=f"Wording of row {number}",
                required=False,
                initial=row.text,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            "names": forms.CharField(
                label=f"Other names of row {number}", required=False, initial="; ".join(row.names)
            ),
            "optional": forms.BooleanField(label="Optional", required=False, initial=row.optional),
            "gone": forms.BooleanField(label="Remove", required=False),
        }
        if self.only_words:
            made["code"].widget = forms.HiddenInput()
            made["optional"].widget = forms.HiddenInput()
            del made["place"], made["gone"]
        for name, field in made.items():
            self.fields[f"{name}-{at}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each row's bound fields by part, for the template."""
        return [
            {part: self[f"{part}-{at}"] for part in PARTS if f"{part}-{at}" in self.fields} for at in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kept = list(self._kept(data))
        for at, wrong in faults([row for _, row in kept]).items():
            for sentence in wrong:
                self.add_error(f"code-{kept[at][0]}" if not self.only_words else f"title-{kept[at][0]}", sentence)
        data["wordings"] = [row for _, row in kept]
        return data

    def _kept(self, data: dict[str, Any]) -> list[tuple[int, Wording]]:
        """The rows that are neither empty nor removed, with their number on the form, in the order that the places say."""
        rows = [
            (at, row) for at in range(self.count) if not data.get(f"gone-{at}") and not _is_empty(row := _row(data, at))
        ]
        return sorted(rows, key=lambda pair: _order(data, pair[0]))

    def typed(self) -> list[Wording]:
        """The rows as they were typed, right or not, removed ones left out: for showing them again with room for more."""
        self.is_valid()
        raw = {name: self[name].data for name in self.fields}
        rows = [_row(raw, at) for at in range(self.count) if not raw.get(f"gone-{at}")]
        return [row for row in rows if not _is_empty(row)]

    def against(self, now: Sequence[Wording], seen: str) -> Any:
        """What was sent, as if it had been typed over the principles as they are now."""
        data, known = self.data.copy(), {row.code for row in now}
        data["seen"] = seen
        for at in range(self.count):
            if data.get(f"was-{at}") not in known:
                data[f"was-{at}"] = ""
        return data


def _rows_in(data: Any) -> int:
    numbers = [int(match[1]) for name in data if (match := re.fullmatch(r"code-(\d{1,4})", name))]
    return max(numbers, default=-1) + 1


def _row(data: dict[str, Any], at: int) -> Wording:
    told = {part: data.get(f"{part}-{at}") or "" for part in PARTS}
    return Wording(
        code=" ".join(str(told["code"]).split()),
        title=" ".join(str(told["title"]).split()),
        text=str(told["text"]).replace("\r\n", "\n").strip(),
        names=tuple(_names(str(told["names"]))),
        optional=told["optional"] in (True, "on", "True", "1"),
        was=str(told["was"]),
    )


def _names(text: str) -> Iterable[str]:
    return (name for part in text.split(";") if (name := " ".join(part.split())))


def _is_empty(row: Wording) -> bool:
    return not (row.code or row.title or row.text or row.names)


def _order(data: dict[str, Any], at: int) -> tuple[int, int, int]:
    """By the place that was typed; a row moved up goes before the one that stands there, a row moved down after it."""
    place = data.get(f"place-{at}")
    place = at + 1 if place is None else place
    return place, (place > at + 1) - (place < at + 1), at
