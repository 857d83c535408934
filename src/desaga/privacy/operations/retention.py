"""How long data are kept: said by the institution, shown before it takes effect, done every night, written down by numbers alone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import RetentionRule, RetentionRun
from ..queries import rule_of
from ..retaining import CLASSES, Retained, in_words

log = logging.getLogger(__name__)


class NotSoLong(Refused):
    """Data of this kind cannot be kept for so long, or for so short."""


class NotShownYet(Refused):
    """Look first at what would go. Then switch it on."""


@transaction.atomic
def set_retention(*, actor: Any, organisation: Any, kind: Retained, days: int) -> RetentionRule:
    """Say for how many days a class of data is kept. A shorter time switches deleting off, until what would go was shown again.

    A longer one than what is deleted by does not, and none does where nobody need be shown (`is_shown_first`). Raises `NotSoLong`.
    """
    if not kind.least <= days <= kind.most:
        raise NotSoLong(
            f"{kind.name} can be kept for {in_words(kind.least)} at least and {in_words(kind.most)} at most."
        )
    rule = _held(organisation, kind)
    was, rule.said_at = rule.days, timezone.now()
    if was != days:
        rule.days, rule.changed_at = days, timezone.now()
        # What is deleted by now, nobody need be shown; what is not deleted by, nobody was.
        is_known = (rule.is_on and days > was) or not kind.is_shown_first
        rule.shown_days, rule.is_on = (days, rule.is_on) if is_known else (None, False)
        audit.record(actor=actor, verb="changed how long is kept:", thing=rule, changes={"days": [was, days]})
    rule.save()
    return rule


@transaction.atomic
def show_what_would_go(*, actor: Any, organisation: Any, kind: Retained, now: datetime | None = None) -> dict[str, int]:
    """What would be deleted at this moment, in numbers; and note that it was shown."""
    rule = _held(organisation, kind)
    counts = dict(kind.delete(organisation, (now or timezone.now()) - timedelta(days=rule.days), True))
    if rule.shown_days != rule.days:
        rule.shown_days = rule.days
        rule.save(update_fields=["shown_days"])
        audit.record(actor=actor, verb="was shown what would go of", thing=rule)
    return counts


@transaction.atomic
def switch_retention(*, actor: Any, organisation: Any, kind: Retained, on: bool) -> RetentionRule:
    """Begin to delete every night, or stop. Raises `NotShownYet` where nobody was shown what would go for this number of days."""
    rule = _held(organisation, kind)
    if on and rule.shown_days != rule.days:
        raise NotShownYet
    if rule.is_on != on:
        rule.is_on, rule.changed_at = on, timezone.now()
        rule.save(update_fields=["is_on", "changed_at"])
        audit.record(actor=actor, verb="began to delete" if on else "stopped deleting", thing=rule)
    return rule


def _held(organisation: Any, kind: Retained) -> RetentionRule:
    """The rule of a class, made at first, and held until the transaction ends."""
    usual = rule_of(kind)
    fields = {"days": usual.days, "is_on": usual.is_on, "shown_days": usual.shown_days}
    rule, _ = RetentionRule.objects.get_or_create(organisation=organisation, key=kind.key, defaults=fields)
    return locked(rule)


def delete_what_is_over(*, organisation: Any, now: datetime | None = None) -> list[RetentionRun]:
    """Every class that is switched on, each in a transaction of its own; called within the organisation. What went is written down by numbers.

    A class that cannot be deleted holds up no other: that it failed is written down, and why stands in the log.
    """
    at = now or timezone.now()
    runs = [_delete_or_say(organisation, kind, at) for kind in CLASSES.values() if rule_of(kind).is_on]
    return [one for one in runs if one is not None]


def _delete_or_say(organisation: Any, kind: Retained, now: datetime) -> RetentionRun | None:
    try:
        return _delete(organisation, kind, now)
    except Exception:
        log.exception("A class of data could not be deleted: %s", kind.key)
        days = rule_of(kind).days
        told = {"days": days, "before": now - timedelta(days=days), "is_failed": True}
        return RetentionRun.objects.create(organisation=organisation, key=kind.key, at=now, **told)


@transaction.atomic
def _delete(organisation: Any, kind: Retained, now: datetime) -> RetentionRun | None:
    rule = rule_of(kind)
    before = now - timedelta(days=rule.days)
    counts = {what: number for what, number in kind.delete(organisation, before, False).items() if number}
    if not counts:
        return None
    return RetentionRun.objects.create(
        organisation=organisation, key=kind.key, at=now, days=rule.days, before=before, counts=counts
    )
