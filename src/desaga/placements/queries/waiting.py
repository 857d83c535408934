"""How much waits for somebody, scheme by scheme; of applications that they may know of."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, QuerySet

from desaga.organisations.models import Organisation

from ..models import Application
from ..states import UNDECIDED, ApplicationState
from .applications import applications_for, applications_to_declare
from .reading import readings_of

BY_SCHEME = ("scheme__name", "scheme__slug")


def to_check(user: Any, organisation: Organisation) -> QuerySet[Application, dict[str, Any]]:
    rows = applications_for(user, organisation).filter(state=ApplicationState.RECEIVED)
    return rows.order_by("scheme__name").values(*BY_SCHEME).annotate(number=Count("pk"), since=Min("received_at"))


def to_plan(user: Any, organisation: Organisation) -> QuerySet[Application, dict[str, Any]]:
    """What came in and no panel is to hear."""
    rows = applications_for(user, organisation).filter(state__in=UNDECIDED, round=None)
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
