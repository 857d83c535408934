"""What of the database the feed reads: released tables of one audience. Few queries, however many releases there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.json import KT

from ..models import Release, ReleasedTable
from ..releasing.tables import Shown, shown
from ..states import Audience, ReleaseState
from .asking import Asked, MovedOn, Place
from .conditions import Row
from .rows import UNIT_CUT, Answer, Head, Period, cells_page, comparator_rows, figure_rows, page, unit_rows
from .schema import COMPARATORS, FIGURES, RELEASES, UNITS

TOLD = ("name", "cut_words", "unit", "definition")
EVERYTHING = 10**9
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rows_of(asked: Asked, audience: Audience) -> Answer:
    """A page of what is asked for. All pages are of the same releases: those that were there when the first was asked for.

    Raises `MovedOn` where one of these was restated or withdrawn since.
    """
    read = Read(audience, _releases_of(asked))
    answer = _page_of(asked, read)
    place = Place(asked.first + len(answer.rows), read.until, read.held)
    return answer if answer.is_last else replace(answer, next=str(place))


@dataclass(frozen=True, slots=True)
class Read:
    """Whose reading of which releases, each with when it was released, a reader's pages are made of."""

    audience: Audience
    releases: dict[int, datetime]

    @property
    def until(self) -> int:
        """When the newest of them was released, in microseconds since 1970."""
        return max(map(_microseconds, self.releases.values()), default=0)

    @property
    def held(self) -> str:
        return sha256(",".join(map(str, sorted(self.releases))).encode()).hexdigest()[:12]


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def _releases_of(asked: Asked) -> dict[int, datetime]:
    told = Release.objects.filter(state=ReleaseState.RELEASED).order_by().values_list("pk", "released_at")
    found = {pk: at for pk, at in told if at is not None}
    if asked.place is None:
        return found
    same = {pk: at for pk, at in found.items() if _microseconds(at) <= asked.place.until}
    if Read(Audience.PUBLIC, same).held != asked.place.held:
        raise MovedOn("Figures were restated or withdrawn meanwhile. Begin again with the first page.")
    return same


def _page_of(asked: Asked, read: Read) -> Answer:
    if asked.of is RELEASES:
        return page(asked, [period.row() for period in periods(read).values()])
    if asked.of is FIGURES:
        return page(asked, figure_rows(_tables(read).order_by().values_list("figure", flat=True).distinct()))
    if asked.of is UNITS:
        return page(asked, unit_rows(shown(one) for one in _unit_tables(read)))
    if asked.of is COMPARATORS:
        return page(asked, comparator_rows(_compared(read)))
    return cells_page(asked, heads(read), _loaded)


def all_rows_of(asked: Asked, audience: Audience) -> list[Row]:
    """All rows that are asked for, of as many as there are."""
    return rows_of(replace(asked, size=EVERYTHING), audience).rows


def periods(read: Read) -> dict[int, Period]:
    """The released periods by id, the newest first."""
    released = Release.objects.filter(pk__in=list(read.releases)).select_related("snapshot", "compared_with")
    return {one.pk: _period(one, read.audience) for one in released}


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
        before=release.compared_with.as_at if release.compared_with else None,
    )


def heads(read: Read) -> list[Head]:
    """All released tables, the newest release first, without their cells."""
    known = periods(read)
    words = {f"told_{name}": KT(f"content__{name}") for name in TOLD}
    found = _tables(read).annotate(**words).values("pk", "release_id", "figure", "cut", "size", *words)
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


def _tables(read: Read) -> QuerySet[ReleasedTable]:
    released = ReleasedTable.objects.filter(audience=read.audience, release__in=list(read.releases))
    return released.order_by(F("release__snapshot__as_at").desc(), "-release_id", "place")


def _unit_tables(read: Read) -> Iterator[dict[str, Any]]:
    return iter(_tables(read).filter(cut=UNIT_CUT, figure="workforce.headcount").values_list("content", flat=True))


def _compared(read: Read) -> Iterator[tuple[Period, Shown]]:
    """The tables beside which shares of others stand, each with its release."""
    known = periods(read)
    found = _tables(read).exclude(content__beside=[]).values_list("release_id", "content")
    return ((known[release], shown(content)) for release, content in found)


def _loaded(some: Sequence[Head]) -> Iterator[Shown]:
    contents = ReleasedTable.objects.filter(pk__in=[head.id for head in some]).values_list("pk", "content")
    found = dict(contents)
    return (shown(found[head.id]) for head in some)
