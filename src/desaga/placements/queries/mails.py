"""Who may be told of a mail about an application: that it is in doubt, what it is called and to whom it goes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q

from desaga.organisations.models import Organisation

from ..models import Asking
from .applications import applications_for, applications_not_hidden


def known_by_mails(user: Any, organisation: Organisation, pks: Collection[int]) -> set[int]:
    """Of these applications those of whose mails somebody may be told: who runs schemes, what came in or was sent to be approved, and is not hidden from them. Of a draft nobody."""
    if not user.has_perm("placements.run_schemes", organisation):
        return set()
    was_sent = Exists(Asking.objects.filter(application=OuterRef("pk")))
    came_in = Q(pk__in=applications_for(user, organisation).order_by().values("pk"))
    rows = applications_not_hidden(user).filter(came_in | Q(was_sent), pk__in=pks, stripped_at=None)
    return set(rows.values_list("pk", flat=True))
