from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from desaga.ui.forms import FindForm, TrapMixin

from .fields import FIELDS, LISTS, in_list
from .models import LONGEST_LINE, LONGEST_OFFERS, LONGEST_PLACE

LONGEST_LIST, LONGEST_MESSAGE = 2500, 3000


def line(label: str, most: int = LONGEST_LINE) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False)


def lines(label: str, help_text: str, most: int, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def tick(name: str) -> forms.BooleanField:
    return forms.BooleanField(label=f"Show {FIELDS[name][0].lower()}{FIELDS[name][1:]}", required=False)


class ListOneselfForm(forms.Form):
    """Each field with a tick of its own, none of them set beforehand."""

    name, show_name = line("Your name"), tick("name")
    job, show_job = line("Your job"), tick("job")
    employer, show_employer = line("Where you work"), tick("employer")
    place, show_place = line("Your town", LONGEST_PLACE), tick("place")
    skills, show_skills = lines("Your skills", "One a line, such as: TIG welding.", LONGEST_LIST), tick("skills")
    equipment = lines("The equipment that you know", "One a line, such as: confocal microscope.", LONGEST_LIST)
    show_equipment = tick("equipment")
    offers = lines("What you offer to others", "An hour of advice, a visit, a talk in a school.", LONGEST_OFFERS)
    show_offers = tick("offers")
    may_be_written_to = forms.BooleanField(
        label="Let people write to me through a form",
        required=False,
        help_text="What they write comes to you by e-mail. They do not see your address; if you answer, they do.",
    )
    is_adult = forms.BooleanField(label="I am 18 or older", help_text="This is asked each time, and not kept.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return cleaned | {name: in_list(cleaned.get(name) or "") for name in LISTS}


class FindPeopleForm(FindForm):
    """Whom one looks for: by words, a skill, equipment, place, employer."""

    q = forms.CharField(label="Words", max_length=100, required=False)
    skills = forms.ChoiceField(label="Skill", required=False)
    equipment = forms.ChoiceField(label="Equipment", required=False)
    place = forms.ChoiceField(label="Place", required=False)
    employer = forms.ChoiceField(label="Employer", required=False)

    def __init__(self, *args: Any, chosen: Mapping[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in chosen.items():
            self.fields[name].choices = [("", "Any"), *((word, word) for word in words)]  # type: ignore[attr-defined]


class WriteForm(TrapMixin, forms.Form):
    """A message to somebody who is listed."""

    name = forms.CharField(label="Your name", max_length=120)
    email = forms.EmailField(label="Your e-mail", help_text="They see it, so that they can answer.")
    words = forms.CharField(label="What you would like to ask", max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 7}))  # fmt: skip
