"""Which plans, and which actions of all of them, one wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ..models import Plan
from ..states import PlanState
from .plans import ActionFilterForm, FilterForm


class PlanFilterForm(FilterForm):
    """Which plans to list."""

    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *PlanState.choices])


class AllActionsFilterForm(ActionFilterForm):
    """Which actions of all active plans to look at."""

    plan = forms.ChoiceField(label="Plan", required=False)

    field_order = ("q", "plan", "party", "status", "due")

    def __init__(self, *args: Any, plans: Sequence[Plan], parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, parties=parties, principles=(), themes=(), **kwargs)
        for name in ("principle", "theme", "columns", "view"):
            del self.fields[name]
        self.fields["plan"].choices = [("", "All"), *((str(plan.pk), plan.title) for plan in plans)]
