"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from desaga.ui.waiting import Waiting

from .queries import invitations_lapsed


def lapsed_invitations(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Invitations that ran out unanswered, for whoever invites people there."""
    if not user.has_perm("accounts.invite_people", organisation):
        return
    for invitation in invitations_lapsed():
        yield Waiting(
            verb="Send again or take back",
            thing=f"the invitation of {invitation.name}, which nobody answered",
            url=reverse("accounts:list_invitations", args=[organisation.slug]),
            minutes=1,
            since=invitation.expires_at,
        )
