"""What was done, as it can be read."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import Q, QuerySet

from .models import Entry

_sealed: set[str] = set()


def seal(*kinds: str) -> None:
    """What was done to things of these kinds is kept, and not listed with all else: not everybody who reads the audit may know of them. Repeats harmlessly."""
    _sealed.update(kinds)


def entries(
    *, words: str = "", kind: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Entry]:
    """The organisation's entries, the latest first: those with every word in who or what, of a kind, between days."""
    found = Entry.objects.exclude(thing_kind__in=_sealed)
    for word in words.split():
        found = found.filter(
            Q(actor_name__icontains=word)
            | Q(thing_name__icontains=word)
            | Q(verb__icontains=word)
            | Q(note__icontains=word)
        )
    if kind:
        found = found.filter(thing_kind=kind)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found


def entries_about(thing: object) -> QuerySet[Entry]:
    """The history of one thing, the latest first."""
    return Entry.objects.filter(thing_kind=thing._meta.label_lower, thing_id=str(thing.pk))  # type: ignore[attr-defined]


def kinds() -> list[tuple[str, str]]:
    """The kinds of things that entries can be about, with their names, by name."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("desaga."))
    named = {model._meta.label_lower: str(model._meta.verbose_name).capitalize() for model in ours}
    here = Entry.objects.exclude(thing_kind__in=_sealed).order_by().values_list("thing_kind", flat=True).distinct()
    return sorted(((kind, named.get(kind, kind)) for kind in here), key=lambda pair: pair[1])
