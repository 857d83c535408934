"""How much waits for somebody, scheme by scheme; of applications that they may know of."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..dating import months_before
from ..models import Application, SchemeVersion
from ..states import ENDED, ApplicationState
from .applications import applications_for, applications_to_declare
from .reading import readings_of

BY_SCHEME = ("scheme__name", "scheme__slug")


def to_check(user: Any, organisation: Organisation) -> QuerySet[Application, dict[str, Any]]:
    rows = applications_for(user, organisation).filter(state=ApplicationState.RECEIVED)
    return rows.order_by("scheme__name").values(*BY_SCHEME).annotate(number=Count("pk"), since=Min("received_at"))


def to_declare(user: Any, organisation: Organisation) -> QuerySet[Application, dict[str, Any]]:
    pks = applications_to_declare(user, organisation).order_by().values("pk")
    rows = Application.objects.filter(pk__in=pks).order_by("scheme__name").values(*BY_SCHEME)
    return rows.annotate(number=Count("pk"), since=Min("received_at"), due_on=Min("round__meets_on"))


def to_score(user: Any, organisation: Organisation) -> list[dict[str, Any]]:
    rows = readings_of(user, organisation).filter(
        sent_at=None, abstained_at=None, application__state=ApplicationState.ELIGIBLE
    )
    return [
        {**row, **{name: row[f"application__{name}"] for name in BY_SCHEME}}
        for row in rows.order_by("application__scheme__name")
        .values(*(f"application__{name}" for name in BY_SCHEME))
        .annotate(number=Count("pk"), since=Min("made_at"), due_on=Min("application__round__meets_on"))
    ]


def to_strip(user: Any, organisation: Organisation) -> QuerySet[Application, dict[str, Any]]:
    """Applications that ended so long ago that people should be stripped from them, where that is not done by itself. The page says which are held back."""
    versions = SchemeVersion.objects.filter(scheme__strips_since=None).exclude(in_force_at=None)
    today, over = timezone.localdate(), Q(pk__in=[])
    for one in versions:
        over |= Q(version=one.pk, changed_at__date__lt=months_before(today, one.definition.keep_months))
    rows = applications_for(user, organisation).filter(over, state__in=ENDED)
    return rows.order_by("scheme__name").values(*BY_SCHEME).annotate(number=Count("pk"), since=Min("changed_at"))
