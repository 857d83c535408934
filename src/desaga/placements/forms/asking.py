"""What whoever is asked types, and what an applicant or somebody of the scheme does about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from desaga.evidence.forms import EvidenceFileField
from desaga.ui.forms import DatePartsField

from ..approving import Asks
from ..operations.deciding import Said

LONGEST = 4000
LONGEST_LETTER = 20_000
MOST_DEPUTY_DAYS = 180

YES, YES_IF, NO, PASS, DEPUTY = "approve", "approve_if", "refuse", "pass", "deputy"
CHANGE = "want_changes"
SAY = "Say what you answer."
NEEDED: dict[str, dict[str, str]] = {
    YES_IF: {"condition": "Write the condition."},
    NO: {"reason": "Write the reason. The applicant reads it."},
    CHANGE: {"change_parts": "Choose at least one part.", "change_words": "Write what is to be changed."},
    PASS: {"other_name": "Write their name.", "other_email": "Write their e-mail address."},
    DEPUTY: {
        "deputy_name": "Write their name.",
        "deputy_email": "Write their e-mail address.",
        "deputy_until": "Say until which day.",
    },
}


OF_AN_ANSWER = ("condition", "waits", "reason", "other_name", "other_email", "deputy_name", "deputy_email", "deputy_until", "change_parts", "change_words")  # fmt: skip


def text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AnswerForm(forms.Form):
    """An answer of any kind; `own` are the fields that what is asked for adds."""

    own: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    words = {YES: "Yes", YES_IF: "Yes, on a condition", NO: "No"}

    name = forms.CharField(label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    verdict = forms.ChoiceField(label="Your answer", widget=forms.RadioSelect, error_messages={"required": SAY})
    condition = forms.CharField(
        label="The condition", max_length=LONGEST, required=False, widget=text(), help_text="The applicant and those who decide read it."
    )  # fmt: skip
    waits = forms.BooleanField(
        label="The applicant must accept it first", required=False, initial=True,
        help_text="Without the tick the application goes on at once, with your condition on it.",
    )  # fmt: skip
    reason = forms.CharField(
        label="The reason", max_length=LONGEST, required=False, widget=text(), help_text="The applicant reads it, and can change the application and ask you again."
    )  # fmt: skip
    change_parts = forms.MultipleChoiceField(
        label="Which parts", choices=[], required=False, widget=forms.CheckboxSelectMultiple
    )
    change_words = forms.CharField(
        label="What is to be changed", max_length=LONGEST, required=False, widget=text(), help_text="The applicant reads it, changes these parts, and you are asked again."
    )  # fmt: skip
    other_name = forms.CharField(label="Whom to ask", max_length=200, required=False)
    other_email = forms.EmailField(
        label="Their e-mail address", required=False, help_text="At your own organisation they are asked at once; at any other the applicant decides."
    )  # fmt: skip
    deputy_name = forms.CharField(label="Who answers for you", max_length=200, required=False)
    deputy_email = forms.EmailField(
        label="Their e-mail address", required=False, help_text="An address of your own organisation."
    )
    deputy_until = DatePartsField(label="Until", required=False, help_text="The last day on which they may answer.")

    also_later = forms.BooleanField(
        label="Also whatever else you are asked until that day", required=False,
        help_text="Then later questions of this organisation’s schemes go to them at once. You get an e-mail by which you can end it.",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        by_phone: bool = False,
        parts: Sequence[tuple[str, str]] = (),
        for_deputy: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["change_parts"].choices = parts  # type: ignore[attr-defined]
        if for_deputy:
            del self.fields["also_later"]
        others = (
            ()
            if by_phone
            else ((PASS, "It is not mine to say: ask somebody else"), (DEPUTY, "Somebody answers for me for a while"))
        )
        change = ((CHANGE, "Change something first"),) if parts else ()
        self.fields["verdict"].choices = [*self.words.items(), *change, *others]  # type: ignore[attr-defined]
        # Each of these is wanted where its answer is chosen.
        for name in (*OF_AN_ANSWER, *self.wanted):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
        if by_phone:
            self.fields["name"].label, self.fields["verdict"].label = "Who said it", "What they answer"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, words in NEEDED.get(data.get("verdict", ""), {}).items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        self._refuse_a_long_deputy(data)
        return data

    def _refuse_a_long_deputy(self, data: dict[str, Any]) -> None:
        until, today = data.get("deputy_until"), timezone.localdate()
        if data.get("verdict") != DEPUTY or not until:
            return
        if not today <= until <= today + timedelta(days=MOST_DEPUTY_DAYS):
            self.add_error("deputy_until", "Choose a day from today on, within half a year.")

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own]

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        fields = {name: data[name] for name in self.own if name != "file" and data.get(name) not in (None, "")}
        words = {YES_IF: data["condition"], NO: data["reason"], CHANGE: data["change_words"]}.get(data["verdict"], "")
        named = tuple(data["change_parts"]) if data["verdict"] == CHANGE else ()
        return Said(data["verdict"], data["name"], words, data["waits"], fields, data.get("file"), named)


class ApprovalForm(AnswerForm):
    own = ("working_days", "cover", "cost")
    words = {YES: "I approve it", YES_IF: "I approve it, on a condition", NO: "I do not approve it"}

    working_days = forms.IntegerField(
        label="Working days away", min_value=0, max_value=400, required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    cover = forms.CharField(
        label="How the work is covered meanwhile", max_length=LONGEST, required=False, widget=text(2)
    )
    cost = forms.DecimalField(
        label="Cost to your department, in pounds", min_value=0, max_value=1_000_000, decimal_places=2, required=False,
        help_text="What the scheme does not pay. 0 where there is none.", widget=forms.NumberInput(attrs={"class": "govuk-input--width-10", "step": "0.01"}),
    )  # fmt: skip


class PlaceForm(AnswerForm):
    own = ("place", "supervisor", "needs")
    wanted = ("supervisor",)
    words = {YES: "Yes: the place and the days stand", YES_IF: "Yes, on a condition", NO: "No"}

    place = forms.CharField(
        label="Where they will be", max_length=300, required=False, help_text="A laboratory, a building, a site."
    )
    supervisor = forms.CharField(label="Who looks after them", max_length=300, required=False)
    needs = forms.CharField(
        label="What is needed before they come", max_length=LONGEST, required=False, widget=text(2),
        help_text="An induction, a check, protective clothing, a form.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("verdict") in (YES, YES_IF) and not data.get("supervisor"):
            self.add_error("supervisor", "Say who looks after them.")
        return data


class LetterForm(AnswerForm):
    own = ("letter", "file")
    wanted = own
    words = {YES: "I support it", YES_IF: "I support it, on a condition", NO: "I do not support it"}

    letter = forms.CharField(
        label="Your letter", max_length=LONGEST_LETTER, required=False, widget=text(10), help_text="Write it here, or choose a file."
    )  # fmt: skip
    file = EvidenceFileField(label="Or the letter as a file")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_empty = not data.get("letter") and not data.get("file") and "file" not in self.errors
        if data.get("verdict") in (YES, YES_IF) and is_empty:
            self.add_error("letter", "Write the letter, or choose the file in which it is.")
        return data


FORMS: dict[str, type[AnswerForm]] = {Asks.APPROVAL: ApprovalForm, Asks.LETTER: LetterForm, Asks.PLACE: PlaceForm}


class ReplaceForm(forms.Form):
    """Whom to ask instead, by the applicant."""

    name = forms.CharField(label="Name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class ChangesForm(forms.Form):
    """What an applicant is asked to change."""

    open_parts = forms.MultipleChoiceField(
        label="Parts to be changed", choices=[], widget=forms.CheckboxSelectMultiple, help_text="These open to the applicant again. All others stay as they are."
    )  # fmt: skip
    words = forms.CharField(
        label="What is to be changed, and why", max_length=LONGEST, widget=text(5), help_text="The applicant gets this by e-mail."
    )  # fmt: skip

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["open_parts"].choices = parts  # type: ignore[attr-defined]
