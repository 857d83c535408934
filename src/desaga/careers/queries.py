"""What everybody reads of routes, fields, titles and answers, and what the workspace reads of what was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.consents.models import Consent
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from . import keeping
from .kinds import Ask, Figure, Source, ask_of, figure_of, source_of
from .models import Doors, EntryVersion, PublicAnswer, Question, SchoolInterest
from .shipped import shipped
from .states import InterestState, QuestionState

# ---- Reference data


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it counts today: what was shipped, or the latest version that was published. Its fields are `kinds.KINDS[kind]`'s."""

    kind: str
    key: str
    content: Mapping[str, Any]
    changed_at: datetime | None = None

    @property
    def name(self) -> str:
        return str(self.content["name"])

    @property
    def sources(self) -> list[Source]:
        return [one for line in self.content.get("sources", ()) if (one := source_of(line))]

    @property
    def figures(self) -> list[Figure]:
        return [one for line in self.content.get("figures", ()) if (one := figure_of(line))]

    @property
    def asks(self) -> list[Ask]:
        lines = self.content.get("ask") or self.content.get("help") or ()
        return [one for line in lines if (one := ask_of(line))]


@dataclass(frozen=True, slots=True)
class Book:
    """All reference data as they count today, read at once."""

    entries: Mapping[str, list[Entry]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Entry]:
        return self.entries.get(kind, [])

    def one(self, kind: str, key: str) -> Entry | None:
        return next((entry for entry in self.of(kind) if entry.key == key), None)


def book() -> Book:
    """Read as nobody: what was shipped, overlaid by what the keepers of the national site published. At most two queries."""
    counted: dict[tuple[str, str], Entry] = {
        (kind, key): Entry(kind, key, content) for (kind, key), content in shipped().items()
    }
    for version in published_versions(keeping.keeper()):
        counted.pop((version.kind, version.key), None) if version.is_withdrawn else counted.update(
            {(version.kind, version.key): Entry(version.kind, version.key, version.content, version.published_at)}
        )
    by_kind: dict[str, list[Entry]] = {}
    for entry in counted.values():
        by_kind.setdefault(entry.kind, []).append(entry)
    return Book(by_kind)


def published_versions(keeper: int | None) -> Iterable[EntryVersion]:
    """The latest published version of each entry that has one."""
    if keeper is None:
        return ()
    rows = EntryVersion._base_manager.filter(organisation_id=keeper, published_at__lte=timezone.now())
    return rows.order_by("kind", "key", "-number").distinct("kind", "key")


def versions_of(kind: str, key: str) -> QuerySet[EntryVersion]:
    """The history of an entry in its keeper's workspace, the newest first."""
    rows = EntryVersion.objects.filter(kind=kind, key=key).select_related("made_by__person", "published_by__person")
    return rows.order_by("-number")


def waiting_versions() -> set[tuple[str, str]]:
    """Entries whose latest version is not published."""
    latest = EntryVersion.objects.order_by("kind", "key", "-number").distinct("kind", "key")
    return {(one.kind, one.key) for one in latest if one.published_at is None}


def new_keys() -> list[tuple[str, str, str]]:
    """Entries that were written here and that nobody outside has seen yet: kind, key, name."""
    rows = EntryVersion.objects.order_by("kind", "key", "-number").distinct("kind", "key")
    known = set(shipped())
    return [
        (one.kind, one.key, one.content["name"])
        for one in rows
        if (one.kind, one.key) not in known and one.published_at is None
    ]


# ---- Doors and answers, as everybody reads them


def open_doors(owner: str) -> Doors:
    """The doors that an organisation has open, or 404. Asked as nobody: row-level security shows open ones alone."""
    return get_object_or_404(Doors._base_manager.select_related("organisation"), organisation__slug=owner)


def doors_of(organisation_pk: int) -> Doors | None:
    """What stands open at an organisation; None where nothing does."""
    return Doors._base_manager.filter(organisation_id=organisation_pk).select_related("organisation").first()


def own_doors() -> Doors | None:
    """The current organisation's, open or not."""
    return Doors.objects.first()


def answers_shown(
    organisation_pk: int | None = None, about: Collection[str] = (), search: str = ""
) -> QuerySet[PublicAnswer]:
    """Answered questions that everybody reads, the newest first: of one organisation, or of all."""
    rows = PublicAnswer._base_manager.filter(shown_until__gt=timezone.localdate())
    if organisation_pk is not None:
        rows = rows.filter(organisation_id=organisation_pk)
    if about:
        rows = rows.filter(about__in=about)
    for word in search.split():
        rows = rows.filter(Q(words__icontains=word) | Q(answer__icontains=word))
    return rows.order_by("-published_at", "-pk")


# ---- The workspace


def questions_listed(state: str = "") -> QuerySet[Question]:
    """The organisation's questions, the newest first."""
    rows = Question.objects.select_related("organisation")
    return rows.filter(state=state) if state else rows


def question_or_404(pk: int) -> Question:
    return get_object_or_404(Question.objects.select_related("organisation", "consent", "sent_by__person"), pk=pk)


def interests_listed(state: str = "") -> QuerySet[SchoolInterest]:
    """What schools confirmed. What nobody confirmed is nobody's to read."""
    rows = SchoolInterest.objects.exclude(state=InterestState.SENT).select_related("organisation")
    return rows.filter(state=state) if state else rows


def interest_or_404(pk: int) -> SchoolInterest:
    return get_object_or_404(interests_listed(), pk=pk)


def waiting_counts() -> dict[str, tuple[int, datetime]]:
    """How many wait, and since when: questions to read, answers to publish, schools to answer."""
    counted: dict[str, tuple[int, datetime]] = {}
    rows = Question.objects.filter(state__in=[QuestionState.WAITING, QuestionState.ANSWERED]).order_by()
    for state, number, oldest in rows.values_list("state").annotate(number=Count("pk"), oldest=Min("since")):
        counted[state] = (number, oldest)
    schools = SchoolInterest.objects.filter(state=InterestState.CONFIRMED).aggregate(number=Count("pk"), oldest=Min("since"))  # fmt: skip
    if schools["number"]:
        counted["schools"] = (schools["number"], schools["oldest"])
    return counted


# ---- Behind links


def question_opened(organisation: Organisation, key: str, now: datetime | None = None) -> Question | None:
    """The question that a technician's key opens. Reads within that organisation only."""
    with within(organisation):
        rows = Question.objects.filter(key_hash=hash_of(key), key_ends_at__gt=now or timezone.now())
        return rows.select_related("organisation", "sent_by__person", "consent").first()


def interest_opened(organisation: Organisation, key: str) -> SchoolInterest | None:
    """The interest that a school's key opens. Reads within that organisation only."""
    with within(organisation):
        return SchoolInterest.objects.filter(key_hash=hash_of(key)).select_related("organisation").first()


def shown_by(consent: Consent) -> QuerySet[PublicAnswer]:
    """The answers that rest on a consent and are shown."""
    return PublicAnswer.objects.filter(question__consent=consent).select_related("question")
