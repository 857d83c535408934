"""Input to clean data for this slice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from desaga.organisations.forms import OwnedForm
from desaga.organisations.models import Group, GroupMembership, Person, Unit
from desaga.organisations.queries import open_units, people
from desaga.organisations.states import MembershipRole
from desaga.ui.forms import DatePartsField

from .models import BudgetEntry, BudgetLine, TermsOfReference
from .operations.budget import NoAmount
from .operations.terms import ReviewedBeforeAgreed, TermsSayNothing
from .queries.budget import plans_to_choose
from .states import EntryKind

SHORT = "govuk-input--width-5"


class GroupForm(OwnedForm):
    next_meeting_on = DatePartsField(label="Next meeting", required=False)

    class Meta:
        model = Group
        fields = [
            "name", "kind", "code", "purpose", "reports_to", "meets_every_months", "next_meeting_on", "chair",
        ]  # fmt: skip
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "meets_every_months": forms.NumberInput(attrs={"class": SHORT}),
        }


class SeatForm(forms.Form):
    person = SafeModelChoiceField(queryset=Person.objects, label="Person")
    role = forms.ChoiceField(label="As", choices=MembershipRole.choices, initial=MembershipRole.MEMBER)
    is_technicians_seat = forms.BooleanField(
        label="Technician’s seat", required=False, help_text="A seat that only a technician can hold."
    )
    starts_on = DatePartsField(label="From", required=False, help_text="Today, if you leave it empty.")
    ends_on = DatePartsField(label="Until", required=False, help_text="Empty, if no end is known.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people()


class ChangeSeatForm(OwnedForm):
    starts_on = DatePartsField(label="From")
    ends_on = DatePartsField(label="Until", required=False, help_text="Empty, if no end is known.")

    class Meta:
        model = GroupMembership
        fields = ["role", "is_technicians_seat", "starts_on", "ends_on"]


class TermsForm(forms.ModelForm):
    """The next version of a group's terms, written on the last one. `after` is the version that its author saw."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    agreed_on = DatePartsField(label="Agreed on")
    review_on = DatePartsField(
        label="Review due on", required=False, help_text="It will stand in My work a month before."
    )

    class Meta:
        model = TermsOfReference
        fields = ["text", "kept_at", "agreed_on", "review_on", "note"]
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}
        help_texts = {
            "text": "A line that begins with # is a heading, one that begins with - an item of a list.",
            "kept_at": "An address or the name of a file, if the terms are kept elsewhere.",
            "note": "In a line, for example: One technician’s seat more.",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("text", "").strip() and not data.get("kept_at", "").strip():
            self.add_error("text", str(TermsSayNothing()))
        if data.get("review_on") and data.get("agreed_on") and data["review_on"] <= data["agreed_on"]:
            self.add_error("review_on", str(ReviewedBeforeAgreed()))
        return data

    def _post_clean(self) -> None:
        """The fields are all that is checked here: the version is made by its operation."""


class ChampionForm(forms.Form):
    unit = SafeModelChoiceField(queryset=Unit.objects, label="Unit")
    person = SafeModelChoiceField(
        queryset=Person.objects, label="Person", help_text="They get the role of champion, and can look up the unit’s people."
    )  # fmt: skip
    starts_on = DatePartsField(label="From", required=False, help_text="Today, if you leave it empty.")
    ends_on = DatePartsField(label="Until", required=False, help_text="Empty, if no end is known.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units()
        self.fields["person"].queryset = people()


class MoneyField(forms.DecimalField):
    """An amount in pounds as people write it: "1250", "£1,250.00"."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}
        )
        invalid = "Write an amount such as 1250 or 1,250.50."
        super().__init__(max_digits=12, decimal_places=2, widget=widget, error_messages={"invalid": invalid}, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = value.replace("£", "").replace(",", "").replace(" ", "").replace("−", "-")
        return super().to_python(value)


class LineForm(OwnedForm):
    allotted = MoneyField(label="Allotted, in pounds", min_value=0)

    class Meta:
        model = BudgetLine
        fields = ["name", "kind", "allotted", "plan", "note"]
        field_classes = {"plan": SafeModelChoiceField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def offer(self) -> None:
        self.fields["plan"].queryset = plans_to_choose(self.organisation)
        self.fields["plan"].empty_label = "None: it is of the whole programme"


class EntryForm(OwnedForm):
    amount = MoneyField(label="Amount, in pounds", help_text="Money that comes back: a minus before it.")
    on = DatePartsField(label="Date")

    class Meta:
        model = BudgetEntry
        fields = ["kind", "amount", "on", "what", "reference"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "kind": "Committed is ordered or promised. Once it is paid, change it to spent, with what was paid."
        }

    def offer(self) -> None:
        self.fields["kind"].choices = EntryKind.choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        amount = data.get("amount")
        if amount is not None and (amount == 0 or (amount < 0 and data.get("kind") != EntryKind.SPENT)):
            self.add_error("amount", str(NoAmount()))
        return data
