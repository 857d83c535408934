"""Who may read which application: the only beginnings of every list, search, count, export, answer and mail about applications."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from desaga.organisations.models import Organisation

from ..models import Answer, Application
from ..states import CAME_IN, ApplicationState


def applications_for(user: Any, organisation: Organisation) -> QuerySet[Application]:
    """What somebody who works for the scheme may read: what came in; for a panel see what the panel's part adds.

    Nobody but the applicant reads a draft.
    """
    rows = Application.objects.filter(state__in=CAME_IN) | Application.objects.filter(
        state=ApplicationState.WITHDRAWN, received_at__isnull=False
    )
    return rows if user.has_perm("placements.run_schemes", organisation) else rows.none()


def applications_of(user: Any) -> QuerySet[Application]:
    """A person's own, of the organisation in scope; nothing for whoever is not a person here."""
    if getattr(user, "person_id", None) is None:
        return Application.objects.none()
    return Application.objects.filter(applicant=user.person_id).select_related(
        "scheme", "version", "round", "organisation"
    )


def own_application_or_404(user: Any, scheme_slug: str, reference: str) -> Application:
    return get_object_or_404(applications_of(user), scheme__slug=scheme_slug, reference=reference)


def own_applications() -> QuerySet[Application]:
    """Those of the person in scope, over all organisations that run schemes."""
    return Application.mine.select_related("scheme", "organisation", "round")


def typed(application: Application) -> dict[str, Any]:
    """What was written, by the key of its question."""
    return dict(Answer.objects.filter(application=application).values_list("key", "value"))
