"""Which doors an organisation opens to young people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row
from desaga.organisations.refusals import Refused

from ..models import Doors

NAMES = ("takes_questions", "takes_interest", "offers", "safeguarding", "safeguarding_email", "vacancies_address")


class NeedsSafeguarding(Refused):
    """Say who answers for safeguarding, with their address, before schools can ask for work experience."""


@transaction.atomic
def set_doors(*, actor: Any, organisation: Organisation, now: datetime | None = None, **said: Any) -> Doors:
    """Open and close them, with what stands over them. Raises `NeedsSafeguarding`."""
    fields: dict[str, Any] = {name: said[name].strip() if isinstance(said[name], str) else said[name] for name in NAMES}
    if fields["takes_interest"] and not (fields["safeguarding"] and fields["safeguarding_email"]):
        raise NeedsSafeguarding
    held = Doors.objects.first()
    is_open = any(fields[name] for name in ("takes_questions", "takes_interest", "vacancies_address"))
    fields["published_at"] = (held and held.published_at or now or timezone.now()) if is_open else None
    if held is None:
        return add_row(Doors, actor=actor, verb="set", organisation=organisation, **fields)
    return change_row(held, actor=actor, fields=fields)
