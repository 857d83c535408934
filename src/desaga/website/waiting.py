"""What waits for editors: links of their site that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from desaga.ui.waiting import Waiting

from . import queries

MINUTES_A_LINK, MOST_MINUTES = 2, 30


def website_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    if not user.has_perm("website.edit", organisation):
        return
    told = queries.lost_links().order_by().aggregate(number=Count("pk"), since=Min("since"))
    if number := told["number"]:
        yield Waiting(
            verb="Mend", thing=f"{number} link{'' if number == 1 else 's'} of your site that lead{'s' if number == 1 else ''} nowhere",
            url=reverse("website:list_links", args=[organisation.slug]), minutes=min(MINUTES_A_LINK * number, MOST_MINUTES), since=told["since"],
        )  # fmt: skip
