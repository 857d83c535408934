"""For which other action an action waits."""

from __future__ import annotations

from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from desaga.ui.forms import FilterForm

from ..models import Action
from ..queries.waiting import actions_to_wait_for


class FindActionForm(FilterForm):
    """Words of the action that is looked for."""

    q = forms.CharField(label="Words or code", required=False, widget=forms.TextInput(attrs={"type": "search"}))


class WaitForm(forms.Form):
    """One of the actions that were found; of the plan above, it says so."""

    on = SafeModelChoiceField(queryset=Action.objects, label="It waits for", widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, action: Action, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = actions_to_wait_for(action, words)
        field = self.fields["on"]
        field.queryset = (
            Action.objects.filter(pk__in=[one.pk for one in self.found])
            .select_related("plan")
            .order_by("plan__under", "order")
        )
        field.label_from_instance = lambda one: (
            str(one)[:140] if one.plan_id == action.plan_id else f"{str(one)[:140]} (of the plan above)"
        )
