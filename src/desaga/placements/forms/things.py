"""The things of a definition as forms, each on one page. `of(item)` is what a form begins with, `item(old)` what it makes of what was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms

from ..agreeing import PARTIES
from ..editing import key_for
from .schemes import area, narrow

Item = dict[str, Any]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def choices_of(labels: list[str], known: Collection[Mapping[str, Any]]) -> list[Item]:
    """Answers as data: who is called as before keeps the key, so that answers given already stay what they were."""
    keys = {one["label"]: one["value"] for one in known}
    found: list[Item] = []
    for label in labels:
        taken = [*keys.values(), *(one["value"] for one in found)]
        found.append({"value": keys.get(label) or key_for(label, taken), "label": label})
    return found


class ThingForm(forms.Form):
    """The shape of a form for one thing of a list. `named` is the field that names it."""

    named: ClassVar[str] = "label"

    def __init__(
        self,
        *args: Any,
        definition: Mapping[str, Any],
        old: Mapping[str, Any] | None = None,
        place: str = "part.",
        **kwargs: Any,
    ) -> None:
        self.definition, self.old, self.place = definition, old, place
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Item:
        return dict(item)

    def item(self, taken: Collection[str]) -> Item:
        """What was typed as data; a new thing gets a key, an old one keeps its own."""
        told = {name: value for name, value in self.typed().items() if value not in (None, "")}
        key = self.old["key"] if self.old else key_for(str(told[self.named]), taken)
        return {**self.kept(), **told, "key": key}

    def kept(self) -> Item:
        """What the form does not show and the thing keeps."""
        return {name: value for name, value in (self.old or {}).items() if name not in self.fields}

    def typed(self) -> Item:
        return dict(self.cleaned_data)


class CostForm(ThingForm):
    label = forms.CharField(label="Kind of cost", max_length=300)
    hint = forms.CharField(label="Hint", required=False, widget=area(2), max_length=5000)
    cap = forms.DecimalField(
        label="Most for it in one award, in pounds", required=False, min_value=0, decimal_places=2, widget=forms.TextInput(attrs=narrow(5))
    )  # fmt: skip

    apart = forms.BooleanField(
        label="Beside the award, and never counted against anybody", required=False,
        help_text="For access needs: left out of the most that is awarded, and of what approvers and panel read. Added to an award as one sum.",
    )  # fmt: skip

    def typed(self) -> Item:
        cap = self.cleaned_data["cap"]
        apart = self.cleaned_data["apart"] or None
        return {**self.cleaned_data, "cap": None if cap is None else str(cap), "apart": apart}


class ApproverForm(ThingForm):
    named = "title"

    title = forms.CharField(label="Who is asked?", max_length=300, help_text="For example: Line manager.")
    asks = forms.ChoiceField(
        label="For what?", widget=forms.RadioSelect,
        choices=(("approval", "To approve it"), ("letter", "For a letter of support"), ("place", "To confirm the place, as host")),
    )  # fmt: skip
    hint = forms.CharField(label="What the applicant reads beside it", required=False, widget=area(2), max_length=5000)
    chase_days = forms.IntegerField(
        label="Reminded after days", min_value=1, max_value=60, initial=5, widget=forms.NumberInput(attrs=narrow(3))
    )
    open_days = forms.IntegerField(
        label="The link is open for days",
        min_value=1,
        max_value=180,
        initial=30,
        widget=forms.NumberInput(attrs=narrow(3)),
    )


class CriterionForm(ThingForm):
    label = forms.CharField(label="Criterion", max_length=300)
    guidance = forms.CharField(label="Guidance", required=False, widget=area(3), max_length=5000)
    weight = forms.DecimalField(
        label="Weight", min_value=0, max_value=100, initial=1, decimal_places=2, widget=forms.TextInput(attrs=narrow(3))
    )
    scores = forms.CharField(
        label="Scores", widget=area(5),
        help_text="One a line: the number, what it is called, and guidance if any, with bars between. For example: 3 | Very well | Clear aims and a plan.",
    )  # fmt: skip

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Item:
        told = [[str(one["value"]), one["label"], one.get("guidance", "")] for one in item["scores"]]
        return {**item, "scores": "\n".join(" | ".join(filter(None, parts)) for parts in told)}

    def clean_scores(self) -> list[Item]:
        found = []
        for line in lines(self.cleaned_data["scores"]):
            value, label, guidance = [*(part.strip() for part in line.split("|", 2)), "", ""][:3]
            if not (value.isascii() and value.isdigit()) or not label:
                raise forms.ValidationError(
                    f"“{line[:60]}” lacks a number or a name. Write it like this: 3 | Very well."
                )
            found.append({"value": int(value), "label": label, "guidance": guidance})
        return found

    def typed(self) -> Item:
        return {**self.cleaned_data, "weight": str(self.cleaned_data["weight"])}


class ReasonForm(ThingForm):
    label = forms.CharField(label="Reason, for the panel", max_length=300)
    words = forms.CharField(label="What the applicant reads", widget=area(3), max_length=5000)


class ConflictForm(ThingForm):
    label = forms.CharField(label="Kind of conflict, as minutes say it", max_length=300)
    declared = forms.CharField(label="What somebody ticks who has it", max_length=300, widget=area(2), help_text="For example: I work for the applicant’s employer, or did within three years.")  # fmt: skip


class DutyForm(ThingForm):
    named = "words"

    party = forms.ChoiceField(label="Who undertakes it?", choices=tuple(PARTIES.items()), widget=forms.RadioSelect)
    words = forms.CharField(
        label="What they undertake", max_length=300, widget=area(2), help_text="It follows the party’s name in the agreement: “goes on the days above”."
    )  # fmt: skip


class WithQuestionsForm(ThingForm):
    """A thing that holds questions: a new one begins with its first. `first_kind` is what that is until somebody says otherwise."""

    named = "title"
    field_order = ("title", "intro", "after_months", "first")
    first_kind: ClassVar[str]

    title = forms.CharField(label="Title", max_length=300)
    first = forms.CharField(
        label="Its first question", max_length=300, help_text="You choose its kind, and add others, in the next step."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.old:
            del self.fields["first"]

    def typed(self) -> Item:
        told = dict(self.cleaned_data)
        if first := told.pop("first", None):
            told["questions"] = [{"key": key_for(first, self.beside()), "kind": self.first_kind, "label": first}]
        return told

    def beside(self) -> Collection[str]:
        """The keys that the first question may not have."""
        return ()


class PartForm(WithQuestionsForm):
    first_kind = "line"

    intro = forms.CharField(label="What stands above its questions", required=False, widget=area(2), max_length=5000)

    def beside(self) -> Collection[str]:
        return {one["key"] for section in self.definition["sections"] for one in section["questions"]}


class LaterForm(WithQuestionsForm):
    first_kind = "text"

    after_months = forms.IntegerField(
        label="Months after the placement", min_value=1, max_value=60, widget=forms.NumberInput(attrs=narrow(3))
    )
