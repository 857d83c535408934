"""What of the database the feed reads: released tables of one audience. Few queries, however many releases there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.json import KT

from ..models import Release, ReleasedTable
from ..releasing.tables import Shown, shown
from ..states import Audience, ReleaseState
from .asking import Asked
from .conditions import Row
from .rows import UNIT_CUT, Answer, Head, Period, cells_page, comparator_rows, figure_rows, page, unit_rows
from .schema import COMPARATORS, FIGURES, RELEASES, UNITS

TOLD = ("name", "cut_words", "unit", "definition")
EVERYTHING = 10**9


def rows_of(asked: Asked, audience: Audience) -> Answer:
    """A page of what is asked for."""
    if asked.of is RELEASES:
        return page(asked, [period.row() for period in periods(audience).values()])
    if asked.of is FIGURES:
        return page(asked, figure_rows(_tables(audience).order_by().values_list("figure", flat=True).distinct()))
    if asked.of is UNITS:
        return page(asked, unit_rows(shown(one) for one in _unit_tables(audience)))
    if asked.of is COMPARATORS:
        return page(asked, comparator_rows(_compared(audience)))
    return cells_page(asked, heads(audience), _loaded)


def all_rows_of(asked: Asked, audience: Audience) -> list[Row]:
    """All rows that are asked for, of as many as there are."""
    return rows_of(replace(asked, size=EVERYTHING), audience).rows


def periods(audience: Audience) -> dict[int, Period]:
    """The released periods by id, the newest first."""
    released = Release.objects.filter(state=ReleaseState.RELEASED).select_related("snapshot")
    return {one.pk: _period(one, audience) for one in released}


def _period(release: Release, audience: Audience) -> Period:
    assert release.released_at is not None, "The database says when each was released."
    return Period(
        id=release.pk,
        name=release.name,
        on=release.snapshot.as_at,
        released_at=release.released_at,
        covers=release.snapshot.get_coverage_display(),
        definition=" ".join(release.definition.get("sentences", ())),
        definition_version=str(release.definition.get("version", "")),
        policy=release.policies.get(audience, {}).get("sentence", ""),
        replaces=release.restates_id,
        what_changed=release.what_changed,
    )


def heads(audience: Audience) -> list[Head]:
    """All released tables, the newest release first, without their cells."""
    known = periods(audience)
    words = {f"told_{name}": KT(f"content__{name}") for name in TOLD}
    found = _tables(audience).annotate(**words).values("pk", "release_id", "figure", "cut", "size", *words)
    return [
        Head(
            id=one["pk"],
            period=known[one["release_id"]],
            figure=one["figure"],
            cut=one["cut"],
            size=one["size"],
            words={name: one[f"told_{name}"] for name in TOLD},
        )
        for one in found
    ]


def _tables(audience: Audience) -> QuerySet[ReleasedTable]:
    released = ReleasedTable.objects.filter(audience=audience, release__state=ReleaseState.RELEASED)
    return released.order_by(F("release__snapshot__as_at").desc(), "-release_id", "place")


def _unit_tables(audience: Audience) -> Iterator[dict[str, Any]]:
    return iter(_tables(audience).filter(cut=UNIT_CUT, figure="workforce.headcount").values_list("content", flat=True))


def _compared(audience: Audience) -> Iterator[tuple[Period, Shown]]:
    """The tables beside which shares of others stand, each with its release."""
    known = periods(audience)
    found = _tables(audience).exclude(content__beside=[]).values_list("release_id", "content")
    return ((known[release], shown(content)) for release, content in found)


def _loaded(some: Sequence[Head]) -> Iterator[Shown]:
    contents = ReleasedTable.objects.filter(pk__in=[head.id for head in some]).values_list("pk", "content")
    found = dict(contents)
    return (shown(found[head.id]) for head in some)
