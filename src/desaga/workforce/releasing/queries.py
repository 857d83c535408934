"""What is read of releases. Everything here is of the organisation in scope but what anybody may read; no row of a person is touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django_scopes import scopes_disabled

from ..models import PublicFigures, Release, ReleasedTable, Snapshot
from ..queries import snapshots_in_force, snapshots_to_count
from ..states import FROZEN, NOT_YET_RELEASED, Audience, ReleaseState
from .protecting import policy_of
from .sides import LATER, NEAR, SAME_DAY, THEN, Earlier
from .tables import Shown, shown

A_YEAR = timedelta(days=365)
#: Days so near that hardly anybody comes or goes between them: a month, whatever its length, and some days.
NEARLY = timedelta(days=35)
#: A step of counting may take so long: who looks is told when it takes longer, and may have it taken up again.
SILENT = timedelta(minutes=3)
#: After so long it is taken up again by itself.
GIVEN_UP = timedelta(minutes=10)
#: What a page draws along time; older ones are in files and in the feed.
MOST_PERIODS = 12
MOST_PERIODS_OF_ROWS = 8


def releases() -> QuerySet[Release]:
    related = ("snapshot", "prepared_by__person", "released_by__person", "progress")
    return Release.objects.select_related(*related).exclude(state=ReleaseState.DROPPED)


def released() -> QuerySet[Release]:
    """Those in force, the newest day first."""
    return Release.objects.filter(state=ReleaseState.RELEASED).select_related("snapshot", "compared_with")


def releases_open_to_readers() -> QuerySet[Release]:
    """What readers find in the list: all that was ever released, so that what was restated or withdrawn is told as such."""
    seen = (ReleaseState.RELEASED, ReleaseState.RESTATED, ReleaseState.WITHDRAWN)
    return releases().filter(state__in=seen)


def release_or_404(pk: int) -> Release:
    found = releases().select_related("compared_with", "restates", "withdrawn_by__person").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def latest() -> Release | None:
    return released().first()


def released_or_404(pk: int) -> Release:
    found = released().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def tables_of(release: Release, audience: str, figures: Iterable[str] | None = None) -> dict[tuple[str, str], Shown]:
    """The stored tables of a release for an audience, by figure and cut; only those of some figures where these are given. One query."""
    found = ReleasedTable.objects.filter(release=release, audience=audience)
    if figures is not None:
        found = found.filter(figure__in=list(figures))
    return {(one.figure, one.cut): shown(one.content) for one in found}


@dataclass(frozen=True, slots=True)
class Period:
    """A release in force, as a line over time knows it."""

    pk: int
    name: str
    on: date
    released_at: datetime | None
    #: The day of the snapshot with which starters, leavers and the like were compared.
    before: date | None = None


def periods_in_force() -> tuple[Period, ...]:
    """The newest released periods, the newest day first, without what they found. One query."""
    found = Release.objects.filter(state=ReleaseState.RELEASED).order_by("-snapshot__as_at", "-pk")
    told = found.values_list("pk", "name", "snapshot__as_at", "released_at", "compared_with__as_at")
    return tuple(Period(*one) for one in told[:MOST_PERIODS])


def over_time(
    figure: str, audience: str, cuts: Iterable[str], periods: Sequence[Period], of_rows: Sequence[Period]
) -> dict[str, list[tuple[date, Shown]]]:
    """A figure in some cuts on the days of periods, by cut, the oldest first; its rows of those that are `of_rows`. One query."""
    days = {one.pk: one.on for one in periods}
    whole = Q(cut="", release__in=list(days))
    rows = Q(cut__in=[cut for cut in cuts if cut], release__in=[one.pk for one in of_rows])
    found = ReleasedTable.objects.filter(whole | rows, audience=audience, figure=figure)
    told: dict[str, list[tuple[date, int, Shown]]] = {}
    for release, cut, content in found.order_by("place").values_list("release_id", "cut", "content"):
        told.setdefault(cut, []).append((days[release], release, shown(content)))
    return {cut: [(on, table) for on, _, table in sorted(some, key=itemgetter(0, 1))] for cut, some in told.items()}


def snapshots_to_release() -> QuerySet[Snapshot]:
    """Snapshots in force of days of which nothing was ever released and nothing is on its way."""
    days = Release.objects.filter(state__in=(*NOT_YET_RELEASED, *FROZEN)).values("snapshot__as_at")
    return snapshots_to_count().exclude(as_at__in=days)


def released_of_day(on: Any) -> QuerySet[Release]:
    """All that was ever released of a day, the newest first: what was restated or withdrawn has been read too."""
    found = Release.objects.filter(state__in=FROZEN, snapshot__as_at=on)
    return found.select_related("snapshot", "compared_with").order_by("-released_at", "-pk")


def may_be_restated(release: Release) -> bool:
    """Whether another may take its place: it is the last that was released of its day, and not dropped out of that place."""
    last = released_of_day(release.snapshot.as_at).first()
    return last is not None and last.pk == release.pk


def earlier(release: Release) -> list[Earlier]:
    """Whatever was released that this one is to be read beside: of its day, and of days that flows bind to it."""
    return [_earlier(one, link, release.snapshot.as_at) for one, link in _beside(release)]


def numbers_beside(release: Release) -> set[int]:
    return {one.pk for one, _ in _beside(release)}


def _beside(release: Release) -> list[tuple[Release, str]]:
    day = release.snapshot.as_at
    found = [(one, SAME_DAY) for one in released_of_day(day)]
    if release.compared_with is not None:
        found += [(one, THEN) for one in released_of_day(release.compared_with.as_at)]
    later = Release.objects.filter(state__in=FROZEN, compared_with__as_at=day).exclude(snapshot__as_at=day)
    later = later.select_related("snapshot")
    found += [(one, LATER) for one in later.order_by("-released_at", "-pk")]
    around = (day - NEARLY, day + NEARLY)
    near = Release.objects.filter(state__in=FROZEN, snapshot__as_at__range=around).exclude(snapshot__as_at=day)
    near = near.select_related("snapshot").order_by("-released_at", "-pk")
    return [*found, *((one, NEAR) for one in near)]


def _earlier(release: Release, link: str, day: date) -> Earlier:
    tables = {audience: list(tables_of(release, audience).values()) for audience in Audience.values}
    policies = {audience: policy_of(release.policies[audience]) for audience in Audience.values}
    return Earlier(release.pk, tables, policies, link, (day - release.snapshot.as_at).days)


def snapshots_of_day(on: Any) -> QuerySet[Snapshot]:
    """The snapshots in force of one day: what a restatement may be counted from."""
    return snapshots_in_force().filter(as_at=on)


def year_before(snapshot: Snapshot) -> Snapshot | None:
    """What a snapshot is compared with: of the earlier ones in force that still have their people, that nearest to a year before."""
    wanted = snapshot.as_at - A_YEAR
    earlier = list(snapshots_to_count().filter(as_at__lt=snapshot.as_at)[:60])
    return min(earlier, key=lambda one: abs((one.as_at - wanted).days), default=None)


def under_way(on: date) -> bool:
    """Whether a release of this day is being prepared."""
    return Release.objects.filter(snapshot__as_at=on, state__in=NOT_YET_RELEASED).exists()


def silent_releases() -> QuerySet[Release]:
    """Those whose worker has said nothing for so long that it must be dead."""
    found = Release.objects.filter(state=ReleaseState.PREPARED, progress__worked_at__lt=timezone.now() - GIVEN_UP)
    return found.select_related("organisation", "prepared_by")


def is_silent(release: Release) -> bool:
    """Whether nothing was heard of the release's worker for some time: it may be dead."""
    progress = getattr(release, "progress", None)
    is_counted = release.state == ReleaseState.PREPARED
    return is_counted and (progress is None or timezone.now() - progress.worked_at > SILENT)


