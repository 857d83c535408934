"""Input to clean data, about awards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from desaga.evidence.forms import EvidenceFileField
from desaga.ui.forms import DatePartsField, FilterForm

from ..answering import Wrong, pounds
from ..awarding import WISHES, ClaimState
from ..defining import Nouns
from ..models import Award, ClaimLine
from ..queries.stuck import SORTS, STUCK
from ..states import AWARDED, ApplicationState

#: What the list of claims can be narrowed to, in the order in which a claim goes.
CLAIMS_SHOWN = (ClaimState.SENT, ClaimState.APPROVED, ClaimState.PAID, ClaimState.RETURNED)
#: Where an application may be that was offered an award once.
HAD_AWARD = (*AWARDED, ApplicationState.TURNED_DOWN, ApplicationState.CALLED_OFF)


class PoundsField(forms.CharField):
    """An amount as people write it, with or without a pound sign and commas."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"})
        super().__init__(**{"max_length": 20, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Decimal | None:
        words = super().clean(value)
        if not words:
            return None
        try:
            return pounds(words)
        except Wrong as wrong:
            raise forms.ValidationError(str(wrong), code="pounds") from None


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AwardFilterForm(FilterForm):
    """Which awards of a scheme, and in which order."""

    q = forms.CharField(required=False)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All states"), *((str(one), one.label) for one in HAD_AWARD)]
    )
    missing = forms.ChoiceField(
        label="What is missing",
        required=False,
        choices=[("", "All"), *((key, one.label) for key, one in STUCK.items())],
    )
    sort = forms.ChoiceField(label="Order", required=False, choices=[("", "Newest first"), *SORTS])

    def __init__(self, *args: Any, nouns: Nouns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = f"Reference, title, whose, employer or {nouns.host_noun}"


class ClaimFilterForm(FilterForm):
    """Which claims, by state and by the day on which they were sent; of movements, by the day on which the money went."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), *((str(one), one.label) for one in CLAIMS_SHOWN)]
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class AcceptForm(forms.Form):
    """Who signs for employer and host; whom the applicant named stands there already."""

    home_name = forms.CharField(
        label="Who signs for your employer",
        max_length=300,
        help_text="Whoever agreed to your leave, or signs in their place.",
    )
    home_email = forms.EmailField(label="Their e-mail address")
    host_name = forms.CharField(label="Who signs for your host", max_length=300)
    host_email = forms.EmailField(label="Their e-mail address at the host")

    @property
    def parties(self) -> dict[str, dict[str, str]]:
        told = self.cleaned_data
        return {one: {name: told[f"{one}_{name}"] for name in ("name", "email")} for one in ("home", "host")}


class NoPartiesForm(forms.Form):
    """Where nothing is signed, accepting is one press."""

    parties: dict[str, dict[str, str]] = {}


class TurnDownForm(forms.Form):
    words = forms.CharField(label="Why, if you want to say", required=False, max_length=1000, widget=area(3))


class ChangeForm(forms.Form):
    """What is to be another. What is left as it is does not change."""

    starts_on = DatePartsField(label="First day", required=False)
    ends_on = DatePartsField(label="Last day", required=False)
    host = forms.CharField(required=False, max_length=300)
    host_name = forms.CharField(required=False, max_length=300)
    host_email = forms.EmailField(label="Their e-mail address", required=False)
    because = forms.CharField(label="Why", max_length=2000, widget=area(4))

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        now = {"starts_on": award.starts_on, "ends_on": award.ends_on, "host": award.host}
        super().__init__(*args, **{**kwargs, "initial": now})
        definition = award.application.definition
        self.fields["host"].label = definition.host_noun.capitalize()
        self.fields["host_name"].label = f"With another {definition.host_noun}: who signs there"
        if not definition.needs_agreement:
            del self.fields["host_name"], self.fields["host_email"]


class StaffChangeForm(ChangeForm):
    """Those who run the scheme may also give another sum."""

    amount = PoundsField(label="Award, in pounds", required=False, help_text="Never less than was approved or paid.")

    def __init__(self, *args: Any, award: Award, **kwargs: Any) -> None:
        super().__init__(*args, award=award, **kwargs)
        self.fields["amount"].initial = f"{award.amount:.2f}"
        self.order_fields(["amount", "starts_on", "ends_on", "host", "host_name", "host_email", "because"])


class WordsForm(forms.Form):
    """A reason, or a remark."""

    words = forms.CharField(label="What is missing, or why", max_length=2000, widget=area(4))


class CallOffForm(forms.Form):
    words = forms.CharField(
        label="Why", max_length=2000, widget=area(4), help_text="Whoever signed the agreement reads it."
    )
    claims_until = DatePartsField(
        label="What could not be got back may be claimed until",
        required=False,
        help_text="A ticket, a deposit. Leave it empty if nothing is to be claimed any more.",
    )


class FinishForm(forms.Form):
    anyway = forms.BooleanField(
        label="Finish all the same", required=False, help_text="What was not sent cannot be claimed any more."
    )


class CannotGoForm(forms.Form):
    words = forms.CharField(label="Why", max_length=2000, widget=area(4))


class AskAgainForm(forms.Form):
    name = forms.CharField(
        label="Name", max_length=300, help_text="Another name makes the text anew: whoever signed before signs again."
    )
    email = forms.EmailField(label="E-mail address")


class LineForm(forms.Form):
    """One cost of a claim."""

    kind = forms.ChoiceField(label="Kind of cost")
    what = forms.CharField(label="What it was", max_length=300)
    on = DatePartsField(label="On which day")
    pounds = PoundsField(label="In pounds")
    foreign = PoundsField(
        label="What was paid in another currency", required=False, help_text="Only where it was not paid in pounds."
    )
    currency = forms.CharField(
        label="That currency",
        required=False,
        max_length=3,
        help_text="Three letters, such as EUR.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
    )
    receipt = EvidenceFileField(required=False, label="Receipt")
    no_receipt = forms.CharField(label="If there is no receipt: why not", required=False, max_length=300)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], is_advance: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"submission": uuid4()}})
        self.fields["kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]
        if is_advance:
            for name in ("on", "foreign", "currency", "receipt", "no_receipt"):
                del self.fields[name]
            self.fields["what"].label = "What it is for"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        currency = (told.get("currency") or "").strip().upper()
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            self.add_error("currency", "Write the currency in three letters, such as EUR.")
        told["currency"] = currency or "GBP"
        if told.get("pounds") is not None and told["pounds"] <= 0:
            self.add_error("pounds", "Write an amount in pounds, such as 120 or 120.50.")
        if told["currency"] == "GBP":
            told["foreign"] = None
        return told


class ApproveForm(forms.Form):
    """All of a claim, or less of some lines with the reason. What is left empty is approved in full."""

    words = forms.CharField(label="Words for whoever claimed it", required=False, max_length=2000, widget=area(3))

    def __init__(self, *args: Any, lines: Sequence[ClaimLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            title = f"{line.what}, £{line.pounds:,.2f}"
            self.fields[f"allowed_{line.pk}"] = PoundsField(
                label=f"{title}: approve so much",
                required=False,
                initial=f"{line.pounds:.2f}",
                help_text="0 strikes it.",
            )
            self.fields[f"because_{line.pk}"] = forms.CharField(
                label=f"{title}: if it is less, why", required=False, max_length=300
            )
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])

    @property
    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        cuts = {one.pk: (data[f"allowed_{one.pk}"], data[f"because_{one.pk}"]) for one in self.lines}
        return {"words": data["words"], "cuts": {pk: cut for pk, cut in cuts.items() if cut[0] is not None}}


class PayForm(forms.Form):
    paid_on = DatePartsField(label="Paid on")
    reference = forms.CharField(
        label="Reference", max_length=80, help_text="Of your finance office: a payment run, an order, a journal."
    )


class BackForm(forms.Form):
    words = forms.CharField(
        label="Why it did not hold", max_length=2000, widget=area(3), help_text="The technician reads it."
    )


class RepaymentForm(PayForm):
    amount = PoundsField(label="So much came back")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].label = "It came on"
        self.order_fields(["amount", "paid_on", "reference"])


class OfferNextForm(forms.Form):
    """What the panel would award, or less with the reason; its conditions stand there already."""

    amount = PoundsField(label="Award, in pounds")
    because = forms.CharField(
        label="If it is less than the panel would award: why", required=False, max_length=1000, widget=area(3)
    )
    accept_by = DatePartsField(label="To be answered by")
    conditions = forms.CharField(label="Conditions", required=False, max_length=3000, widget=area(3))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class DaysForm(forms.Form):
    """The days, as somebody at the host said otherwise than on the page."""

    name = forms.CharField(label="Who said so", max_length=300)
    days = forms.MultipleChoiceField(label="Days", widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(label="How, and when", max_length=1000, help_text="By telephone on Monday, say.")

    def __init__(self, *args: Any, days: Sequence[date], nouns: Nouns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = f"Somebody at the {nouns.host_noun}: their name stands with the days."
        self.fields["days"].choices = [(f"{one}", f"{one:%A} {one.day} {one:%B %Y}") for one in days]  # type: ignore[attr-defined]

    def clean_days(self) -> list[date]:
        return [date.fromisoformat(one) for one in self.cleaned_data["days"]]


class DueForm(forms.Form):
    due_on = DatePartsField(label="The report is due on")
    because = forms.CharField(label="Why", max_length=1000, widget=area(3), help_text="The technician reads it.")


class AddressForm(forms.Form):
    email = forms.EmailField(label="E-mail address")


class ExtendOfferForm(forms.Form):
    accept_by = DatePartsField(label="To be answered by")
    words = forms.CharField(label="Words for the technician", required=False, max_length=1000, widget=area(3))


class SessionForm(forms.Form):
    held_on = DatePartsField(label="When")
    audience = forms.CharField(label="For whom", max_length=200, help_text="Your team, a network, a course.")
    people = forms.IntegerField(
        label="How many came",
        min_value=1,
        max_value=10000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    words = forms.CharField(label="What it was about", required=False, max_length=1000, widget=area(3))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"submission": uuid4()}})


class StoryForm(forms.Form):
    title = forms.CharField(label="A title", max_length=200)
    text = forms.CharField(
        label="Your story",
        max_length=6000,
        widget=area(12),
        help_text="It begins with what you reported. Write it for somebody who has never seen your workshop.",
    )
    wish = forms.ChoiceField(label="How you are to be named", choices=list(WISHES.items()), widget=forms.RadioSelect)
    consent_until = DatePartsField(
        label="I agree that it is shown until", help_text="You can take it back any day before."
    )
    employers = forms.MultipleChoiceField(
        label="Offer it to your employer too", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Whoever runs the scheme may make a story of it. Your employer gets a copy only if you tick it here. Before anything is shown, you read the final text and say yes.",
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Iterable[Any] = (), **kwargs: Any) -> None:
        until = timezone.localdate() + timedelta(days=2 * 365)
        kwargs["initial"] = {"consent_until": until, "wish": "named", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["employers"].choices = choices = [(one.slug, one.name) for one in organisations]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["employers"]


class GiveForm(forms.Form):
    """To which employer, and for which action, if one carries some."""

    organisation = forms.ChoiceField(label="To whom")
    action = forms.ChoiceField(label="As evidence for", required=False)

    def __init__(
        self,
        *args: Any,
        organisations: Iterable[Any],
        actions: Iterable[tuple[str, list[tuple[str, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(one.slug, one.name) for one in organisations]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", "No action of mine: those who run the programme may use it"), *actions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (action := told.get("action")) and action.partition(":")[0] != told.get("organisation"):
            self.add_error("action", "Choose an action of the organisation above.")
        return told
