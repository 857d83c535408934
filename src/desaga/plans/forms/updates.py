"""What one says of how an action goes."""

from __future__ import annotations

from typing import Any

from django import forms

from ..states import PASSED_ON, Rag, Status, Way
from ..updating import Account, wanting
from .fields import OnceForm, area

LONGEST = 4000
#: Blue marks, in some documents, what is delivered: the status says so.
CONFIDENCE = [
    (Rag.GREEN, "Green: on course"),
    (Rag.AMBER, "Amber: at risk, and something is done about it"),
    (Rag.RED, "Red: will not be met as things are"),
]

#: Fields that only red and complete want.
FOR_SOME = ("reason", "recovery", "evidence")


def words(label: str, rows: int = 2, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=area(rows), **kwargs)


class AccountForm(forms.Form):
    """The account of one action for one period; what must stand with it is asked for where it is missing."""

    status = forms.ChoiceField(label="Where it is", choices=[("", "Not said"), *Status.choices], required=False)
    rag = forms.ChoiceField(
        label="How sure are you that it will be met?",
        choices=[("", "Not said"), *CONFIDENCE],
        required=False,
        widget=forms.RadioSelect,
    )
    text = words("What happened", 3)
    next_step = words("Next step")
    reason = words("If it is red: why")
    recovery = words("If it is red: how it gets back on course")
    evidence = words("If it is complete: what shows it", help_text="A page, a report, a number. Links may be pasted.")

    @property
    def account(self) -> Account:
        """What was said; after the form was found valid."""
        return Account(**{name: self.cleaned_data[name].strip() for name in AccountForm.base_fields})

    @property
    def shows_more(self) -> bool:
        """Whether what red and complete want stands open."""
        return any(self[name].value() or self.is_bound and name in self.errors for name in FOR_SOME)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if len(said) >= len(AccountForm.base_fields):
            for field, sentence in wanting(self.account).items():
                self.add_error(field, sentence)
        return said


class GiveUpdateForm(OnceForm, AccountForm):
    """An account that a member gives, or writes down for somebody who gave it otherwise."""

    period = forms.CharField(label="For the period", max_length=100)
    way = forms.ChoiceField(
        label="Whose words are these?",
        choices=[(Way.PAGE, "Mine"), *((way, f"Somebody’s, {Way(way).label}") for way in PASSED_ON)],
        initial=Way.PAGE,
    )
    given_by = forms.CharField(
        label="Who said it",
        required=False,
        max_length=200,
        help_text="If they are not yours: the name of whoever told you. Both names stand with the update.",
    )

    def __init__(self, *args: Any, units: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        if units:
            choices = [("", "Choose a unit"), *((str(unit.pk), unit.name) for unit in units)]
            self.fields["unit"] = forms.ChoiceField(label="For which unit", choices=choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("way") in PASSED_ON and not (said.get("given_by") or "").strip():
            self.add_error("given_by", "Write who told you.")
        return said

    def as_told(self, user: Any) -> dict[str, Any]:
        """The words of `operations.updates.give_update`."""
        said = self.cleaned_data
        mine = said["way"] == Way.PAGE
        return {
            "account": self.account,
            "period": said["period"].strip(),
            "way": said["way"],
            "given_by": user.get_full_name() if mine else said["given_by"].strip(),
            "unit": self.units.get(said.get("unit") or ""),
            "submission": said["submission"],
        }
