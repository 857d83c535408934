"""What one says of actions at the end of their plan, of the next plan, and of what an action went on as."""

from __future__ import annotations

from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from desaga.ui.forms import FilterForm

from ..models import Action, Plan
from ..operations.closing import MergedWithNothing, Saying
from ..queries.closing import action_called
from ..queries.lineage import actions_to_become
from ..states import GOES_ON, Completion, Fate, SourceKind
from .fields import OnceForm, PartialDateField, area
from .plans import PlanForm

LONGEST_REASON = 2000
NOT_YET = ("", "Not yet said")
SHOWS = (("", "All actions"), ("unsaid", "Not yet said"), ("said", "Said"))


class ShowForm(FilterForm):
    """Which actions the closing page shows."""

    show = forms.ChoiceField(label="Show", required=False, choices=[*SHOWS, *Fate.choices])


class SayForm(forms.Form):
    """How far an action came, and apart from that what became of it; what is left empty is left as it is."""

    completion = forms.ChoiceField(label="How far it came", required=False, choices=[NOT_YET, *Completion.choices])
    fate = forms.ChoiceField(label="What became of it", required=False, choices=[NOT_YET, *Fate.choices])
    reason = forms.CharField(label="Why", required=False, max_length=LONGEST_REASON)
    into = forms.CharField(
        label="One with", required=False, max_length=400, widget=forms.TextInput(attrs={"list": "merge-with"})
    )

    def saying(self, plan: Plan) -> Saying:
        """What was typed as the operation takes it. Raises `MergedWithNothing` where no action is called so."""
        data = self.cleaned_data
        words = data.pop("into").strip() if data["fate"] == Fate.MERGED else data.pop("into") and ""
        other = action_called(plan, words) if words else None
        if words and other is None:
            raise MergedWithNothing
        return Saying(**data, into=other)


class NextPlanForm(PlanForm):
    """The title and period of the plan that is drafted."""


class CompareForm(FilterForm):
    """With which earlier plan a plan is compared."""

    before = forms.ChoiceField(label="Earlier plan", required=False)

    def __init__(self, *args: Any, plans: list[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["before"].choices = [(plan.pk, plan.title[:80]) for plan in plans]


class BecameForm(forms.Form):
    """An action of another plan, and how the one went on as it."""

    fate = forms.ChoiceField(label="How it went on", choices=[(one.value, one.label) for one in GOES_ON])
    later = SafeModelChoiceField(
        queryset=Action.objects, label="It went on as", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, action: Action, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = actions_to_become(action, words)
        field = self.fields["later"]
        field.queryset = Action.objects.filter(pk__in=[one.pk for one in self.found]).select_related("plan")
        field.label_from_instance = lambda one: f"{str(one)[:140]} ({one.plan.title[:80]})"


class FeedbackForm(OnceForm):
    """What somebody from outside said, and the action that answers it."""

    kind = forms.ChoiceField(label="What it was", choices=SourceKind.choices, initial=SourceKind.PEER_REVIEW)
    said_by = forms.CharField(
        label="Who said it", max_length=200, help_text="For example “Peer review panel, stage 2”."
    )
    where = forms.CharField(
        label="Where", required=False, max_length=300, help_text="The letter, page or meeting in which it stands."
    )
    said_on = PartialDateField(label="When", help_text="For example 2026, March 2026 or 3 March 2026.")
    text = forms.CharField(label="In their words", widget=area(4), max_length=4000)
    title = forms.CharField(label="What will be done", widget=area(2), max_length=2000)
    theme = forms.ChoiceField(label="Theme", required=False)

    def __init__(self, *args: Any, themes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", "No theme yet"), *themes]