def releases_waiting() -> QuerySet[Release]:
    """Those that wait for the steward: ready to release, refused or failed, or left by their worker. The oldest first."""
    left = Q(state=ReleaseState.PREPARED, progress__worked_at__lt=timezone.now() - SILENT)
    waits = Q(state__in=(ReleaseState.CHECKED, ReleaseState.REFUSED, ReleaseState.FAILED))
    return Release.objects.filter(waits | left).order_by("prepared_at", "pk")


def public_figures() -> PublicFigures | None:
    """What the organisation in scope shows to anybody, if it does."""
    return PublicFigures.objects.select_related("shown_by__person").first()


def public_figures_of(owner: str) -> PublicFigures | None:
    """What an organisation shows to anybody. Asked as nobody: row-level security shows what is published, and nothing else."""
    # There is nobody in whose scope this could be.
    with scopes_disabled():
        return public_figures_by(owner).first()


def public_figures_told(owner: str) -> PublicFigures | None:
    """The same without its content, which grows with the periods: whose it is, and the digest that says whether it is known already."""
    # As above.
    with scopes_disabled():
        return public_figures_by(owner).defer("content").first()


def public_figures_by(owner: str | OuterRef) -> QuerySet[PublicFigures]:
    """What anybody may read of an organisation's figures; call it with scopes disabled."""
    shown_ones = PublicFigures.objects.filter(PublicFigures.published_now(), organisation__slug=owner)
    return shown_ones.select_related("organisation")


def public_content() -> list[dict[str, Any]]:
    """What the public would read: the released periods, the newest first, each with its public tables."""
    found = ReleasedTable.objects.filter(audience=Audience.PUBLIC, release__in=list(released()[:MOST_PERIODS]))
    found = found.select_related("release__snapshot", "release__compared_with")
    periods: dict[int, dict[str, Any]] = {}
    for one in found.order_by("-release__snapshot__as_at", "place"):
        told = periods.setdefault(one.release_id, _period(one.release))
        told["tables"].append(one.content)
    return list(periods.values())


def _period(release: Release) -> dict[str, Any]:
    return {
        "name": release.name,
        "on": release.snapshot.as_at.isoformat(),
        "before": release.compared_with.as_at.isoformat() if release.compared_with else None,
        "definition": release.definition,
        "policy": release.policies[Audience.PUBLIC]["sentence"],
        "replaces": release.what_changed if release.restates_id else "",
        "tables": [],
    }
