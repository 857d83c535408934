"""What one types about a plan, and which of its actions one wants to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from desaga.ui.forms import FilterForm

from ..models import Plan
from ..queries.plans import parties_of, principles_of, themes_of
from ..queries.sorting import SORTS
from ..states import Status, TableColumn
from .fields import PartialDateField, refuse_end_before_start


class PlanForm(forms.Form):
    """What a plan is called and for how long it is."""

    title = forms.CharField(label="Title", max_length=300)
    starts = PartialDateField(label="From", help_text="For example 2027, August 2027 or 1 August 2027.")
    ends = PartialDateField(label="Until")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_end_before_start(self, data)
        return data


SORT_WORDS = {
    "code": "code", "title": "action", "theme": "theme", "who": "who", "due": "when", "answers": "what it answers",
    "status": "status", "rag": "RAG", "reported": "what stands on the Commitment’s form", "doubts": "doubts",
}  # fmt: skip


def sort_words(sort: str) -> str:
    """An order in words: "when, backwards"."""
    name = sort.removeprefix("-")
    return SORT_WORDS.get(name, "") + (", backwards" if name != sort else "")


class ActionFilterForm(FilterForm):
    """Which actions of a plan to look at."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    party = forms.ChoiceField(label="Party", required=False)
    principle = forms.ChoiceField(label="Principle", required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "All"), *Status.choices, ("none", "No status yet")]
    )
    due = forms.ChoiceField(
        label="Due",
        required=False,
        choices=[
            ("", "All"),
            ("overdue", "Overdue"),
            ("soon", "Within 3 months"),
            ("later", "Later"),
            ("ongoing", "Ongoing"),
            ("undated", "No date"),
        ],
    )
    sort = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(name, sort_words(name)) for name in SORTS]
    )
    columns = forms.MultipleChoiceField(
        required=False, widget=forms.MultipleHiddenInput, choices=TableColumn.choices, label="Columns"
    )
    view = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)

    field_order = ("q", "party", "principle", "theme", "status", "due")

    def __init__(
        self,
        *args: Any,
        parties: Sequence[tuple[str, str]],
        principles: Sequence[tuple[str, Any]],
        themes: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gone: list[tuple[str, str]] = []
        self._offer("party", parties, parties)
        self._offer("principle", principles, [pair for _, rows in principles for pair in rows])
        self._offer("theme", themes, themes)

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]], known: Sequence[tuple[str, str]]) -> None:
        """A link may ask for what the plan does not name (`gone`): then nothing fits, rather than everything."""
        wanted, field = self.data.get(name) or "", self.fields[name]
        unknown = bool(wanted) and wanted not in dict(known) and "\x00" not in wanted
        field.choices = [("", "All"), *choices, *([(wanted, wanted)] if unknown else [])]
        if unknown:
            self.gone.append((str(field.label).lower(), wanted))


def filter_form_of(plan: Plan, query: Any) -> ActionFilterForm:
    """The filters of a plan's page, filled in. A word of the address that is no choice is left out; the others still count."""
    themes = [(theme.code or theme.title, theme.name) for theme in themes_of(plan)]
    form = ActionFilterForm(query, parties=parties_of(plan), principles=principles_of(plan), themes=themes)
    form.is_valid()
    return form


class ColumnsForm(forms.Form):
    """Which columns a table of actions shows."""

    columns = forms.MultipleChoiceField(
        label="Columns beside code and action",
        required=False,
        choices=TableColumn.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class SaveViewForm(forms.Form):
    """Under which name a view is kept, for which plans, and for whom. Give `may_share`, for this plan and for all."""

    name = forms.CharField(label="Name", max_length=80, help_text="Such as “Ours, due this term”.")
    plans = forms.ChoiceField(
        label="For",
        choices=[("this", "This plan"), ("all", "All plans of the organisation")],
        widget=forms.RadioSelect,
        initial="this",
    )
    is_shared = forms.BooleanField(
        label="Share it with the organisation",
        required=False,
        help_text="Everybody here can then open it. Otherwise it is yours alone.",
    )
    is_default = forms.BooleanField(
        label="Open the page with it",
        required=False,
        help_text="For you alone: the plan’s actions then open with this view.",
    )

    def __init__(self, *args: Any, may_share: Mapping[str, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_share = may_share
        if not any(may_share.values()):
            del self.fields["is_shared"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.setdefault("is_shared", False)
        if data["is_shared"] and not self.may_share.get(data.get("plans", ""), True):
            self.add_error("is_shared", "You may share views of this plan, but not of all plans. Choose “This plan”.")
        return data


class VersionForm(forms.Form):
    """What a version of a plan is called."""

    name = forms.CharField(
        label="What is this version?",
        max_length=120,
        help_text="Such as “As sent to the steering group, October 2026”. A version holds the whole plan and is never changed.",
    )
