"""Saved views: who may see which, and with which one somebody's page of a plan opens. All answer within the current scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from ..models import DefaultView, Plan, SavedView
from .finding import found


def views_visible_to(user: Any) -> QuerySet[SavedView]:
    """The views that somebody may know of: their own, and those that are shared."""
    return SavedView.objects.filter(Q(owner=user) | Q(is_shared=True))


def views_for(plan: Plan, user: Any) -> QuerySet[SavedView]:
    """The visible views that hold for a plan, by name."""
    rows = views_visible_to(user).filter(Q(plan=plan) | Q(plan=None)).select_related("owner__person")
    return rows.order_by(Lower("name"), "pk")


def saved_view(plan: Plan, user: Any, pk: int) -> SavedView:
    return found(views_for(plan, user), pk=pk)


def default_view(plan: Plan, user: Any, views: Iterable[SavedView] | None = None) -> SavedView | None:
    """The view that somebody's page of this plan opens with: the plan's own default before that of all plans.

    `views` are those of `views_for`, where one has them.
    """
    visible = {view.pk: view for view in (views_for(plan, user) if views is None else views)}
    return next((visible[pk] for pk in reversed(defaults_of(plan, user)) if pk in visible), None) if visible else None


def defaults_of(plan: Plan, user: Any) -> dict[int, DefaultView]:
    """Somebody's defaults for this plan and for all plans, by the view's id."""
    rows = DefaultView.objects.filter(Q(plan=plan) | Q(plan=None), user=user)
    return {row.view_id: row for row in rows.order_by(F("plan").asc(nulls_first=True))}
