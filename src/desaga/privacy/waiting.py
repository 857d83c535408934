"""What waits for the HR data steward, people who object; and for the lead, data of people that nobody has said a time for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from desaga.organisations.rules import has_role
from desaga.organisations.states import Role
from desaga.ui.waiting import Waiting

from . import queries
from .retaining import CLASSES

MOST = 10
#: UK GDPR, article 12(3): without undue delay and within one month.
MONTH = timedelta(days=28)


def objections_to_answer(user: Any, organisation: Any) -> Iterable[Waiting]:
    if not user.has_perm("privacy.answer_objections", organisation):
        return
    for objection in queries.objections_waiting()[:MOST]:
        objection.organisation = organisation
        yield Waiting(
            verb="Answer",
            thing="a person who objects to what is done with their data",
            url=objection.get_absolute_url(),
            minutes=10,
            since=objection.made_at,
            due_on=(objection.made_at + MONTH).date(),
        )


leads = has_role(Role.LEAD)


def times_to_set(user: Any, organisation: Any) -> Iterable[Waiting]:
    """Data of people that are held, and that no night deletes since nobody has switched that on: one line for all of them."""
    if not leads(user, organisation):
        return
    rules = queries.rules()
    off = [one for one in CLASSES.values() if one.since is not None and not rules[one.key].is_on]
    held = [(since, one) for one in off if one.since and (since := one.since()) is not None]
    if not held:
        return
    yield Waiting(
        verb="Say how long are kept:",
        thing=f"{held[0][1].name[:1].lower()}{held[0][1].name[1:]}{' and more' if len(held) > 1 else ''}, which nothing deletes yet",
        url=reverse("privacy:show_retention", args=[organisation.slug]),
        minutes=10,
        since=min(since for since, _ in held),
    )
