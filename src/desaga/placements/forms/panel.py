"""Input to clean data, for staff and panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from desaga.evidence.forms import EvidenceFileField
from desaga.organisations.models import Person
from desaga.ui.forms import DatePartsField, FilterForm

from ..conflicting import NONE
from ..defining import ConflictKind, Definition, Nouns
from ..models import PanelMember, Round
from ..queries.listing import sorts_of
from ..states import CAME_IN, ApplicationState

LONGEST = 2000
Kinds = Sequence[ConflictKind]


def area(label: str, *, required: bool = True, hint: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=hint, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )


class ApplicationFilterForm(FilterForm):
    """Which applications of a scheme, and in which order."""

    q = forms.CharField(required=False)
    round = forms.ModelChoiceField(label="Panel", required=False, queryset=Round._base_manager.none())
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All states"), *((str(one), one.label) for one in (*CAME_IN, ApplicationState.WITHDRAWN))],
    )  # fmt: skip
    nation = forms.ChoiceField(label="Nation", required=False)
    abroad = forms.ChoiceField(label="Where", required=False, choices=[("", "Home and abroad"), ("no", "At home"), ("yes", "Abroad")])  # fmt: skip
    sort = forms.ChoiceField(label="Order", required=False)

    def __init__(self, *args: Any, rounds: Any, definition: Definition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds
        self.fields["round"].empty_label = "All panels"
        nations, nouns = (definition.nations, definition.nouns) if definition else ((), Nouns())
        self.fields["q"].label = f"Reference, title, applicant, employer or {nouns.host_noun}"
        self.fields["sort"].choices = [("", "Newest first"), *sorts_of(nouns)]
        self.fields["nation"].choices = [("", "All nations"), *((one.value, one.label) for one in nations)]
        if not nations:
            del self.fields["nation"]


class IneligibleForm(forms.Form):
    """Why the scheme cannot fund it."""

    reasons = forms.MultipleChoiceField(label="Why it cannot be funded", widget=forms.CheckboxSelectMultiple)
    words = area("In your own words", required=False, hint="The applicant reads the reasons, and this.")

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [
            (one.key, f"{one.label}. {one.words}") for one in definition.ineligible_reasons
        ]
        if not definition.ineligible_reasons:
            del self.fields["reasons"]
            self.fields["words"].required = True


def words_field(label: str, hint: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=600, help_text=hint)


class MemberForm(forms.ModelForm):
    """A member's seat: for whom they work, what they know, their term."""

    expertise = words_field(
        "What they know", "With commas between: microscopy, workshops. Applications are shared out by these words."
    )
    prefers = words_field("What they would rather read", "Counts half as much.")
    starts_on = DatePartsField(label="Sits from")
    ends_on = DatePartsField(
        label="Until", required=False, help_text="Empty: no end is set. After this day they see nothing."
    )

    class Meta:
        model = PanelMember
        fields = ["works_for", "unit", "expertise", "prefers", "starts_on", "ends_on", "most"]
        labels = {"works_for": "Works for", "most": "Reads at most, in one round", "unit": "Unit"}
        help_texts = {
            "works_for": "As applications would write it. They read nothing from there, and nothing that goes there.",
            "unit": "Faculty or school, where members of one institution sit together: readers are spread over units then.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {name: ", ".join(getattr(self.instance, name)) for name in ("expertise", "prefers")}

    def clean_expertise(self) -> list[str]:
        return self._words("expertise")

    def clean_prefers(self) -> list[str]:
        return self._words("prefers")

    def _words(self, name: str) -> list[str]:
        words = [" ".join(one.split())[:60] for one in self.cleaned_data[name].split(",")]
        return list(dict.fromkeys(one for one in words if one))[:20]


class NewMemberForm(MemberForm):
    person = SafeModelChoiceField(
        label="Who",
        queryset=Person._base_manager.none(),
        help_text="Reviewers and panel chairs. The lead gives those roles.",
    )
    field_order = ("person", "works_for", "unit", "expertise", "prefers", "starts_on", "ends_on", "most")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class TermForm(forms.Form):
    """A further term of somebody who sat before."""

    starts_on = DatePartsField(label="Sits again from")
    ends_on = DatePartsField(label="Until", required=False, help_text="Empty: no end is set.")


class LeadersForm(forms.Form):
    """Who leads a round."""

    chair = SafeModelChoiceField(label="Chair", required=False, queryset=Person._base_manager.none())
    administrator = SafeModelChoiceField(
        label="Independent administrator",
        required=False,
        queryset=Person._base_manager.none(),
        help_text="Runs what the chair has a conflict with. The chair cannot name or replace them.",
    )

    def __init__(self, *args: Any, chairs: Any, administrators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = chairs
        self.fields["administrator"].queryset = administrators


class ScoreByForm(forms.Form):
    """The day by which a round is scored."""

    score_by = DatePartsField(label="Scores by", required=False)

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = Round(meets_on=round_.meets_on, cut_off_on=round_.cut_off_on).scores_by
        self.fields[
            "score_by"
        ].help_text = f"Without a day it is {usual:%-d %B %Y}, a week before the panel meets. Readers see it, and are reminded once three days before and once after it."


class DeclareForm(forms.Form):
    """Whether anything stands in the way of reading something."""

    kind = forms.ChoiceField(
        label="What have you to do with it?",
        widget=forms.RadioSelect,
        choices=[],
    )
    words = area(
        "What it is, in a few words",
        required=False,
        hint="Only if there is something. Those who run the scheme read this.",
        rows=3,
    )

    def __init__(self, *args: Any, kinds: Kinds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(NONE, "Nothing: I can read it"), *((one.key, one.declared) for one in kinds)]
        self.fields["kind"].choices = told  # type: ignore[attr-defined]


class RecuseForm(forms.Form):
    """Why somebody steps back."""

    kind = forms.ChoiceField(label="What stands in the way", widget=forms.RadioSelect, choices=[])
    words = area(
        "What it is, in a few words", hint="Those who run the scheme read this; the applicant does not.", rows=3
    )

    def __init__(self, *args: Any, kinds: Kinds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.key, one.declared) for one in kinds]  # type: ignore[attr-defined]


class BecauseForm(forms.Form):
    """One reason."""

    because = area("Why")

    def __init__(self, *args: Any, label: str = "Why", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].label, self.fields["because"].help_text = label, hint


class NoteConflictForm(forms.Form):
    """Staff know of a conflict."""

    person = SafeModelChoiceField(label="Who", queryset=Person._base_manager.none())
    kind = forms.ChoiceField(label="What stands in the way", choices=[])
    words = area("What it is, in a few words", rows=3)

    def __init__(self, *args: Any, people: Any, kinds: Kinds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["kind"].choices = [(one.key, one.label) for one in kinds]  # type: ignore[attr-defined]


class AddReaderForm(forms.Form):
    """Somebody to read an application."""

    member = SafeModelChoiceField(label="Who reads it", queryset=PanelMember._base_manager.none())

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members


class BlackenForm(forms.Form):
    """Words of an answer that the panel must not read."""

    key = forms.ChoiceField(label="Answer")
    words = forms.CharField(
        label="Words to blacken",
        max_length=300,
        help_text="As they stand there. They are made black wherever they stand in that answer.",
    )

    def __init__(self, *args: Any, answers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = answers


class RedactForm(forms.Form):
    """A copy of a file without names."""

    file = forms.ChoiceField(label="Of which file?", widget=forms.RadioSelect)
    copy = EvidenceFileField(label="The copy without names", required=True)

    def __init__(self, *args: Any, given: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].choices = [(str(pk), name) for pk, name in given]  # type: ignore[attr-defined]
        if len(given) == 1:
            self.fields["file"].initial = str(given[0][0])


class ShareOutForm(forms.Form):
    """How a round is read."""

    everyone = forms.BooleanField(label="Everybody reads all that they may", required=False)
    each = forms.IntegerField(
        label="Else, readers for each application", min_value=1, max_value=20, widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    spread = forms.FloatField(
        label="What a second reader from one organisation or unit costs", min_value=0, max_value=100,
        help_text="A word that a reader knows counts 2. With 0 organisations and units are left out of account.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
