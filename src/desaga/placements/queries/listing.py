"""Applications narrowed and put in order, as a list asks for them; which they are is said by `applications`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ..defining import Nouns
from ..models import Answer, Application

SORTS = (("reference", "Reference"), ("title", "Title"), ("employer", "Employer"), ("host", "Host"), ("asked", "Asked for, most first"), ("starts_on", "First day"))  # fmt: skip


def sorts_of(nouns: Nouns) -> list[tuple[str, str]]:
    """The orders in a scheme's own words."""
    return [(key, nouns.host_noun.capitalize() if key == "host" else label) for key, label in SORTS]


def narrowed(rows: QuerySet[Application], wanted: Mapping[str, Any], *, names: bool = True) -> QuerySet[Application]:
    """Applications as a filter asks for them. `names`: whether whoever asks may search for people."""
    for word in (wanted.get("q") or "").split():
        found = Q(reference__icontains=word) | Q(title__icontains=word) | Q(host__icontains=word)
        rows = rows.filter(found | Q(name__icontains=word) | Q(employer__icontains=word) if names else found)
    for name in ("round", "state"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("abroad"):
        rows = rows.filter(is_abroad=wanted["abroad"] == "yes")
    if wanted.get("nation"):
        rows = rows.filter(
            Exists(Answer.objects.filter(application=OuterRef("pk"), key="nation", value=wanted["nation"]))
        )
    return in_order(rows.select_related("round"), wanted.get("sort") or "")


def in_order(rows: QuerySet[Application], sort: str) -> QuerySet[Application]:
    if sort not in dict(SORTS):
        return rows.order_by("-received_at", "-pk")
    column = F(sort).desc(nulls_last=True) if sort == "asked" else F(sort).asc(nulls_last=True)
    return rows.order_by(column, "reference")
