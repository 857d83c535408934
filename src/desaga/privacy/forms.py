"""Input to clean data for this slice."""

from __future__ import annotations

from typing import Any

from django import forms

from desaga.organisations.models import Organisation

from .models import Contact, ProcessingWords
from .retaining import Retained
from .states import About

REQUEST_FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("json", "JSON, for another system"))


class ContactForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ["controller", "officer", "address"]
        help_texts = {
            "controller": "The institution, as its privacy notice names it.",
            "officer": "A name, or the office: Data Protection Officer.",
        }


class ProcessingForm(forms.ModelForm):
    class Meta:
        model = ProcessingWords
        fields = ["basis", "recipients", "note"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}
        help_texts = {
            "basis": "As your institution decided it. Left empty, the record gives Desaga’s proposal and says that it is to be confirmed.",
            "recipients": "Processors and others outside, for example whoever runs your server.",
        }


class DaysForm(forms.Form):
    days = forms.IntegerField(
        label="Days", min_value=1, widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"})
    )

    def __init__(self, *args: Any, kind: Retained, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = f"Counted from {kind.counted_from}. Between {kind.least} and {kind.most}."


class ObjectForm(forms.Form):
    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label="Employer")
    about = forms.ChoiceField(label="What you object to", choices=About.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="In your words", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="You need not give a reason for equality data. Else say what it is about your situation.",
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        if len(organisations) == 1:
            field.initial, field.widget = organisations[0], forms.HiddenInput()


class EnterObjectionForm(forms.Form):
    number = forms.CharField(
        label="Staff number",
        max_length=60,
        help_text="As it stands in the HR extract. It is not kept: only the opaque key of the rows is.",
    )
    about = forms.ChoiceField(label="What they object to", choices=About.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="In their words", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Without their name.",
    )  # fmt: skip


class RequestForm(forms.Form):
    number = forms.CharField(
        label="Staff number", max_length=60, help_text="As it stands in the HR extract. It is not kept."
    )
    format = forms.ChoiceField(label="As", choices=REQUEST_FORMATS, initial="pdf", widget=forms.RadioSelect)


class LinkForm(forms.Form):
    number = forms.CharField(
        label="Staff number", max_length=60, help_text="As it stands in the HR extract. It is not kept."
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Your answer", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The person reads it. Needed where you do not accept.",
    )  # fmt: skip
