"""How much waits for somebody, scheme by scheme; of applications that they may know of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..dating import months_before
from ..models import Application, Assignment, Round, SchemeVersion
from ..states import ENDED, UNDECIDED, ApplicationState
from .applications import applications_for, applications_to_declare
from .readers import SCORES_BY
from .reading import readings_of

BY_SCHEME = ("scheme__name", "scheme__slug")


def those_with_rows(kinds: Mapping[str, QuerySet[Any, Any]]) -> list[str]:
    """The kinds, in their order, of which there is anything: one query, however many kinds are asked for."""
    asked = [rows.order_by().annotate(_kind=Value(name)).values_list("_kind", flat=True)[:1] for name, rows in kinds.items()]  # fmt: skip
    if not asked:
        return []
    found = set(asked[0].union(*asked[1:], all=True))
    return [name for name in kinds if name in found]


def to_check(user: Any, organisation: Organisation) -> QuerySet[Application]:
    return applications_for(user, organisation).filter(state=ApplicationState.RECEIVED)


def to_plan(user: Any, organisation: Organisation) -> QuerySet[Application]:
    """What came in and no panel is to hear."""
    return applications_for(user, organisation).filter(state__in=UNDECIDED, round=None)


def to_declare(user: Any, organisation: Organisation) -> QuerySet[Application]:
    pks = applications_to_declare(user, organisation).order_by().values("pk")
    return Application.objects.filter(pk__in=pks)


def to_score(user: Any, organisation: Organisation) -> QuerySet[Assignment]:
    return readings_of(user, organisation).filter(
        sent_at=None, abstained_at=None, application__state=ApplicationState.ELIGIBLE
    )


def applications_by_scheme(rows: QuerySet[Application]) -> QuerySet[Application, dict[str, Any]]:
    """How many of each scheme, since when, and by when they are heard."""
    told = rows.order_by("scheme__name").values(*BY_SCHEME)
    return told.annotate(
        number=Count("pk"), since=Min("received_at"), due_on=Min("round__meets_on"), changed=Min("changed_at")
    )


def readings_by_scheme(rows: QuerySet[Assignment]) -> list[dict[str, Any]]:
    """The same of readings."""
    by = Round.objects.filter(pk=OuterRef("application__round")).annotate(by=SCORES_BY).values("by")
    told = (
        rows.annotate(by=Subquery(by))
        .order_by("application__scheme__name")
        .values(*(f"application__{name}" for name in BY_SCHEME))
    )
    counted = told.annotate(number=Count("pk"), since=Min("made_at"), due_on=Min("by"))
    return [{**row, **{name: row[f"application__{name}"] for name in BY_SCHEME}} for row in counted]


def to_strip(user: Any, organisation: Organisation) -> QuerySet[Application]:
    """Applications that ended so long ago that people should be stripped from them, where that is not done by itself. The page says which are held back."""
    versions = SchemeVersion.objects.filter(scheme__strips_since=None).exclude(in_force_at=None)
    today, over = timezone.localdate(), Q(pk__in=[])
    for one in versions:
        over |= Q(version=one.pk, changed_at__date__lt=months_before(today, one.definition.keep_months))
    return applications_for(user, organisation).filter(over, state__in=ENDED)
