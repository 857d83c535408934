from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from desaga.ui.forms import DatePartsField, FilterForm

from .models import LONGEST_ABOUT, LONGEST_NAME, Consent
from .operations.asking import Guardian, Shown
from .queries import person_known_at
from .states import WHAT_OF_THEM, WHERE_OF_THEM, ConsentState, What, Where
from .wording import LONGEST

#: Nobody is asked about who is younger than twelve.
MONTHS_AHEAD = 6 * 12


def ticks(label: str, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)


def months_of_age(today: date) -> list[tuple[str, str]]:
    """The months in which somebody comes of age; what is kept is the first day of the next, so that no birthday is."""
    found, first = [], today.replace(day=1)
    for _ in range(MONTHS_AHEAD):
        after = (first + timedelta(days=32)).replace(day=1)
        found.append((after.isoformat(), date_format(first, "F Y")))
        first = after
    return found


class AskConsentForm(forms.Form):
    name = forms.CharField(label="Who is shown", max_length=LONGEST_NAME, help_text="As they wish to be called.")
    email = forms.EmailField(
        label="Their e-mail", max_length=LONGEST_NAME,
        help_text="They get one e-mail with a link, and need no account. At an address that we know as a colleague’s, the consent is linked to them.",
    )  # fmt: skip
    about = forms.CharField(
        label="What for", max_length=LONGEST_ABOUT, help_text="They read this first, such as: your story as a glassblower, with two pictures."
    )  # fmt: skip
    what = ticks("What is to be shown", list(WHAT_OF_THEM.items()))
    where = ticks("Where", list(WHERE_OF_THEM.items()))
    until = DatePartsField(label="Until when", help_text="At most five years. After that day it is hidden by itself.")
    is_under_18 = forms.BooleanField(
        label="They are under 18", required=False, help_text="Then a parent or guardian is asked too, and both have to agree."
    )  # fmt: skip
    of_age = forms.ChoiceField(
        label="When they come of age", required=False,
        help_text="The month is enough; no birth date is kept. From then on they are asked themselves.",
    )  # fmt: skip
    guardian_name = forms.CharField(label="Name of the parent or guardian", max_length=LONGEST_NAME, required=False)
    guardian_email = forms.EmailField(label="E-mail of the parent or guardian", max_length=LONGEST_NAME, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of_age"].choices = [("", "Choose a month"), *months_of_age(timezone.localdate())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("is_under_18"):
            for name in ("of_age", "guardian_name", "guardian_email"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError("This field is required.", code="required"))
        return said

    @property
    def told(self) -> dict[str, Any]:
        """What the operation is told; after the form was found valid."""
        said, guardian = self.cleaned_data, None
        if said["is_under_18"]:
            guardian = Guardian(
                name=said["guardian_name"], email=said["guardian_email"], until=date.fromisoformat(said["of_age"])
            )
        person = person_known_at(said["email"])
        shown = Shown(name=said["name"], email=said["email"], person=person, guardian=guardian)
        return {"shown": shown, **{key: said[key] for key in ("about", "what", "where", "until")}}


class AnswerForm(forms.Form):
    """Nothing is ticked beforehand. `is_no` is said by a button of its own."""

    what = ticks("What of you may be shown", (), required=False)
    where = ticks("Where it may be shown", (), required=False)
    name = forms.CharField(label="Your name", max_length=LONGEST_NAME, help_text="It stands with what you say.")

    def __init__(self, *args: Any, consent: Consent, is_guardian: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what, where = self.fields["what"], self.fields["where"]
        words = WHAT_OF_THEM if is_guardian else {one: one.label for one in What}
        what.choices = [(one, words[What(one)]) for one in consent.asked_what]  # type: ignore[attr-defined]
        where.choices = [(one, Where(one).label) for one in consent.asked_where]  # type: ignore[attr-defined]
        if is_guardian:
            what.label = f"What of {consent.name} may be shown"

    @property
    def is_no(self) -> bool:
        return self.data.get("verdict") == "no"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.is_no:
            return {**said, "what": [], "where": []}
        for name in ("what", "where"):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, "Tick at least one, or press the button that says no.")
        return said


class YoungForm(forms.Form):
    """Somebody says that they are under 18: the month in which they come of age, and who answers beside them."""

    of_age = forms.ChoiceField(
        label="When you are 18", help_text="The month is enough. We do not keep your date of birth."
    )
    guardian_name = forms.CharField(label="Name of your parent or guardian", max_length=LONGEST_NAME)
    guardian_email = forms.EmailField(label="Their e-mail", max_length=LONGEST_NAME)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of_age"].choices = [("", "Choose a month"), *months_of_age(timezone.localdate())]  # type: ignore[attr-defined]

    @property
    def guardian(self) -> Guardian:
        """After the form was found valid."""
        said = self.cleaned_data
        return Guardian(
            name=said["guardian_name"], email=said["guardian_email"], until=date.fromisoformat(said["of_age"])
        )


class WithdrawForm(forms.Form):
    words = forms.CharField(
        label="What we should know", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="You need not say why.",
    )  # fmt: skip


class RenewForm(forms.Form):
    until = DatePartsField(
        label="Until when",
        help_text="They are asked by e-mail. Until they answer, what they agreed to before holds, until its own day.",
    )


class WordingForm(forms.Form):
    text = forms.CharField(
        label="The words by which you ask", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Say whose words these are, what may be shown and where, that they keep their rights and give a licence, and how they take it back.",
    )  # fmt: skip


class ConsentFilterForm(FilterForm):
    q = forms.CharField(label="Words", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), ("soon", "Ends within 30 days"), *ConsentState.choices]
    )
    where = forms.ChoiceField(label="Where", required=False, choices=[("", "Anywhere"), *WHERE_OF_THEM.items()])
