"""Every framework that plans can name: those that Desaga ships, and the organisation's own that are or were in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from ..models import Edition, Principle, PrincipleMove
from ..moving import Succession
from ..shipped import Framework, shipped_frameworks, shipped_successions
from ..states import KNOWN, EditionState
from ..wordings import MOST_WORDS
from .editions import as_move


@dataclass(frozen=True, slots=True)
class FrameworkKnown:
    """One dated edition of a framework, shipped or of the organisation's own.

    Alignments name it by `name`. Editions of one framework have one `family`; one that was replaced or taken out of use
    is not `is_current`.
    """

    name: str
    kind: str
    version: str
    source: str
    principles: tuple[tuple[str, str, bool], ...] = field(default=(), repr=False)
    """Code, title and whether it is optional."""
    is_own: bool = False
    family: str = ""
    key: str = ""
    is_current: bool = True


def frameworks_known() -> list[FrameworkKnown]:
    """All of them, the organisation's own first, each sort by its names; drafts are not among them. Two queries."""
    return known_among(own_editions())


def known_among(own: Mapping[int, Edition]) -> list[FrameworkKnown]:
    """The same, from the organisation's editions as `own_editions` gives them."""
    replaced = {one.replaces_name for one in own.values() if one.state == EditionState.IN_USE}
    known = [_own(one, family_of(one, own)) for one in own.values() if one.state in KNOWN]
    shipped = [_shipped(one, replaced) for one in shipped_frameworks()]
    return sorted(known, key=_by_name) + sorted(shipped, key=_by_name)


def principles_read() -> list[dict[str, Any]]:
    """The organisation's own frameworks in use, as the reader of documents takes them: names, codes, wordings, other names."""
    return [
        {
            "name": one.name,
            "principles": [
                {"code": p.code, "text": p.title or p.text, "names": _ways_to_write(p)} for p in one.principles.all()
            ],
        }
        for one in own_editions().values()
        if one.state == EditionState.IN_USE
    ]


def _ways_to_write(principle: Principle) -> list[str]:
    """Other names, and the title where it is no longer than a name."""
    title = [principle.title] if 0 < len(principle.title.split()) <= MOST_WORDS else []
    return [*principle.names, *title]


def framework_known(name: str) -> FrameworkKnown | None:
    """The one that alignments call by this name."""
    return next((one for one in frameworks_known() if one.name == name), None)


def successions() -> list[Succession]:
    """How one edition follows another: the organisation's own whose new edition is or was in use, then the shipped ones."""
    rows = Edition.objects.filter(state__in=KNOWN).exclude(replaces=None, replaces_name="")
    rows = rows.select_related("replaces").prefetch_related(_moves()).order_by("name")
    return [succession_of(one) for one in rows] + list(shipped_successions())


def succession(old_name: str, new_name: str) -> Succession | None:
    """How one edition follows directly another; None where it does not."""
    return next((one for one in successions() if (one.old_name, one.new_name) == (old_name, new_name)), None)


def succession_of(edition: Edition) -> Succession:
    """The moves towards an edition, from the one that it follows."""
    old = edition.replaces.name if edition.replaces else edition.replaces_name
    return Succession(old, edition.name, tuple(map(as_move, edition.moves.all())))


def family_of(edition: Edition, editions: Mapping[int, Edition]) -> str:
    """What the editions of one framework share: the key of the first of them."""
    while edition.replaces_id is not None:
        edition = editions[edition.replaces_id]
    shipped = next((one for one in shipped_frameworks() if one.name == edition.replaces_name), None)
    return shipped.family if shipped else edition.key


def _moves() -> Prefetch:
    return Prefetch("moves", PrincipleMove.objects.order_by("pk"))


def own_editions() -> dict[int, Edition]:
    """Every edition of the organisation's by its id, drafts too, with its principles at hand. Two queries."""
    principles = Prefetch("principles", Principle.objects.order_by("order", "pk"))
    return {one.pk: one for one in Edition.objects.prefetch_related(principles)}


def told(principles: Iterable[Principle]) -> tuple[tuple[str, str, bool], ...]:
    return tuple((one.code, one.title or one.text, one.optional) for one in principles)


def _own(one: Edition, family: str) -> FrameworkKnown:
    return FrameworkKnown(
        name=one.name,
        kind=one.kind,
        version=one.version,
        source=one.source,
        principles=told(one.principles.all()),
        is_own=True,
        family=family,
        key=one.key,
        is_current=one.state == EditionState.IN_USE,
    )


def _shipped(one: Framework, replaced: set[str]) -> FrameworkKnown:
    return FrameworkKnown(
        name=one.name,
        kind=one.kind,
        version=one.version,
        source=one.source,
        principles=tuple((p.code, p.title, p.optional) for p in one.principles),
        family=one.family,
        key=one.key,
        is_current=one.is_current and one.name not in replaced,
    )


def _by_name(one: FrameworkKnown) -> str:
    return one.name.casefold()
