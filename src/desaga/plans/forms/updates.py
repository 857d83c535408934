"""What one says of how an action goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms

from desaga.evidence.forms import EvidenceFileField, LinkField, choose_again
from desaga.evidence.models import LONGEST_WORDS
from desaga.evidence.operations import GivenPiece

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
#: And those of what is given with it.
GIVEN = ("evidence_file", "evidence_link", "evidence_is_voice")
ACCOUNT = tuple(field.name for field in fields(Account))


def words(label: str, rows: int = 2, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=area(rows), **kwargs)


class AccountForm(forms.Form):
    """The account of one action for one period; what must stand with it is asked for where it is missing.

    `standing` are the titles of the evidence that serves the action already.
    """

    standing: Sequence[str] = ()

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
    evidence = words("If it is complete: what shows it", help_text="A page, a report, a number.")
    evidence_file = EvidenceFileField(label="A file that shows it")
    evidence_link = LinkField(label="A link to what shows it")
    evidence_is_voice = forms.BooleanField(label="These are technicians’ own words", required=False)

    @property
    def account(self) -> Account:
        """What was said; after the form was found valid."""
        return Account(**{name: self.cleaned_data[name].strip() for name in ACCOUNT})

    @property
    def pieces(self) -> list[GivenPiece]:
        """The evidence that was given with it; after the form was found valid."""
        said = self.cleaned_data
        told = {"shows": said["evidence"].strip()[:LONGEST_WORDS], "is_technician_voice": said["evidence_is_voice"]}
        file, link = said["evidence_file"], said["evidence_link"]
        return [GivenPiece(file=file, **told)] * bool(file) + [GivenPiece(link=link, **told)] * bool(link)

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen, whatever it is."""
        return bool(self.files.get(self.add_prefix("evidence_file")))

    @property
    def shows_more(self) -> bool:
        """Whether what red and complete want stands open."""
        return any(self[name].value() or self.is_bound and name in self.errors for name in FOR_SOME)

    @property
    def shows_given(self) -> bool:
        """Whether what is given with it stands open."""
        return any(self[name].value() or self.is_bound and name in self.errors for name in GIVEN)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors:
            pieces = [piece.name for piece in self.pieces] or self.standing
            for field, sentence in wanting(self.account, pieces).items():
                self.add_error(field, sentence)
        choose_again(self, "evidence_file")
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
            "pieces": self.pieces,
            "person": user.person if mine else None,
            "period": said["period"].strip(),
            "way": said["way"],
            "given_by": user.get_full_name() if mine else said["given_by"].strip(),
            "unit": self.units.get(said.get("unit") or ""),
            "submission": said["submission"],
        }
