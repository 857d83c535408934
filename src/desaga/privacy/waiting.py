"""What waits for the HR data steward, people who object; and for the lead, data of people that nobody has said a time for, or that nothing deletes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.organisations.rules import has_role
from desaga.organisations.states import Role
from desaga.ui.waiting import Waiting

from . import queries
from .retaining import CLASSES, in_words

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
            due_on=timezone.localdate(objection.made_at + MONTH),
        )


leads = has_role(Role.LEAD)


def times_to_set(user: Any, organisation: Any) -> Iterable[Waiting]:
    """Data of people that are held, and that go after the time that is proposed, or never: one line for all of them."""
    if not leads(user, organisation):
        return
    rules = queries.rules()
    left = [
        one for one in CLASSES.values() if one.since and (rules[one.key].said_at is None or not rules[one.key].is_on)
    ]
    held = [(since, one) for one in left if one.since and (since := one.since()) is not None]
    if not held:
        return
    first = held[0][1]
    rule = rules[first.key]
    until = f"deleted after {in_words(rule.days)} unless you say otherwise" if rule.is_on else "which nothing deletes"
    yield Waiting(
        verb="Say how long are kept:",
        thing=f"{first.name[:1].lower()}{first.name[1:]}{' and more' if len(held) > 1 else ''}, {until}",
        url=reverse("privacy:show_retention", args=[organisation.slug]),
        minutes=10,
        since=min(since for since, _ in held),
    )
