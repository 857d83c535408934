from __future__ import annotations

from typing import Any

from django import forms

from .states import Share

LONGEST_NAME, LONGEST_GOAL, LONGEST_STEP, LONGEST_NOTE = 200, 200, 300, 2000


class AskMemberForm(forms.Form):
    name = forms.CharField(label="Their name", max_length=LONGEST_NAME, help_text="As they like to be called.")
    email = forms.EmailField(
        label="Their private e-mail", max_length=LONGEST_NAME,
        help_text="Not one at work: an employer may read it. The e-mail names neither you as a representative nor the union.",
    )  # fmt: skip


class WriteForm(forms.Form):
    note = forms.CharField(
        label="A note to them", required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    step = forms.CharField(label="Or a step that you suggest", required=False, max_length=LONGEST_STEP)


class OwnWriteForm(forms.Form):
    step = forms.CharField(label="A step", required=False, max_length=LONGEST_STEP)
    note = forms.CharField(
        label="A note", required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )


def shares() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="What your representative sees", choices=Share.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="What you leave out stays yours alone. They always see your name and what they wrote themselves.",
    )  # fmt: skip


class AgreeForm(forms.Form):
    """Nothing is ticked beforehand; to agree is a tick of its own."""

    shares = shares()
    agrees = forms.BooleanField(label="I agree to be supported here, on these terms")


class ShareForm(forms.Form):
    goal = forms.CharField(
        label="The registration that I work towards", max_length=LONGEST_GOAL, required=False, help_text="Such as RSciTech, or EngTech."
    )  # fmt: skip
    shares = shares()


class ChooseForm(forms.Form):
    person = forms.TypedChoiceField(label="Another representative", coerce=int)

    def __init__(self, *args: Any, representatives: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(one.pk, one.name) for one in representatives]  # type: ignore[attr-defined]
