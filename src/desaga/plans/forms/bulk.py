"""What is to become of many actions at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from desaga.organisations.models import Party

from ..changing import Wish
from ..models import Plan
from ..queries.coverage import frameworks_for
from ..queries.parties import parties_to_choose
from ..queries.plans import parties_of, themes_of
from ..states import OwnerRole, Rag, Status
from .fields import PartialDateField, area
from .settling import party_label
from .updates import words

LEAVE = ("", "Leave as it is")
NO_THEME = "none"


class BulkForm(forms.Form):
    """What is to change; what is left empty stays. `wish` gives it."""

    status = forms.ChoiceField(label="Status", required=False, choices=[LEAVE, *Status.choices])
    rag = forms.ChoiceField(label="RAG", required=False, choices=[LEAVE, *Rag.choices])
    said = forms.CharField(
        label="What to say of it",
        required=False,
        max_length=2000,
        widget=area(2),
        help_text="Stands in the dated update of each action whose status or RAG changes.",
    )
    cause = words("If they become red: why", help_text="Stands in the update of each of them.")
    recovery = words("If they become red: how they get back on course")
    evidence = words(
        "If they become complete: what shows it",
        help_text="A page, a report, a number, for all of them. Left empty, those become complete that have evidence already.",
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    party = SafeModelChoiceField(
        queryset=Party.objects, label="Who carries it", required=False, empty_label="Leave as it is"
    )
    role = forms.ChoiceField(label="What they do", choices=OwnerRole.choices, initial=OwnerRole.LEAD)
    instead_of = forms.ChoiceField(
        label="Instead of",
        required=False,
        help_text="Whoever gives way. Left empty, they carry it besides the others. Who comes instead does what was done before.",
    )
    ends = PartialDateField(label="Due until", help_text="For example 2027, March 2027 or 31 March 2027.")
    alignment = forms.ChoiceField(label="Answers too", required=False)
    usual = forms.BooleanField(label="They are business as usual", required=False)
    reason = forms.CharField(label="Why they are business as usual", required=False, max_length=2000, widget=area(2))
    settle = forms.BooleanField(label="The doubts of their reading are settled", required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = {str(theme.pk): theme for theme in themes_of(plan)}
        themes = [(pk, theme.name) for pk, theme in self.themes.items()]
        self.fields["theme"].choices = [LEAVE, *themes, (NO_THEME, "No theme")]
        self.fields["party"].queryset = parties_to_choose()
        self.fields["party"].label_from_instance = party_label
        self.fields["instead_of"].choices = [("", "Nobody"), *parties_of(plan)]
        self.fields["alignment"].choices = [("", "Nothing more"), *_principles(plan)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("instead_of") and not data.get("party") and "party" not in self.errors:
            self.add_error("party", "Choose who comes instead, or let nobody give way.")
        if not self.errors:
            if self.wish() == Wish():
                raise forms.ValidationError("Nothing is to change yet. Choose at least one thing.")
            for name, sentence in self.wish().wanting().items():
                self.add_error(name, sentence.replace("It is red", "They become red").replace("it gets", "they get"))
        return data

    def wish(self) -> Wish:
        """What was typed, as one wish."""
        typed = self.cleaned_data
        framework, _, code = typed["alignment"].rpartition(" · ")
        going = bool(typed["status"] or typed["rag"])
        return Wish(
            status=typed["status"],
            rag=typed["rag"],
            said=typed["said"].replace("\r\n", "\n") if going else "",
            cause=typed["cause"].strip() if typed["rag"] == Rag.RED else "",
            recovery=typed["recovery"].strip() if typed["rag"] == Rag.RED else "",
            evidence=typed["evidence"].strip() if typed["status"] == Status.COMPLETE else "",
            theme=self.themes.get(typed["theme"]),
            no_theme=typed["theme"] == NO_THEME,
            party=typed["party"],
            role=typed["role"] if typed["party"] else OwnerRole.LEAD,
            instead_of=typed["instead_of"],
            ends=typed["ends"],
            usual=typed["usual"],
            reason=typed["reason"] if typed["usual"] else "",
            alignment=(framework, code) if code else None,
            settle=typed["settle"],
        )


def _principles(plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    """The principles of every framework that the plan can be held against, under the framework's name."""
    return [
        (
            one.name,
            [(f"{one.name} · {code}", f"{code}: {title}"[:90] if title else code) for code, title, _ in one.principles],
        )
        for one in frameworks_for(plan)
        if one.principles
    ]
