"""What a host says of its places, what whoever went agrees to, and how lists of both are narrowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from desaga.ui.forms import DatePartsField

from ..awarding import FIRST_NAME, NAMED, WISHES
from ..defining import Nouns
from .schemes import area

#: A host offers places for so long at most; then it says so again.
LONGEST_OFFER = timedelta(days=2 * 366)


class PastAwardsForm(forms.Form):
    """Filters of past awards, from what stands in those that are shown."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    year = forms.ChoiceField(label="Year", required=False)
    discipline = forms.ChoiceField(label="Field", required=False)
    country = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[str]], nouns: Nouns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].label = f"Country of the {nouns.host_noun}"
        for name, known in choices.items():
            self.fields[name].choices = [("", "Any"), *((one, one) for one in known)]  # type: ignore[attr-defined]


class HostsForm(forms.Form):
    q = forms.CharField(label="Search", required=False, max_length=100)
    discipline = forms.ChoiceField(label="Field", required=False)

    def __init__(self, *args: Any, disciplines: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["discipline"].choices = [("", "Any"), *disciplines]  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """A place that a host offers. No mail address is shown: whoever wants to know more follows the link."""

    name = forms.CharField(max_length=300)
    place = forms.CharField(label="Town", max_length=120)
    country = forms.CharField(label="Country", max_length=100, initial="United Kingdom")
    offers = forms.CharField(
        label="What can be learnt there, and for how long", max_length=1000, widget=area(5),
        help_text="Such as: two weeks in a glass workshop, twice a year. At most 1,000 characters.",
    )  # fmt: skip
    disciplines = forms.MultipleChoiceField(
        label="For which fields", required=False, widget=forms.CheckboxSelectMultiple, help_text="None ticked means any."
    )  # fmt: skip
    page = forms.URLField(
        label="A page to read more, or to write from", max_length=300, assume_scheme="https",
        help_text="A page of yours, such as of a workshop or a contact form. Mail addresses are not shown.",
    )  # fmt: skip
    until = DatePartsField(label="Offered until", help_text="At most two years from now.")

    def __init__(self, *args: Any, disciplines: Sequence[tuple[str, str]], nouns: Nouns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = nouns.host_noun.capitalize()
        if disciplines:
            self.fields["disciplines"].choices = list(disciplines)  # type: ignore[attr-defined]
        else:
            del self.fields["disciplines"]

    def clean_until(self) -> date | None:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until and not today <= until <= today + LONGEST_OFFER:
            raise forms.ValidationError("Give a day from today on, at most two years from now.")
        return until

    @property
    def told(self) -> dict[str, Any]:
        """What is kept of the offer."""
        names = ("name", "place", "country", "offers", "page", "until")
        return {one: self.cleaned_data[one] for one in names} | {
            "disciplines": self.cleaned_data.get("disciplines", [])
        }


class SayOfferForm(OfferForm):
    """Said by the host."""

    email = forms.EmailField(
        label="Your e-mail address", help_text="For a link with which you change the offer or take it back. It is not shown to anybody but those who run the scheme."
    )  # fmt: skip
    speaks = forms.BooleanField()

    def __init__(self, *args: Any, nouns: Nouns, **kwargs: Any) -> None:
        super().__init__(*args, nouns=nouns, **kwargs)
        self.fields["speaks"].label = f"I may say this for the {nouns.host_noun}."


class DeclineOfferForm(forms.Form):
    words = forms.CharField(
        label="Why it is not shown",
        max_length=300,
        widget=area(2),
        help_text="Whoever offers it gets these words by e-mail.",
    )


class ConsentForm(forms.Form):
    """To be told of on the scheme's page."""

    sentence = forms.CharField(
        label="In a sentence: what came of it", max_length=300, widget=area(2), help_text="Such as: We recover our own helium now."
    )  # fmt: skip
    wish = forms.ChoiceField(label="How you are to be named", choices=list(WISHES.items()), widget=forms.RadioSelect)
    named = forms.CharField(
        label="With your name: as it is to stand there", required=False, max_length=300, help_text="With or without a title, as you like to be called."
    )  # fmt: skip
    first_name = forms.CharField(
        label="With your first name only: as it is to stand there", required=False, max_length=100
    )

    def name_under(self, wish: str) -> str:
        """The name as the page shows it under a wish, or as it was typed."""
        return str(self[wish].value() or "").strip() if wish in self.fields else ""

    def clean(self) -> dict[str, Any]:
        """The name that is shown is the one under the wish; the other is left aside."""
        told = super().clean() or {}
        wish = told.get("wish", "")
        names = {one: told.pop(one, "") for one in (NAMED, FIRST_NAME)}
        if wish in names and wish not in self.errors and not names[wish].strip():
            self.add_error(wish, "Write the name that is to stand there.")
        return told | {"name": names.get(wish, "")}
