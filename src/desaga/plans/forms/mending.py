"""Where a row is cut in two, and what goes where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from .. import mending
from ..mending import BOTH, CARRIED, CUT, FIRST, SECOND, TEXTS, Cut
from ..presenting import field_label
from .fields import area

TO_FIRST, TO_SECOND, TO_BOTH = (FIRST, "The first"), (SECOND, "The second"), (BOTH, "Both")


class SplitForm(forms.Form):
    """One action's texts, to be cut at a mark, and its other cells, to go along. `said` are its cells in words."""

    code_first = forms.CharField(label="Code of the first", required=False, max_length=200)
    code_second = forms.CharField(label="Code of the second", required=False, max_length=200)

    def __init__(self, *args: Any, data_now: Mapping[str, Any], said: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data_now, self.said = data_now, said
        self.initial |= {"code_first": data_now["code"], "code_second": mending.code_of_second(data_now)}
        for name in ("code_first", "code_second"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-10"
        for name in (name for name in TEXTS if data_now[name].strip()):
            self._ask_text(name)
        for name in (name for name in CARRIED if said.get(name) or (name == "updates" and data_now[name])):
            self._ask_where(name, [TO_BOTH, TO_FIRST, TO_SECOND], field_label(name))

    def _ask_text(self, name: str) -> None:
        text, label = self.data_now[name], field_label(name)
        rows = min(12, 2 + len(text) // 80 + text.count("\n"))
        self.fields[f"text_{name}"] = forms.CharField(label=label, required=False, strip=False, widget=area(rows))
        self.fields[f"text_{name}"].hide_optional = True
        self.initial[f"text_{name}"] = _marked(text)
        self._ask_where(name, [TO_FIRST, TO_SECOND, TO_BOTH], "Without a mark it goes to")

    def _ask_where(self, name: str, choices: list[tuple[str, str]], label: str) -> None:
        self.fields[f"goes_{name}"] = forms.ChoiceField(label=label, choices=choices)

    @property
    def texts(self) -> Iterator[dict[str, Any]]:
        """Each text with where it goes if it is not cut."""
        for name in TEXTS:
            if f"text_{name}" in self.fields:
                yield {"text": self[f"text_{name}"], "goes": self[f"goes_{name}"]}

    @property
    def carried(self) -> Iterator[dict[str, Any]]:
        """Each other cell in words, with where it goes."""
        for name in CARRIED:
            if f"goes_{name}" in self.fields:
                yield {"said": self.said.get(name, ""), "goes": self[f"goes_{name}"]}

    def as_cut(self) -> Cut:
        typed = self.cleaned_data
        texts = {n: typed[f"text_{n}"].replace("\r\n", "\n") for n in TEXTS if f"text_{n}" in typed}
        goes = {n: typed[f"goes_{n}"] for n in (*TEXTS, *CARRIED) if f"goes_{n}" in typed}
        return Cut(texts, goes, (typed["code_first"] or None, typed["code_second"] or None))


def _marked(text: str) -> str:
    """The text with the mark in it where there is only one place to put it."""
    at = mending.only_place_to_cut(text)
    text = text.strip()
    return text if at is None else f"{text[:at]}{CUT}{text[at:]}"
