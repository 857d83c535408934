"""Where an application is read, by whoever runs its scheme and by whoever sits on its panel."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from .models import Application


def look_url(organisation: Any, application: Application) -> str:
    return reverse(
        "placements:look_at_application", args=[organisation.slug, application.scheme.slug, application.reference]
    )


def reading_url(organisation: Any, application: Application) -> str:
    return reverse(
        "placements:read_application", args=[organisation.slug, application.scheme.slug, application.reference]
    )
