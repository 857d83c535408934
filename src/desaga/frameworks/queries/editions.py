"""Editions of the organisation's own frameworks, with what is in them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404

from ..models import Edition, Principle, PrincipleMove
from ..models.editions import OWN
from ..moving import Move, Relation
from ..shipped import shipped_frameworks
from ..wordings import Wording


def editions_listed() -> QuerySet[Edition]:
    """Every edition of the organisation's, drafts too."""
    return Edition.objects.order_by("name")


def edition(key: str) -> Edition:
    """The edition that an address names by its key ("own-12"), or 404."""
    number = key.removeprefix(OWN)
    rows = editions_listed().select_related("organisation", "replaces")
    found = rows.filter(pk=int(number)).first() if _is_own(key) else None
    if found is None:
        raise Http404("There is nothing here that is open to you.")
    return found


def _is_own(key: str) -> bool:
    number = key.removeprefix(OWN)
    return key.startswith(OWN) and number.isascii() and number.isdecimal() and len(number) < 16


def principles_of(edition: Edition) -> list[Principle]:
    """The principles of an edition, in its own order."""
    return list(Principle.objects.filter(edition=edition).order_by("order", "pk"))


def moves_of(edition: Edition) -> list[Move]:
    """What has been said so far of each principle of the edition that this one follows."""
    return [as_move(row) for row in PrincipleMove.objects.filter(edition=edition).order_by("pk")]


def as_move(row: PrincipleMove) -> Move:
    return Move(row.old, tuple(row.new), Relation(row.relation), row.note)


def wordings_of(principles: Iterable[Principle]) -> list[Wording]:
    """Principles as plain data, each known by its code."""
    return [Wording(one.code, one.title, one.text, tuple(one.names), one.optional, one.code) for one in principles]


def wordings_before(edition: Edition) -> list[Wording]:
    """The principles of the edition that this one follows, of the organisation's own or a shipped one; none if it follows none."""
    if edition.replaces is not None:
        return wordings_of(principles_of(edition.replaces))
    shipped = next((one for one in shipped_frameworks() if one.name == edition.replaces_name), None)
    principles = shipped.principles if shipped else ()
    return [Wording(one.code, one.title, "", one.names, one.optional, one.code) for one in principles]
