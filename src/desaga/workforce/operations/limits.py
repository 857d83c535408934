"""What stops a bad file, as the organisation sets it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from desaga.organisations.operations.rows import add_row, change_row

from ..models import Limits


@transaction.atomic
def set_limits(*, actor: Any, organisation: Any, **fields: Any) -> Limits:
    """Set when a file is too bad to be loaded, and the full-time week. It holds from the next check on."""
    held = Limits.objects.first()
    if held is None:
        return add_row(Limits, actor=actor, verb="set", organisation=organisation, **fields)
    return change_row(held, actor=actor, verb="set", fields=fields)
