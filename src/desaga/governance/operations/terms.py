"""Terms of reference of groups."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from desaga.organisations.models import Group
from desaga.organisations.operations.rows import add_row, locked
from desaga.organisations.refusals import Refused

from ..models import TermsOfReference


class GroupIsClosed(Refused):
    """This group is closed: its terms stay as they were."""


class TermsSayNothing(Refused):
    """Write the terms, or say where they are kept."""


class ReviewedBeforeAgreed(Refused):
    """The day of the next review must lie after the day on which the terms were agreed."""


class NewerTerms(Refused):
    """Somebody wrote a newer version meanwhile. Look at it first, then write yours on it."""


@transaction.atomic
def agree_terms(
    *,
    actor: Any,
    group: Group,
    after: int,
    agreed_on: date,
    review_on: date | None = None,
    text: str = "",
    kept_at: str = "",
    note: str = "",
) -> TermsOfReference:
    """Write down the next version of a group's terms; those before it stay.

    `after` is the number of the version that its author saw, 0 for none. Raises `GroupIsClosed`, `NewerTerms`,
    `TermsSayNothing`, `ReviewedBeforeAgreed`.
    """
    if locked(group).closed_on:
        raise GroupIsClosed
    if not text.strip() and not kept_at.strip():
        raise TermsSayNothing
    if review_on and review_on <= agreed_on:
        raise ReviewedBeforeAgreed
    last = TermsOfReference.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    if last != after:
        raise NewerTerms
    return add_row(
        TermsOfReference,
        actor=actor,
        verb="agreed",
        organisation=group.organisation,
        group=group,
        number=last + 1,
        text=text.strip(),
        kept_at=kept_at.strip(),
        agreed_on=agreed_on,
        review_on=review_on,
        note=note,
        written_by=actor,
    )
