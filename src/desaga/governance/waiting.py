"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from .queries import groups

MINUTES_TO_REVIEW = 20


def terms_to_review(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Terms of reference whose day of review has come or is near, for those who keep groups."""
    if not user.has_perm("organisations.keep_structure", organisation):
        return
    for terms in groups.terms_to_review(by=timezone.localdate() + groups.SOON):
        yield Waiting(
            verb="Review",
            thing=f"the terms of reference of {terms.group}",
            url=reverse("governance:show_group", args=[organisation.slug, terms.group_id]),
            minutes=MINUTES_TO_REVIEW,
            since=terms.written_at,
            due_on=terms.review_on,
        )
