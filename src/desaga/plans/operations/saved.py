"""Saved views: keeping what a page shows under a name, changing it, sharing it, opening the page with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..models import DefaultView, Plan, SavedView


class ViewNameTaken(Refused):
    """You have a view of this name already. Choose another name, or change that view."""


@transaction.atomic
def save_view(
    *,
    actor: Any,
    organisation: Organisation,
    plan: Plan | None,
    name: str,
    asks: Mapping[str, Any],
    is_shared: bool = False,
    is_default: bool = False,
) -> SavedView:
    """Keep what a page shows as a view of one plan, or of all where `plan` is None. Raises `ViewNameTaken`."""
    fields = {"plan": plan, "owner": actor, "name": name, "asks": dict(asks), "is_shared": is_shared}
    try:
        with transaction.atomic():
            view = add_row(SavedView, actor=actor, verb="saved", organisation=organisation, **fields)
    except IntegrityError:
        raise ViewNameTaken from None
    if is_default:
        set_default_view(actor=actor, view=view, plan=plan)
    return view


@transaction.atomic
def edit_view(*, actor: Any, view: SavedView, name: str, plan: Plan | None, is_shared: bool) -> SavedView:
    """Rename a view, say for which plans it holds, share it or keep it. Raises `ViewNameTaken`.

    Whoever can no longer see it, or for whose plan it no longer holds, opens their page without it.
    """
    try:
        with transaction.atomic():
            changed = change_row(view, actor=actor, fields={"name": name, "plan": plan, "is_shared": is_shared})
    except IntegrityError:
        raise ViewNameTaken from None
    return changed


@transaction.atomic
def replace_view(*, actor: Any, view: SavedView, asks: Mapping[str, Any]) -> SavedView:
    """Let a view show what the page shows now."""
    return change_row(view, actor=actor, fields={"asks": dict(asks)})


@transaction.atomic
def remove_view(*, actor: Any, view: SavedView) -> None:
    """Remove a view, and with it that anybody's page opens with it."""
    held = locked(view)
    audit.record(actor=actor, verb="removed", thing=held, note=f"It asked for: {held.asks}")
    held.delete()


@transaction.atomic
def set_default_view(*, actor: Any, view: SavedView, plan: Plan | None) -> DefaultView:
    """Open somebody's page of a plan, or of every plan that has no default of its own, with a view from now on."""
    default, _ = DefaultView.objects.update_or_create(
        organisation=view.organisation, user=actor, plan=plan, defaults={"view": view}
    )
    audit.record(actor=actor, verb="opens plans with", thing=view)
    return default


@transaction.atomic
def clear_default_view(*, actor: Any, view: SavedView) -> None:
    """Open somebody's pages without this view again. Said twice, it is said once."""
    gone, _ = DefaultView.objects.filter(organisation=view.organisation, user=actor, view=view).delete()
    if gone:
        audit.record(actor=actor, verb="no longer opens plans with", thing=view)
