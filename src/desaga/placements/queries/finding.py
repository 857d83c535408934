"""Applications by words."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from desaga.organisations.models import Organisation

from ..models import Application
from ..telling import Hidden
from .applications import applications_for
from .reading import blackened_in, hides_names, title_told, with_versions


def matching(words: str, user: Any, organisation: Organisation, most: int) -> list[tuple[Application, str]]:
    """Each with the title that whoever searches reads. A panel finds nothing by what is hidden from it: what it reads is searched, not what is kept."""
    rows = applications_for(user, organisation).select_related("scheme", "round").order_by("-received_at", "-pk")
    if user.has_perm("placements.run_schemes", organisation):
        for word in words.split():
            rows = rows.filter(_holds(word) | Q(name__icontains=word) | Q(employer__icontains=word))
        return [(row, row.title) for row in rows[:most]]
    for word in words.split():
        rows = rows.filter(_holds(word))
    found = with_versions(rows[: 4 * most])
    black = blackened_in([row.pk for row in found])
    told = [(row, title_told(row, Hidden(hides_names(row), black.get(row.pk, {})))) for row in found]
    return [(row, one.title) for row, one in told if _reads(words, f"{row.reference} {one.title} {one.host}")][:most]


def _holds(word: str) -> Q:
    return Q(reference__icontains=word) | Q(title__icontains=word) | Q(host__icontains=word)


def _reads(words: str, text: str) -> bool:
    return all(word.lower() in text.lower() for word in words.split())
